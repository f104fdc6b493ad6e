package org.atoll.drivers.link.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.Native;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import org.atoll.drivers.link.Door;
import org.atoll.drivers.link.LinkBrokenException;
import org.atoll.drivers.link.shm.RingPair;
import org.jspecify.annotations.Nullable;

/**
 * A wire of two rings in memory that both nodes see. The Unix connection on which the nodes came to
 * trust each other hands over the descriptors, and then says nothing more until it ends, with which
 * the wire ends as well.
 *
 * <p>The node that connected makes the memory and sends it with its bell. The other one answers
 * with its own bell, so that nobody sends a descriptor while bytes are read on the other side,
 * where it would be lost.
 */
final class RingWire implements Wire {

  private static final String EVENTFD = "anon_inode:[eventfd]";

  private final Rings rings;
  private final Connection connection;
  private final EpollDomainSocketChannel channel;
  private final boolean maker;
  private final Arena life = Arena.ofConfined();

  /** What was sent before there was memory. */
  private final Queue<ByteBuf> early = new ArrayDeque<>();

  private @Nullable RingPair pair;

  /** What wakes the other node; the last thing that is agreed on. */
  private @Nullable FileDescriptor bell;

  private boolean finishing;
  private boolean closed;

  /** Nothing is agreed on yet. */
  RingWire(
      Rings rings, Connection connection, EpollDomainSocketChannel channel, boolean connecting) {
    this.rings = rings;
    this.connection = connection;
    this.channel = channel;
    maker = connecting;
  }

  // ---- agreeing

  /** From now on the connection brings descriptors. */
  void begin() throws LinkBrokenException {
    channel.config().setReadMode(DomainSocketReadMode.FILE_DESCRIPTORS);
    if (maker) {
      FileDescriptor memory = makeMemory();
      var _ = channel.writeAndFlush(memory).addListener(_ -> memory.close());
      giveBell();
    }
  }

  private FileDescriptor makeMemory() throws LinkBrokenException {
    try {
      FileDescriptor memory = new FileDescriptor(rings.memory().create(RingPair.BYTES));
      pair = RingPair.ofMaker(map(memory));
      return memory;
    } catch (IOException refused) {
      throw new LinkBrokenException("no shared memory: " + refused.getMessage());
    }
  }

  private ByteBuffer map(FileDescriptor memory) throws IOException {
    return rings.memory().map(memory.intValue(), RingPair.BYTES, life);
  }

  private void giveBell() {
    var _ = channel.writeAndFlush(rings.bell().fd(), channel.voidPromise());
  }

  /** A descriptor has come, which belongs to this wire now. */
  void take(FileDescriptor descriptor) throws LinkBrokenException {
    try {
      if (closed || bell != null) {
        descriptor.close();
      } else if (pair == null) {
        pair = RingPair.ofOther(map(descriptor));
        descriptor.close();
      } else {
        takeBell(descriptor);
      }
    } catch (IOException unfit) {
      throw new LinkBrokenException("it shares no memory: " + unfit.getMessage());
    }
  }

  private void takeBell(FileDescriptor descriptor) throws IOException {
    bell = descriptor;
    Path kind = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor.intValue()));
    if (!kind.toString().equals(EVENTFD)) {
      throw new IOException("its bell is " + kind);
    }
    if (!maker) {
      giveBell();
    }
    channel.config().setReadMode(DomainSocketReadMode.BYTES);
    rings.add(this);
    for (ByteBuf bytes = early.poll(); bytes != null; bytes = early.poll()) {
      send(bytes);
    }
    if (finishing) {
      finish();
    }
  }

  // ---- sending

  @Override
  public String via() {
    return Door.Kind.SHM.word();
  }

  @Override
  public void send(ByteBuf bytes) {
    RingPair open = pair;
    if (bell == null && !closed) {
      early.add(bytes);
    } else {
      if (open != null && !closed) {
        put(open, bytes.internalNioBuffer(bytes.readerIndex(), bytes.readableBytes()));
      }
      bytes.release();
    }
  }

  private void put(RingPair open, ByteBuffer bytes) {
    if (!open.writer().put(bytes)) {
      connection.end("it does not take what is sent");
    } else if (open.writer().readerSleeps()) {
      ring();
    }
  }

  private void ring() {
    FileDescriptor theirs = bell;
    if (theirs != null) {
      try {
        Native.eventFdWrite(theirs.intValue(), 1);
      } catch (ChannelException unfit) {
        connection.end("its bell cannot be rung");
      }
    }
  }

  @Override
  public void flush() {
    // Each piece is sent at once: a ring takes all of it, and nobody is woken twice.
  }

  @Override
  public void finish() {
    finishing = true;
    if (bell != null) {
      var _ = channel.shutdownOutput();
    }
  }

  @Override
  public void close() {
    var _ = channel.close();
  }

  // ---- taking

  /** Takes what is there and fits; how many bytes. */
  int take(ByteBuffer to) {
    RingPair open = pair;
    if (open == null || closed) {
      return 0;
    }
    try {
      int bytes = open.reader().take(to);
      if (bytes > 0) {
        connection.takeFrames(to.flip());
      }
      return bytes;
    } catch (LinkBrokenException broken) {
      connection.end(String.valueOf(broken.getMessage()));
      return 0;
    }
  }

  /** This node is about to sleep; whether it may, because there is nothing to take. */
  boolean maySleep() {
    RingPair open = pair;
    return open == null || open.reader().maySleep();
  }

  /** This node does not sleep any more. */
  void wakes() {
    RingPair open = pair;
    if (open != null) {
      open.reader().wakes();
    }
  }

  // ---- ending

  /** The connection has ended: takes what was put before; not more, whatever is put meanwhile. */
  void drain() {
    int left = RingPair.CAPACITY;
    for (int bytes = rings.takeFrom(this); bytes > 0 && left > 0; bytes = rings.takeFrom(this)) {
      left -= bytes;
    }
  }

  /** Gives everything back. */
  void release() throws IOException {
    closed = true;
    rings.remove(this);
    early.forEach(ByteBuf::release);
    early.clear();
    life.close();
    FileDescriptor theirs = bell;
    if (theirs != null) {
      theirs.close();
    }
  }
}
