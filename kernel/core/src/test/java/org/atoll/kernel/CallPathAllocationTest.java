package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.management.ManagementFactory;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.junit.jupiter.api.Test;

/** The path from call to reply allocates nothing, here and on the way to another node. */
final class CallPathAllocationTest {

  private static final int CALLS = 20_000;

  /** Calls a server again and again, with a byte each way. */
  private static final class Caller extends TestTask {
    private final byte[] data = new byte[4096];
    private final int server;
    long calls;

    Caller(int server) {
      this.server = server;
    }

    @Override
    public void notified(Turn turn, int source) {
      call(turn, 0);
    }

    @Override
    public void answered(Turn turn, long call, Message m) {
      calls++;
      call(turn, m.w0);
    }

    private void call(Turn turn, long number) {
      Message m = turn.scratch().set(7, number, 0, 0, 0, 0, 0, 0);
      turn.callWithBytes(server, m, data, 1, 4096);
    }
  }

  /** Answers without writing anything down. */
  private static final class Server extends TestTask {
    private final byte[] data = new byte[4096];

    @Override
    public void request(Turn turn, long request, Message m) {
      turn.kernel().copyIn(request, 0, data, 0, 1);
      turn.kernel().copyOut(request, 0, data, 0, 4096);
      turn.reply(request, m.w0 + 1);
    }
  }

  @Test
  void aCallToAnIdleServerAllocatesNothing() {
    aCallAllocatesNothing(Tracer.NONE);
  }

  @Test
  void norDoesOneThatIsTracedIntoARing() {
    aCallAllocatesNothing(new RingTracer(1_024));
  }

  private static void aCallAllocatesNothing(Tracer tracer) {
    try (TestNode test = new TestNode(NodeConfig.single(), 1, null, tracer)) {
      int server = test.server("server", new Server());
      Caller caller = new Caller(server);
      test.node.channel(test.server("caller", caller)).raise();
      Cpu cpu = test.node.cpu(0);
      steps(cpu, 8 * CALLS);
      var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
      long id = Thread.currentThread().threadId();
      threads.getThreadAllocatedBytes(id);
      long before = caller.calls;
      long bytes = threads.getThreadAllocatedBytes(id);
      steps(cpu, 2 * CALLS);
      bytes = threads.getThreadAllocatedBytes(id) - bytes;
      assertEquals(CALLS, caller.calls - before, 1);
      assertEquals(0, bytes / CALLS, bytes + " bytes for " + CALLS + " calls");
      if (Boolean.getBoolean("atoll.measure")) {
        measure(cpu);
      }
    }
  }

  @Test
  void aCallToAnotherNodeAllocatesNothingOnEither() {
    ReusedFrames net = new ReusedFrames();
    try (TestNode near = new TestNode(NodeConfig.of(0, 2), 1, net.end(0), Tracer.NONE);
        TestNode far = new TestNode(NodeConfig.of(1, 2), 1, net.end(1), Tracer.NONE)) {
      net.connect();
      Caller caller = new Caller(far.server("server", new Server()));
      near.node.channel(near.server("caller", caller)).raise();
      pass(near, far, net, CALLS);
      var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
      threads.getCurrentThreadAllocatedBytes();
      long before = caller.calls;
      long bytes = threads.getCurrentThreadAllocatedBytes();
      pass(near, far, net, CALLS);
      bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
      assertEquals(CALLS, caller.calls - before, 1);
      assertEquals(0, bytes / CALLS, bytes + " bytes for " + CALLS + " calls");
    }
  }

  private static void pass(TestNode near, TestNode far, ReusedFrames net, int calls) {
    for (int i = 0; i < calls; i++) {
      near.settle();
      net.end(1).poll();
      far.settle();
      net.end(0).poll();
    }
  }

  private static void measure(Cpu cpu) {
    for (int round = 0; round < 5; round++) {
      long start = System.nanoTime();
      steps(cpu, 20_000_000);
      System.out.println((System.nanoTime() - start) / 10_000_000.0 + " ns a call");
    }
  }

  private static void steps(Cpu cpu, int steps) {
    for (int i = 0; i < steps; i++) {
      cpu.step();
    }
  }
}
