package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.management.ManagementFactory;
import org.atoll.abi.BlockingIpc;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Message;
import org.atoll.hypercall.cpu.Coroutines;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A call between tasks with stacks allocates nothing, where the CPU's thread carries them. */
final class StackfulAllocationTest {

  private static final int CALLS = 20_000;

  /** So often warm-ups may be tried: on a busy machine the compiler is late. */
  private static final int ROUNDS_MAX = 200;

  private long calls;

  private static void serve(BlockingIpc ipc) {
    Message m = new Message();
    while (true) {
      long request = ipc.receive(Endpoint.ANY, m, BlockingIpc.FOREVER);
      if (request > 0) {
        m.set(0, m.w0 + 1, 0, 0, 0, 0, 0, 0);
        ipc.reply(request, m);
      }
    }
  }

  private void call(BlockingIpc ipc, int server) {
    Message m = new Message();
    while (true) {
      ipc.sendReceive(server, m.set(7, calls, 0, 0, 0, 0, 0, 0), BlockingIpc.FOREVER);
      calls = m.w0;
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CONTINUATION", "VIRTUAL_THREAD"})
  void aCallBetweenTwoStacksAllocatesNothing(Carrier carrier) {
    Coroutines stacks = carrier.stacks();
    try (TestNode test = new TestNode()) {
      int server =
          test.node.startStackful(
              "server", StackfulAllocationTest::serve, Privileges.SERVER, stacks);
      int caller =
          test.node.startStackful("caller", ipc -> call(ipc, server), Privileges.SERVER, stacks);
      test.node.channel(server).raise();
      test.settle();
      test.node.channel(caller).raise();
      long bytes = CALLS;
      for (int round = 0; round < ROUNDS_MAX && bytes >= CALLS; round++) {
        pass(test.node.cpu(0), CALLS);
        bytes = allocatedBy(test.node.cpu(0), CALLS);
      }
      assertEquals(0, bytes / CALLS, bytes + " bytes for " + CALLS + " calls");
      if (Boolean.getBoolean("atoll.measure")) {
        measure(test.node.cpu(0), carrier);
      }
    }
  }

  private long allocatedBy(Cpu cpu, int count) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    threads.getCurrentThreadAllocatedBytes();
    long before = threads.getCurrentThreadAllocatedBytes();
    pass(cpu, count);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private void pass(Cpu cpu, int count) {
    long end = calls + count;
    while (calls < end) {
      cpu.step();
    }
  }

  private void measure(Cpu cpu, Carrier carrier) {
    for (int round = 0; round < 5; round++) {
      long start = System.nanoTime();
      pass(cpu, 5_000_000);
      System.out.println(carrier + " " + (System.nanoTime() - start) / 5_000_000.0 + " ns a call");
    }
  }
}
