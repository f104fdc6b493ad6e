package org.atoll.drivers.link.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.atoll.drivers.link.Handshake;
import org.atoll.drivers.link.LinkBrokenException;
import org.atoll.drivers.link.LinkIdentity;
import org.atoll.drivers.link.LinkKey;
import org.atoll.hypercall.EventWait;
import org.atoll.hypercall.Transport;
import org.jspecify.annotations.Nullable;

/**
 * A node's link to all others by TCP on loopback, and the wait of the CPU that owns it.
 *
 * <p>Owner: the thread that first calls {@link #listen}, {@link #poll} or {@link #waitForEvent};
 * {@link #wakeup} is for any thread.
 */
public final class NettyLink implements Transport, EventWait, AutoCloseable {

  /** Time between two signs of life. */
  static final long TICK_MILLIS = 1_000;

  /** Ticks without a sign of life after which a node is dead. */
  static final int SILENT_TICKS_MAX = 5;

  static final byte HEARTBEAT = 1;
  private static final String GIVEN_UP = "it has given up this node, which stood still";
  private static final long FAREWELL_NANOS = TimeUnit.SECONDS.toNanos(1);

  static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(256 * 1024, 1024 * 1024);
  private static final byte ADDRESS = 2;
  private static final int ADDRESS_BYTES = 9;

  private final LinkIdentity identity;
  private final @Nullable InetSocketAddress nodeZero;
  private final LinkLoop loop = new LinkLoop();
  private final Doorway doorway;

  /** By node; null where no trusted connection is. */
  private final @Nullable Peer[] peers;

  /** By node: whether a connection was ever begun. */
  private final boolean[] known;

  /** Nodes with frames that are not flushed, as bits. */
  private long dirty;

  private @Nullable Receiver receiver;
  private boolean begun;

  private long lastTickNanos = System.nanoTime();

  /** What the receiver threw within the loop. */
  private @Nullable Throwable failure;

  /**
   * A link that is not connected yet.
   *
   * @param nodeZero where node 0 listens; null on node 0 itself
   * @param log takes one line for each connection that was refused
   */
  public NettyLink(
      LinkIdentity identity, @Nullable InetSocketAddress nodeZero, Consumer<String> log) {
    this.identity = identity;
    this.nodeZero = nodeZero;
    peers = new @Nullable Peer[identity.nodes()];
    known = new boolean[identity.nodes()];
    known[identity.node()] = true;
    doorway = new Doorway(this, identity, log);
  }

  /**
   * Runs the loop of a CPU that owns a link, on the calling thread. Outside of it a link works as
   * well, but Netty gives such a thread no pool of its own, and each flush allocates 64 bytes.
   */
  public static void own(Runnable loop) {
    FastThreadLocalThread.runWithFastThreadLocal(loop);
  }

  /** Listens on loopback, if it does not yet; returns the port, which the host chose. */
  public int listen() {
    begin();
    return doorway.port();
  }

  /** A node whose process ended is dead, if it never connected. Any thread. */
  public void missing(int node, String reason) {
    loop.execute(() -> {
      if (!known[node]) {
        known[node] = true;
        told().nodeDown(node, reason);
      }
    });
  }

  /** The loop of the CPU that owns the link, for what else the node has on the network. */
  public LinkLoop loop() {
    return loop;
  }

  /** Whether a trusted connection to a node is there; on the owner's thread. */
  public boolean connected(int node) {
    return peers[node] != null;
  }

  // ---- transport

  @Override
  public @Nullable ByteBuffer claim(int node, int bytes) {
    if (bytes < 1 || bytes > FRAME_BYTES_MAX) {
      throw new IllegalArgumentException("frame of " + bytes + " bytes");
    }
    Peer peer = peers[node];
    return peer == null ? null : peer.claim(bytes);
  }

  @Override
  public void commit(int node) {
    Peer peer = peers[node];
    if (peer != null) {
      peer.commit();
      dirty |= 1L << node;
    }
  }

  @Override
  public void flush() {
    while (dirty != 0) {
      int node = Long.numberOfTrailingZeros(dirty);
      dirty &= dirty - 1;
      Peer peer = peers[node];
      if (peer != null) {
        peer.flush();
      }
    }
  }

  @Override
  public void drop(int node, String reason) {
    Peer peer = peers[node];
    if (peer != null) {
      peer.end(reason);
    }
  }

  @Override
  public void receiver(Receiver receiver) {
    this.receiver = receiver;
  }

  // ---- wait

  @Override
  public void waitForEvent(BooleanSupplier mayBlock, long timeoutNanos) {
    begin();
    boolean told = tellWritable();
    loop.await(mayBlock, told ? 0 : timeoutNanos);
    rethrow();
    tellWritable();
  }

  @Override
  public void poll() {
    begin();
    loop.runNow();
    rethrow();
    tellWritable();
  }

  @Override
  public void wakeup() {
    loop.wake();
  }

  /**
   * Ends all connections and gives everything back; on the owner's thread. What was sent before
   * still arrives: a connection that is closed while the other end sends would be reset, so it is
   * ended one way, and then read until the other end has done the same, or a second is over.
   */
  @Override
  public void close() {
    begin();
    doorway.close();
    for (Peer peer : peers) {
      if (peer != null) {
        peer.finish();
      }
    }
    long deadline = System.nanoTime() + FAREWELL_NANOS;
    for (long left = FAREWELL_NANOS; left > 0 && anyPeer(); left = deadline - System.nanoTime()) {
      loop.await(() -> true, left);
    }
    for (Peer peer : peers) {
      if (peer != null) {
        peer.end("this node ends");
      }
    }
    var _ = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    while (!loop.isTerminated()) {
      loop.runNow();
    }
  }

  // ---- told by connections

  /** Lets in a node that has proved itself, unless it was there before. */
  void admit(Handshake handshake) throws LinkBrokenException {
    if (handshake.connecting()) {
      return;
    }
    int node = handshake.peer();
    if (known[node]) {
      throw new LinkBrokenException("node " + node + " was connected before");
    }
    known[node] = true;
    doorway.left();
  }

  /** Both ends of a connection trust each other. */
  void trusted(Peer peer) {
    peers[peer.node] = peer;
    introduce(peer);
    told().nodeUp(peer.node);
  }

  /** A connection of a trusted node ended. */
  void lost(Peer peer, String reason) {
    peer.release();
    if (peers[peer.node] != peer) {
      return;
    }
    peers[peer.node] = null;
    dirty &= ~(1L << peer.node);
    if (peer.isSilent() && !asleep()) {
      told().nodeSilent(peer.node, reason);
    } else {
      told().nodeDown(peer.node, asleep() ? GIVEN_UP : reason);
    }
  }

  /** Whether this process stood still for so long that the others have given it up. */
  private boolean asleep() {
    return System.nanoTime() - lastTickNanos > SILENT_TICKS_MAX * TICK_MILLIS * 1_000_000;
  }

  /** A connection ended before it was trusted. */
  void refused(Handshake handshake, @Nullable SocketAddress from, String reason) {
    if (handshake.connecting()) {
      told().nodeDown(handshake.peer(), reason);
    } else {
      doorway.refused(from, reason);
    }
  }

  /**
   * The receiver threw, or Netty itself did: that is no fault of the other end's, and thrown on
   * where the CPU waits. The first one counts.
   */
  void failed(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
  }

  private void rethrow() {
    Throwable cause = failure;
    failure = null;
    switch (cause) {
      case null -> {}
      case Error error -> throw error;
      case RuntimeException exception -> throw exception;
      default -> throw new IllegalStateException(cause);
    }
  }

  void frame(Peer from, ByteBuffer frame) {
    told().frame(from.node, frame);
  }

  /** A frame of the link's own arrived. */
  void control(ByteBuffer frame) throws LinkBrokenException {
    byte kind = frame.get();
    if (kind == ADDRESS && frame.remaining() == ADDRESS_BYTES - 1) {
      int node = frame.getInt();
      int port = frame.getInt();
      if (node < 0 || node >= identity.node() || port < 1 || port > 0xffff) {
        throw new LinkBrokenException("it sent the address of node " + node + ", port " + port);
      }
      connect(node, new InetSocketAddress(doorway.loopback(), port));
    } else if (kind != HEARTBEAT || frame.hasRemaining()) {
      throw new LinkBrokenException("it sent an unknown control frame, kind " + kind);
    }
  }

  // ---- within

  private Receiver told() {
    Receiver to = receiver;
    if (to == null) {
      throw new IllegalStateException("the link has no receiver");
    }
    return to;
  }

  private void begin() {
    if (begun) {
      return;
    }
    begun = true;
    loop.setOwningThread(Thread.currentThread());
    doorway.open(loop);
    var _ =
        loop.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    InetSocketAddress zero = nodeZero;
    if (zero != null) {
      connect(0, zero);
    }
  }

  private void connect(int node, InetSocketAddress address) {
    if (known[node]) {
      return;
    }
    known[node] = true;
    Handshake handshake = Handshake.connector(identity, node, doorway.port(), LinkKey.random());
    ChannelFuture connected =
        new Bootstrap()
            .group(loop)
            .channel(LinkLoop.channel())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
            .handler(new Connection(this, handshake))
            .connect(address);
    connected.addListener(done -> {
      if (!done.isSuccess()) {
        told().nodeDown(node, "cannot connect: " + done.cause().getMessage());
      }
    });
  }

  /** Node 0 tells the higher one of two nodes where the lower one listens. */
  private void introduce(Peer fresh) {
    if (identity.node() != 0) {
      return;
    }
    for (Peer other : peers) {
      if (other != null && other.node < fresh.node) {
        fresh.control(address(other));
      } else if (other != null && other.node > fresh.node) {
        other.control(address(fresh));
      }
    }
  }

  private static byte[] address(Peer peer) {
    return ByteBuffer.allocate(ADDRESS_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(ADDRESS)
        .putInt(peer.node)
        .putInt(peer.port)
        .array();
  }

  private void tick() {
    lastTickNanos = System.nanoTime();
    doorway.tick();
    for (Peer peer : peers) {
      if (peer != null) {
        peer.tick();
      }
    }
  }

  private boolean anyPeer() {
    for (Peer peer : peers) {
      if (peer != null) {
        return true;
      }
    }
    return false;
  }

  private boolean tellWritable() {
    boolean told = false;
    for (Peer peer : peers) {
      if (peer != null && peer.recovered()) {
        told = true;
        told().writable(peer.node);
      }
    }
    return told;
  }
}
