package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.management.ManagementFactory;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.junit.jupiter.api.Test;

/** The local path from call to reply allocates nothing. */
final class CallPathAllocationTest {

  private static final int CALLS = 20_000;

  /** Calls a server again and again. */
  private static final class Caller extends TestTask {
    private final int server;
    long calls;

    Caller(int server) {
      this.server = server;
    }

    @Override
    public void notified(Turn turn, int source) {
      turn.call(server, turn.scratch().set(7, 0, 0, 0, 0, 0, 0, 0));
    }

    @Override
    public void answered(Turn turn, long call, Message m) {
      calls++;
      turn.call(server, turn.scratch().set(7, m.w0, 0, 0, 0, 0, 0, 0));
    }
  }

  /** Answers without writing anything down. */
  private static final class Server extends TestTask {
    @Override
    public void request(Turn turn, long request, Message m) {
      turn.reply(request, m.w0 + 1);
    }
  }

  @Test
  void aCallToAnIdleServerAllocatesNothing() {
    try (TestNode test = new TestNode()) {
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
