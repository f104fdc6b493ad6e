package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.atoll.abi.BlockingIpc;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Message;
import org.atoll.hypercall.cpu.Coroutines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A body that waits where its stack cannot be left ends, and nothing else does. */
@Timeout(60)
final class StackfulBoundsTest {

  private final TestNode test = new TestNode();
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    test.close();
  }

  private int start(String name, BlockingIpc.Body body, Coroutines stacks) {
    int endpoint = test.node.startStackful(name, body, Privileges.SERVER, stacks);
    test.node.channel(endpoint).raise();
    test.settle();
    return endpoint;
  }

  private static void receive(BlockingIpc ipc) {
    ipc.receive(Endpoint.ANY, new Message(), BlockingIpc.FOREVER);
  }

  @Test
  void waitingWithAMonitorEndsATaskOnAContinuation() {
    Object lock = new Object();
    Coroutines stacks = Carrier.CONTINUATION.stacks();
    int holder = start("holder", ipc -> holding(lock, ipc), stacks);
    assertNull(test.node.tasks.find(holder));
    start("other", ipc -> entering(lock), stacks);
    assertEquals(List.of("entered"), seen);
  }

  private static void holding(Object lock, BlockingIpc ipc) {
    synchronized (lock) {
      receive(ipc);
    }
  }

  private void entering(Object lock) {
    synchronized (lock) {
      seen.add("entered");
    }
  }

  @Test
  void theMonitorsOfAVirtualThreadAreItsOwn() {
    Object lock = new Object();
    int holder = start("holder", ipc -> holding(lock, ipc), Carrier.VIRTUAL_THREAD.stacks());
    assertNotNull(test.node.tasks.find(holder));
    assertFalse(Thread.holdsLock(lock));
  }

  /** Waits while it is made. */
  private static final class Initialized {
    private static final List<BlockingIpc> IPC = new ArrayList<>();

    private Initialized() {}

    private static void initialize(Carrier carrier) throws ClassNotFoundException {
      String name =
          carrier == Carrier.CONTINUATION
              ? OnContinuation.class.getName()
              : OnThread.class.getName();
      Class.forName(name);
    }
  }

  private static final class OnContinuation {
    static {
      receive(Initialized.IPC.getLast());
    }

    private OnContinuation() {}
  }

  private static final class OnThread {
    static {
      receive(Initialized.IPC.getLast());
    }

    private OnThread() {}
  }

  @ParameterizedTest
  @EnumSource(names = {"CONTINUATION", "VIRTUAL_THREAD"})
  void waitingInAnInitializerEndsTheTask(Carrier carrier) {
    int waiting =
        start(
            "waiting",
            ipc -> {
              Initialized.IPC.add(ipc);
              try {
                Initialized.initialize(carrier);
              } catch (ClassNotFoundException | LinkageError caught) {
                seen.add("caught");
              }
            },
            carrier.stacks());
    assertNull(test.node.tasks.find(waiting), "though it caught the error");
    assertEquals(List.of("caught"), seen);
    start("other", ipc -> seen.add("other"), carrier.stacks());
    assertEquals(List.of("caught", "other"), seen);
  }
}
