package org.atoll.drivers.net.netty;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.atoll.abi.Errno;
import org.atoll.drivers.link.netty.LinkLoop;
import org.atoll.hypercall.EventChannel;
import org.atoll.hypercall.Network;
import org.jspecify.annotations.Nullable;

/**
 * The network of this machine, by Netty. Owner: the thread of the CPU whose loop it is on, which
 * also runs the driver: nothing happens here but in the loop and in hypercalls, one at a time.
 */
public final class NettyNetwork implements Network, AutoCloseable {

  private static final long FAREWELL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LinkLoop loop;
  private final Consumer<String> log;
  private final boolean outgoing;
  private final Addresses addresses;
  private final Channels channels;
  private final Marks marks = new Marks();
  private final List<Published> published = new ArrayList<>();
  private final Map<Long, OpenHandle> open = new TreeMap<>();
  private long last;

  private record Published(long handle, Publication publication) {}

  /**
   * A network with nothing open.
   *
   * @param outgoing whether the VOS may connect and send to outside
   * @param resolver of the host, for the VOS; null: none
   * @param log is told which ports the host chose, a line for each
   */
  public NettyNetwork(
      LinkLoop loop, boolean outgoing, @Nullable InetSocketAddress resolver, Consumer<String> log) {
    this.loop = loop;
    this.log = log;
    this.outgoing = outgoing;
    this.addresses = new Addresses(resolver);
    this.channels = new Channels(loop, marks);
  }

  /**
   * Opens a published port, before the VOS boots.
   *
   * @throws IOException with one line for the person
   */
  public void publish(Publication publication) throws IOException {
    long handle = ++last;
    OpenHandle fresh =
        publication.datagrams()
            ? channels.receive(publication, handle)
            : channels.listen(publication, handle);
    InetSocketAddress at = channels.lastBound();
    if (publication.host().getPort() == 0 && at != null) {
      Publication chosen = new Publication(at, publication.port(), publication.datagrams());
      log.accept("published " + chosen.text() + " for port " + publication.port());
    }
    open.put(handle, fresh);
    published.add(new Published(handle, publication));
  }

  @Override
  public int begin() {
    for (long handle : List.copyOf(open.keySet())) {
      if (published.stream().noneMatch(port -> port.handle == handle)) {
        close(handle, RESET);
      }
    }
    return outgoing ? OUTGOING : 0;
  }

  @Override
  public long published(int index, long[] port) {
    if (index < 0 || index >= published.size()) {
      return -Errno.ENOENT;
    }
    Publication publication = published.get(index).publication;
    port[0] = publication.datagrams() ? DATAGRAM : STREAM;
    port[1] = publication.port();
    return published.get(index).handle;
  }

  @Override
  public long connect(long[] address) {
    if (!outgoing) {
      return -Errno.ENETUNREACH;
    }
    InetSocketAddress to = addresses.toHost(address);
    if (to == null) {
      return -Errno.ECONNREFUSED;
    }
    return enter(channels.connect(to));
  }

  private long enter(StreamHandle stream) {
    long handle = ++last;
    open.put(handle, stream);
    stream.named(handle);
    return handle;
  }

  @Override
  public long datagrams(long[] to) {
    if (!outgoing) {
      return -Errno.ENETUNREACH;
    }
    InetSocketAddress alone = to[2] == 0 ? null : addresses.toHost(to);
    if (to[2] != 0 && alone == null) {
      return -Errno.ENETUNREACH;
    }
    long handle = ++last;
    open.put(handle, channels.datagrams(alone, handle));
    return handle;
  }

  @Override
  public long accept(long handle, long[] from) {
    if (!(open.get(handle) instanceof ListenerHandle listener)) {
      return -Errno.EBADF;
    }
    ListenerHandle.Arrival next = listener.take();
    while (next != null) {
      if (next.channel().remoteAddress() instanceof InetSocketAddress peer) {
        addresses.toGuest(peer, from);
        return enter(next.stream());
      }
      next.stream().close(RESET);
      next = listener.take();
    }
    return -Errno.EAGAIN;
  }

  @Override
  public int status(long handle) {
    return open.get(handle) instanceof StreamHandle stream ? stream.status() : -Errno.EBADF;
  }

  @Override
  public int read(long handle, byte[] target, int bytes) {
    return open.get(handle) instanceof StreamHandle stream
        ? stream.read(target, bytes)
        : -Errno.EBADF;
  }

  @Override
  public int write(long handle, byte[] source, int bytes) {
    return open.get(handle) instanceof StreamHandle stream
        ? stream.write(source, bytes)
        : -Errno.EBADF;
  }

  @Override
  public int receive(long handle, byte[] target, long[] from) {
    return open.get(handle) instanceof DatagramHandle datagrams
        ? datagrams.receive(target, from, addresses)
        : -Errno.EBADF;
  }

  @Override
  public int send(long handle, long[] to, byte[] source, int bytes) {
    InetSocketAddress address = addresses.toHost(to);
    if (!(open.get(handle) instanceof DatagramHandle datagrams)) {
      return -Errno.EBADF;
    }
    return address == null ? -Errno.ENETUNREACH : datagrams.send(source, bytes, address);
  }

  @Override
  public int shutdown(long handle) {
    return open.get(handle) instanceof StreamHandle stream ? stream.shutdown() : -Errno.EBADF;
  }

  @Override
  public int close(long handle, int how) {
    OpenHandle known = open.remove(handle);
    if (known == null) {
      return -Errno.EBADF;
    }
    marks.forget(handle);
    known.close(how);
    return 0;
  }

  @Override
  public int ready(long[] handles) {
    return marks.take(handles);
  }

  @Override
  public void greet() {
    marks.raise();
  }

  @Override
  public void channel(EventChannel channel) {
    marks.channel(channel);
    channel.raise();
  }

  /**
   * Ends everything; what was handed over still goes out, for a second at most. On the owner's
   * thread.
   */
  @Override
  public void close() {
    marks.channel(() -> {});
    for (long handle : List.copyOf(open.keySet())) {
      close(handle, AFTER_ALL);
    }
    long deadline = System.nanoTime() + FAREWELL_NANOS;
    long left = FAREWELL_NANOS;
    loop.runNow();
    while (left > 0 && channels.anyOpen()) {
      loop.await(() -> true, left);
      left = deadline - System.nanoTime();
    }
    channels.closeAll();
    loop.runNow();
  }
}
