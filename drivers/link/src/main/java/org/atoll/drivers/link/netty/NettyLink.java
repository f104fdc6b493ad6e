package org.atoll.drivers.link.netty;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.atoll.drivers.link.Door;
import org.atoll.drivers.link.Doors;
import org.atoll.drivers.link.Handshake;
import org.atoll.drivers.link.LinkBrokenException;
import org.atoll.drivers.link.LinkIdentity;
import org.atoll.drivers.link.Ways;
import org.atoll.drivers.link.service.Terms;
import org.atoll.drivers.link.talk.Census;
import org.atoll.hypercall.EventWait;
import org.atoll.hypercall.Transport;
import org.jspecify.annotations.Nullable;

/**
 * A node's link to all others, and the wait of the CPU that owns it.
 *
 * <p>Owner: the thread that first calls {@link #listen}, {@link #poll} or {@link #waitForEvent};
 * {@link #wakeup} is for any thread.
 */
public final class NettyLink implements Transport, EventWait, AutoCloseable {

  /** Time between two signs of life. */
  static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * So many times the loop is not asked, by a system call, where rings have brought something: as
   * they mostly have when who answers has the same processor. {@code atoll bench ipc
   * sendrec.vm.shm}.
   */
  private static final int LOOP_WAITS = 8;

  private static final long FAREWELL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String machine;
  private final Ways ways;
  private final @Nullable Doors nodeZero;
  private final LinkLoop loop;
  private final Doorway doorway;
  final Neighbours neighbours;
  final Rings rings;
  final ReceiveBuffer received = new ReceiveBuffer();
  private final HaltPolling polling = new HaltPolling(Runtime.getRuntime().availableProcessors());

  /** Waits since the loop was asked for the last time; see {@link #LOOP_WAITS}. */
  private int withoutLoop;

  /** Nodes with frames that are not flushed, as bits. */
  private long dirty;

  private boolean begun;
  private @Nullable Tls tls;

  /** What the receiver threw within the loop. */
  private @Nullable Throwable failure;

  /**
   * A link that is not connected yet.
   *
   * @param loop of the CPU that is to own the link, and ends with it
   * @param machine names the machine that this node runs on; see {@link
   *     org.atoll.drivers.link.Machine}
   * @param ways what may carry frames on this machine
   * @param nodeZero where node 0 listens; null on node 0 itself
   * @param log takes one line for each connection that was refused
   */
  public NettyLink(
      LinkLoop loop,
      LinkIdentity identity,
      String machine,
      Ways ways,
      @Nullable Doors nodeZero,
      Consumer<String> log) {
    this(loop, identity, machine, ways, nodeZero, List.of(), log);
  }

  /**
   * A link of a VOS that spans several machines.
   *
   * @param loop as above
   * @param outside where nodes of other machines reach this one; port 0 is one that the host
   *     chooses
   */
  public NettyLink(
      LinkLoop loop,
      LinkIdentity identity,
      String machine,
      Ways ways,
      @Nullable Doors nodeZero,
      List<InetSocketAddress> outside,
      Consumer<String> log) {
    this.loop = loop;
    this.machine = machine;
    this.ways = ways;
    this.nodeZero = nodeZero;
    rings = new Rings(ways.memory());
    neighbours = new Neighbours(identity, new Dialer(this, loop, identity));
    doorway = new Doorway(this, identity, machine, ways, List.copyOf(outside), log);
  }

  /** What encrypts; made when it is first needed. */
  Tls tls() {
    Tls made = tls;
    if (made == null) {
      made = new Tls();
      tls = made;
    }
    return made;
  }

  /**
   * Runs the loop of a CPU that owns a link, on the calling thread. Outside of it a link works as
   * well, but Netty gives such a thread no pool of its own, and each flush allocates 64 bytes.
   */
  public static void own(Runnable loop) {
    FastThreadLocalThread.runWithFastThreadLocal(loop);
  }

  /** Listens, if it does not yet; returns where. */
  public Doors listen() {
    begin();
    return doorway.doors();
  }

  /**
   * A node's process has ended, so nobody waits for a connection of it: it is dead when what has
   * arrived is taken. Any thread.
   *
   * @param reason for one that has never connected
   */
  public void missing(int node, String reason) {
    loop.execute(() -> neighbours.missing(node, reason));
  }

  /** The doors of a node to try; none when this node has no way there. */
  List<Door> choose(Doors there) {
    return ways.choose(there, machine);
  }

  /** The loop of the CPU that owns the link, for what else the node has on the network. */
  public LinkLoop loop() {
    return loop;
  }

  /** Node 0: gives all links of the VOS these services. Any thread. */
  public void services(UnaryOperator<Terms> change) {
    loop.execute(() -> neighbours.housekeeping.decide(change));
  }

  /** Node 0: asks all nodes of the VOS about their links. Any thread. */
  public CompletableFuture<Census> census() {
    CompletableFuture<Census> outcome = new CompletableFuture<>();
    loop.execute(() -> neighbours.housekeeping.census(loop, outcome));
    return outcome;
  }

  /** Whether a trusted connection to a node is there; on the owner's thread. */
  public boolean connected(int node) {
    return neighbours.connected(node);
  }

  // ---- transport

  @Override
  public @Nullable ByteBuffer claim(int node, int bytes) {
    if (bytes < 1 || bytes > FRAME_BYTES_MAX) {
      throw new IllegalArgumentException("frame of " + bytes + " bytes");
    }
    Peer peer = neighbours.peer(node);
    return peer == null ? null : peer.session.claim(bytes);
  }

  @Override
  public void commit(int node) {
    Peer peer = neighbours.peer(node);
    if (peer != null) {
      peer.session.commit();
      dirty |= 1L << node;
    }
  }

  @Override
  public void flush() {
    while (dirty != 0) {
      int node = Long.numberOfTrailingZeros(dirty);
      dirty &= dirty - 1;
      Peer peer = neighbours.peer(node);
      if (peer != null) {
        peer.flush();
      }
    }
  }

  @Override
  public void drop(int node, String reason) {
    Peer peer = neighbours.peer(node);
    if (peer != null && !peer.end(reason)) {
      loop.execute(() -> neighbours.dies(peer, reason));
    }
  }

  @Override
  public void receiver(Receiver receiver) {
    neighbours.receiver(receiver);
  }

  // ---- wait

  @Override
  public void waitForEvent(BooleanSupplier mayBlock, long timeoutNanos) {
    begin();
    boolean told = neighbours.tellWritable();
    await(mayBlock, told ? 0 : timeoutNanos);
    rethrow();
    var _ = neighbours.tellWritable();
  }

  private void await(BooleanSupplier mayBlock, long timeoutNanos) {
    boolean some = rings.take() || timeoutNanos != 0 && looked(mayBlock, timeoutNanos);
    if (some && withoutLoop < LOOP_WAITS) {
      withoutLoop++;
      return;
    }
    withoutLoop = 0;
    boolean timed = polling.looks() && !some && timeoutNanos != 0;
    long before = timed ? System.nanoTime() : 0;
    loop.await(rings.after(mayBlock), some ? 0 : timeoutNanos);
    rings.wakes();
    if (timed) {
      polling.slept(System.nanoTime() - before);
    }
    var _ = rings.take();
  }

  /** Looks for a while before it sleeps, if that promises something; whether it need not sleep. */
  private boolean looked(BooleanSupplier mayBlock, long timeoutNanos) {
    long window = polling.windowNanos(timeoutNanos);
    long begin = window > 0 ? System.nanoTime() : 0;
    boolean some = false;
    while (!some && window > 0 && System.nanoTime() - begin < window) {
      Thread.onSpinWait();
      loop.runNow();
      some = rings.take() || !mayBlock.getAsBoolean();
    }
    if (window > 0) {
      polling.looked(some);
    }
    return some;
  }

  @Override
  public void poll() {
    begin();
    loop.runNow();
    var _ = rings.take();
    rethrow();
    var _ = neighbours.tellWritable();
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
    neighbours.finish();
    long deadline = System.nanoTime() + FAREWELL_NANOS;
    long left = FAREWELL_NANOS;
    while (left > 0 && neighbours.anyConnected()) {
      await(() -> true, left);
      left = deadline - System.nanoTime();
    }
    neighbours.end("this node ends");
    var _ = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    while (!loop.isTerminated()) {
      loop.runNow();
    }
  }

  // ---- told by connections

  /** Both ends of a connection trust each other. */
  Peer trusted(Handshake handshake, Connection connection, Wire wire) throws LinkBrokenException {
    if (!handshake.connecting()) {
      doorway.left();
    }
    return neighbours.trusted(handshake, connection, new ServicedWire(wire, loop));
  }

  /** A connection ended before it was trusted. */
  void refused(Handshake handshake, @Nullable SocketAddress from, String reason) {
    if (handshake.connecting()) {
      neighbours.unreachable(handshake.peer(), reason);
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

  // ---- within

  private void begin() {
    if (begun) {
      return;
    }
    begun = true;
    loop.setOwningThread(Thread.currentThread());
    if (ways.kinds().contains(Door.Kind.SHM)) {
      rings.open(loop);
    }
    doorway.open(loop);
    loop.every(TICK_NANOS, this::tick);
    Doors zero = nodeZero;
    if (zero != null) {
      neighbours.meet(0, zero);
    }
  }

  private void tick() {
    doorway.tick();
    neighbours.tick();
  }
}
