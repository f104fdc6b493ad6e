package org.atoll.hypercall.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.atoll.abi.Errno;
import org.atoll.hypercall.EventChannel;
import org.atoll.hypercall.Network;
import org.jspecify.annotations.Nullable;

/**
 * A network that is in the simulation's own hands: who connects, what arrives and how much is taken
 * is said by whoever runs it, or by an {@link Outside}, and nothing else ever happens.
 */
public final class SimulatedNetwork implements Network {

  private final boolean outgoing;
  private final Outside outside;
  private final List<long[]> ports = new ArrayList<>();
  private final Map<Long, SimulatedPeer> open = new TreeMap<>();
  private final Map<Long, ArrayDeque<Long>> arrivals = new TreeMap<>();
  private final ArrayDeque<Long> marked = new ArrayDeque<>();
  private EventChannel channel = () -> {};
  private long last;
  private @Nullable SimulatedPeer newest;

  /** A network; {@code outgoing}: the VOS may connect to outside. */
  public SimulatedNetwork(boolean outgoing) {
    this(outgoing, Outside.STILL);
  }

  private SimulatedNetwork(boolean outgoing, Outside outside) {
    this.outgoing = outgoing;
    this.outside = outside;
  }

  /** One where the VOS may connect to somebody who answers. */
  public static SimulatedNetwork to(Outside outside) {
    return new SimulatedNetwork(true, outside);
  }

  // ---- what outside does

  /** Publishes a port of a kind; its handle. */
  public long publish(int kind, int port) {
    ports.add(new long[] {++last, kind, port});
    open.put(last, new SimulatedPeer(last, new long[ADDRESS_WORDS], this::mark));
    arrivals.put(last, new ArrayDeque<>());
    return last;
  }

  /** Somebody connects to a published port. */
  public SimulatedPeer arrive(long port, long[] from) {
    SimulatedPeer peer = enter(from);
    peer.connected(0);
    known(port).addLast(peer.handle());
    mark(port);
    return peer;
  }

  private ArrayDeque<Long> known(long port) {
    ArrayDeque<Long> waiting = arrivals.get(port);
    if (waiting == null) {
      throw new IllegalArgumentException("no published port: " + port);
    }
    return waiting;
  }

  /** Who the VOS connected or sent to last. */
  public SimulatedPeer newest() {
    SimulatedPeer peer = newest;
    if (peer == null) {
      throw new IllegalStateException("the VOS has asked for nobody");
    }
    return peer;
  }

  /** What is behind a handle, or null when the VOS has closed it. */
  public @Nullable SimulatedPeer peer(long handle) {
    return open.get(handle);
  }

  private SimulatedPeer enter(long[] address) {
    SimulatedPeer peer = new SimulatedPeer(++last, address.clone(), this::mark);
    open.put(last, peer);
    newest = peer;
    return peer;
  }

  private void mark(long handle) {
    if (!marked.contains(handle)) {
      marked.addLast(handle);
      channel.raise();
    }
  }

  // ---- what the VOS does

  @Override
  public int begin() {
    open.keySet().removeIf(handle -> ports.stream().noneMatch(port -> port[0] == handle));
    return outgoing ? OUTGOING : 0;
  }

  @Override
  public long published(int index, long[] port) {
    if (index >= ports.size()) {
      return -Errno.ENOENT;
    }
    System.arraycopy(ports.get(index), 1, port, 0, 2);
    return ports.get(index)[0];
  }

  @Override
  public long connect(long[] address) {
    if (!outgoing) {
      return -Errno.ENETUNREACH;
    }
    SimulatedPeer peer = enter(address);
    outside.connects(peer);
    return peer.handle();
  }

  @Override
  public long datagrams(long[] to) {
    return outgoing ? enter(to).handle() : -Errno.ENETUNREACH;
  }

  @Override
  public long accept(long handle, long[] from) {
    Long taken = known(handle).pollFirst();
    SimulatedPeer peer = taken == null ? null : open.get(taken);
    if (peer == null) {
      return -Errno.EAGAIN;
    }
    System.arraycopy(peer.address(), 0, from, 0, ADDRESS_WORDS);
    return peer.handle();
  }

  @Override
  public int status(long handle) {
    SimulatedPeer peer = open.get(handle);
    return peer == null ? -Errno.EBADF : peer.status();
  }

  @Override
  public int read(long handle, byte[] target, int bytes) {
    SimulatedPeer peer = open.get(handle);
    if (peer == null) {
      return -Errno.EBADF;
    }
    int count = peer.read(target, bytes);
    if (count > 0) {
      outside.took(peer);
    }
    return count;
  }

  @Override
  public int write(long handle, byte[] source, int bytes) {
    SimulatedPeer peer = open.get(handle);
    if (peer == null) {
      return -Errno.EBADF;
    }
    int count = peer.write(source, bytes);
    if (count > 0) {
      outside.wrote(peer, Arrays.copyOf(source, count));
    }
    return count;
  }

  @Override
  public int receive(long handle, byte[] target, long[] from) {
    SimulatedPeer peer = open.get(handle);
    return peer == null ? -Errno.EBADF : peer.receive(target, from);
  }

  @Override
  public int send(long handle, long[] to, byte[] source, int bytes) {
    SimulatedPeer peer = open.get(handle);
    if (peer == null) {
      return -Errno.EBADF;
    }
    outside.sent(peer, to.clone(), Arrays.copyOf(source, bytes));
    return peer.write(source, bytes);
  }

  @Override
  public int shutdown(long handle) {
    SimulatedPeer peer = open.get(handle);
    if (peer == null) {
      return -Errno.EBADF;
    }
    outside.shut(peer);
    return peer.shutdown();
  }

  @Override
  public int close(long handle, int how) {
    SimulatedPeer peer = open.remove(handle);
    marked.remove(handle);
    if (peer == null) {
      return -Errno.EBADF;
    }
    outside.left(peer);
    return peer.closed(how);
  }

  @Override
  public int ready(long[] handles) {
    int count = 0;
    while (count < handles.length && !marked.isEmpty()) {
      handles[count++] = marked.removeFirst();
    }
    return count;
  }

  @Override
  public void greet() {
    channel.raise();
  }

  @Override
  public void channel(EventChannel to) {
    channel = to;
    channel.raise();
  }
}
