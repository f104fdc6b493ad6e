package org.atoll.drivers.link.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.atoll.drivers.link.Door;
import org.atoll.drivers.link.Doors;
import org.atoll.drivers.link.LinkIdentity;
import org.atoll.drivers.link.Ways;
import org.atoll.hypercall.Transport;
import org.atoll.hypercall.linux.Libc;
import org.atoll.hypercall.linux.LinuxSharedMemory;
import org.atoll.hypercall.linux.LinuxTimers;
import org.jspecify.annotations.Nullable;

/**
 * A node of a test: a thread that is a CPU, its link, and what the link told it. Frames are numbers
 * followed by filling; those that arrive are checked for their order.
 */
final class LinkNode implements Transport.Receiver {

  static final String MACHINE = "machine";

  final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  final BlockingQueue<String> log = new LinkedBlockingQueue<>();
  private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
  private final NettyLink link;
  private final Thread cpu;
  private volatile boolean ending;
  private volatile boolean reading = true;
  private int expected;
  private int next;
  private int last;
  private int peer;
  private int bytes;
  private boolean echoing;
  private int refusals;
  private int cutEvery = Integer.MAX_VALUE;

  LinkNode(LinkIdentity identity, Door.Kind way, @Nullable Doors nodeZero) {
    this(identity, MACHINE, by(way), nodeZero, List.of());
  }

  LinkNode(
      LinkIdentity identity,
      String machine,
      Ways ways,
      @Nullable Doors nodeZero,
      List<InetSocketAddress> outside) {
    link = new NettyLink(loop(), identity, machine, ways, nodeZero, outside, log::add);
    link.receiver(this);
    cpu = new Thread(this::run, "node " + identity.node());
    cpu.start();
  }

  /** What a link waits by. */
  static LinkLoop loop() {
    return new LinkLoop(new LinuxTimers(new Libc()));
  }

  /** One way only. */
  static Ways by(Door.Kind way) {
    return new Ways(List.of(way), new LinuxSharedMemory(new Libc()));
  }

  /** The only door of a node of this machine. */
  static Doors at(InetSocketAddress address) {
    return new Doors(MACHINE, List.of(new Door(Door.Kind.TCP, address)));
  }

  /** The address of a node's only door, which is one of TCP. */
  static InetSocketAddress address(Doors doors) {
    return (InetSocketAddress) doors.doors().getFirst().address();
  }

  /** Where the node can be connected to. */
  Doors listen() throws Exception {
    return onCpu(NettyLink::listen);
  }

  private void run() {
    while (!ending) {
      for (Runnable item = work.poll(); item != null; item = work.poll()) {
        item.run();
      }
      send();
      if (reading) {
        link.waitForEvent(() -> work.isEmpty() && !ending, -1);
      } else {
        Thread.onSpinWait();
      }
    }
    link.close();
  }

  /** Does something on the CPU and returns its result. */
  <T> T onCpu(Function<NettyLink, T> task) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    work.add(() -> result.complete(task.apply(link)));
    link.wakeup();
    return result.get(30, TimeUnit.SECONDS);
  }

  /** Sends frames with the numbers from 0 to {@code frames - 1}. */
  void send(int peer, int frames, int bytes) throws Exception {
    onCpu(any -> {
      this.peer = peer;
      this.bytes = bytes;
      next = 0;
      last = frames;
      return true;
    });
  }

  /** Sends back whatever comes. */
  void echo() throws Exception {
    onCpu(any -> echoing = true);
  }

  /** Stops looking at the link, or goes on. */
  void reading(boolean whether) {
    reading = whether;
  }

  /** Cuts the connection after each so many frames. */
  void cutEvery(int frames) throws Exception {
    onCpu(any -> cutEvery = frames);
  }

  int refusals() throws Exception {
    return onCpu(any -> refusals);
  }

  int received() throws Exception {
    return onCpu(any -> expected);
  }

  private void send() {
    while (next < last && put(peer, next)) {
      next++;
      if (next == last) {
        events.add("sent " + last);
      }
    }
    link.flush();
  }

  private boolean put(int to, int number) {
    ByteBuffer frame = link.claim(to, bytes);
    if (frame == null) {
      refusals++;
      return false;
    }
    assertEquals(bytes, frame.remaining());
    frame.putInt(number);
    link.commit(to);
    return true;
  }

  @Override
  public void frame(int node, ByteBuffer frame) {
    int number = frame.getInt();
    if (echoing) {
      peer = node;
      bytes = frame.remaining() + 4;
      last = number + 1;
      return;
    }
    if (number != expected) {
      events.add("frame " + number + " came in place of " + expected);
    }
    expected++;
    if (expected % cutEvery == 0) {
      Objects.requireNonNull(link.neighbours.peer(node)).cut();
    }
    if (expected % 100_000 == 0 || frame.remaining() == 0) {
      events.add("received " + expected);
    }
  }

  @Override
  public void nodeUp(int node) {
    events.add("up " + node);
  }

  @Override
  public void nodeDown(int node, String reason) {
    events.add("down " + node);
    log.add(reason);
  }

  @Override
  public void writable(int node) {
    // The CPU's loop tries again.
  }

  /** What happens next, or why nothing does. */
  String next() throws InterruptedException {
    String came = events.poll(30, TimeUnit.SECONDS);
    return came == null ? "nothing: " + log : came;
  }

  void await(String event) throws InterruptedException {
    String came = events.poll(30, TimeUnit.SECONDS);
    assertNotNull(came, () -> "waiting for: " + event);
    assertEquals(event, came);
  }

  String awaitLog() throws InterruptedException {
    String line = log.poll(30, TimeUnit.SECONDS);
    assertNotNull(line, "no line in the log");
    return String.valueOf(line);
  }

  /** Ends the node's thread and its connections. */
  void close() throws InterruptedException {
    ending = true;
    link.wakeup();
    cpu.join(30_000);
    assertEquals(false, cpu.isAlive());
  }
}
