package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.abi.protocol.PmProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three nodes in one thread; every frame goes through the codec. */
final class RemoteTest {

  private static final int NODES = 3;

  private final MemoryNet net = new MemoryNet(NODES);
  private final TestNode[] tests = new TestNode[NODES];

  @BeforeEach
  void start() {
    for (int i = 0; i < NODES; i++) {
      tests[i] = new TestNode(NodeConfig.of(i, NODES), 1, net.end(i), Tracer.NONE);
    }
    net.connect();
  }

  @AfterEach
  void close() {
    for (TestNode test : tests) {
      test.close();
    }
  }

  private void settle() {
    boolean any = true;
    for (int i = 0; any; i++) {
      any = false;
      for (TestNode test : tests) {
        test.settle();
      }
      for (int n = 0; n < NODES; n++) {
        any |= net.end(n).poll();
      }
      assertTrue(i < 10_000, "the nodes do not come to rest");
    }
  }

  private static Message message(Turn turn, long w0) {
    return turn.scratch().set(7, w0, 0, 0, 0, 0, 0, 0);
  }

  private TestTask raise(int node, TestTask task) {
    tests[node].node.channel(tests[node].server("task", task)).raise();
    settle();
    return task;
  }

  private void again(int node, int endpoint) {
    tests[node].node.channel(endpoint).raise();
    settle();
  }

  @Test
  void aCallGoesToAnotherNodeAndBack() {
    int server = tests[1].server("server", TestTask.serving((t, r, m) -> t.reply(r, m.w0 + 1)));
    TestTask client = raise(0, TestTask.doing(t -> t.call(server, message(t, 41))));
    assertEquals(List.of("answered 7 42"), client.events);
  }

  @Test
  void buffersTravelWithRequestAndAnswer() {
    byte[] seen = new byte[3];
    int server =
        tests[1].server(
            "server",
            TestTask.serving((t, r, m) -> {
              assertEquals(3, t.kernel().copyIn(r, 0, seen, 0, 3));
              assertEquals(10, t.kernel().outBytes(r));
              assertEquals(-Errno.EFAULT, t.kernel().copyOut(r, 9, seen, 0, 2));
              assertEquals(2, t.kernel().copyOut(r, 4, new byte[] {8, 9}, 0, 2));
              t.reply(r, 2);
            }));
    byte[] answer = new byte[10];
    int[] got = new int[1];
    TestTask client = new TestTask();
    client.whenAnswered.put(1L, t -> got[0] = t.answerBytes(0, answer, 0, 10));
    client.start = t -> t.callWithBytes(server, message(t, 0), new byte[] {1, 2, 3}, 3, 10);
    raise(0, client);
    assertArrayEquals(new byte[] {1, 2, 3}, seen);
    assertEquals(6, got[0]);
    assertEquals(8, answer[4]);
    assertEquals(9, answer[5]);
  }

  @Test
  void theLargestBuffersTravelBothWays() {
    int bytes = Limits.BUFFER_BYTES_MAX;
    int server =
        tests[1].server(
            "server",
            TestTask.serving((t, r, m) -> {
              byte[] all = new byte[bytes];
              t.kernel().copyIn(r, 0, all, 0, bytes);
              t.reply(r, t.kernel().copyOut(r, 0, all, 0, bytes));
            }));
    byte[] in = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      in[i] = (byte) (i * 7);
    }
    byte[] out = new byte[bytes];
    TestTask client = new TestTask();
    client.whenAnswered.put(1L, t -> t.answerBytes(0, out, 0, bytes));
    client.start = t -> t.callWithBytes(server, message(t, 0), in, bytes, bytes);
    raise(0, client);
    assertArrayEquals(in, out);
  }

  @Test
  void aBufferThatIsLentFurtherIsFilledFromTheThirdNode() {
    int fs =
        tests[2].server(
            "fs",
            TestTask.serving(
                (t, r, m) -> t.reply(r, t.kernel().copyOut(r, 0, new byte[] {5, 6}, 0, 2))));
    TestTask vfs = new TestTask();
    vfs.serve =
        (t, r, m) -> {
          long call = t.callLending(fs, message(t, 0), r, 0, 0, 1, 2);
          vfs.whenAnswered.put(call, turn -> turn.reply(r, 2));
        };
    int vfsEndpoint = tests[0].server("vfs", vfs);
    byte[] answer = new byte[4];
    TestTask client = new TestTask();
    client.whenAnswered.put(1L, t -> t.answerBytes(0, answer, 0, 4));
    client.start = t -> t.callWithBytes(vfsEndpoint, message(t, 0), new byte[0], 0, 4);
    raise(1, client);
    assertArrayEquals(new byte[] {0, 5, 6, 0}, answer);
  }

  @Test
  void messagesKeepTheirOrderWhenTheTransportHasNoRoom() {
    net.room = 3;
    TestTask receiver = new TestTask();
    int endpoint = tests[1].server("receiver", receiver);
    raise(
        0,
        TestTask.doing(t -> {
          for (int i = 0; i < 500; i++) {
            t.send(endpoint, message(t, i));
          }
          t.notify(endpoint);
        }));
    assertEquals(501, receiver.events.size());
    List<String> messages = new ArrayList<>(receiver.events);
    messages.removeIf(e -> e.startsWith("notified"));
    for (int i = 0; i < 500; i++) {
      assertEquals("message 7 " + i, messages.get(i));
    }
  }

  @Test
  void whatIsSentToANodeThatIsNotUpYetWaitsForIt() {
    MemoryNet late = new MemoryNet(2);
    try (TestNode first = new TestNode(NodeConfig.of(0, 2), 1, late.end(0), Tracer.NONE);
        TestNode second = new TestNode(NodeConfig.of(1, 2), 1, late.end(1), Tracer.NONE)) {
      late.room = 0;
      TestTask server = new TestTask();
      int endpoint = second.server("server", server);
      TestTask client = TestTask.doing(t -> t.call(endpoint, message(t, 1)));
      first.node.channel(first.server("client", client)).raise();
      first.settle();
      late.room = 10;
      late.connect();
      first.settle();
      late.end(1).poll();
      second.settle();
      assertEquals(List.of("request 7 1"), server.events);
    }
  }

  @Test
  void aCallToATaskThatIsNotThereFails() {
    int nobody = Endpoint.of(Limits.SLOTS_PER_NODE + 500, 3);
    TestTask client = raise(0, TestTask.doing(t -> t.call(nobody, message(t, 0))));
    assertEquals(List.of("answered 7 " + -Errno.EDEADSRCDST), client.events);
  }

  @Test
  void aRequestInTheNameOfATaskThatIsHereIsRefused() {
    TestTask server = new TestTask();
    int endpoint = tests[1].server("server", server);
    int local = tests[1].server("local", new TestTask());
    Frame forged = new Frame().set(Frame.REQUEST, endpoint, CallRecord.token(local, 1));
    forged.message.set(7, 0, 0, 0, 0, 0, 0, 0).source = local;
    ByteBuffer bytes = ByteBuffer.allocate(forged.size()).order(ByteOrder.LITTLE_ENDIAN);
    forged.writeHead(bytes);
    net.end(1).receiver().frame(0, bytes.flip());
    settle();
    assertEquals(List.of(), server.events);
    assertEquals(5, tests[0].node.nodesUp() & 5);
  }

  @Test
  void aCancelReachesTheOtherNodeAndIsAnswered() {
    TestTask server = new TestTask();
    server.whenCancelled = (t, r, m) -> t.reply(r, -Errno.EINTR);
    int endpoint = tests[1].server("server", server);
    TestTask client = new TestTask();
    long[] call = new long[1];
    client.start =
        t -> {
          if (call[0] == 0) {
            call[0] = t.call(endpoint, message(t, 0));
          } else {
            t.cancel(call[0]);
          }
        };
    int clientEndpoint = tests[0].server("client", client);
    again(0, clientEndpoint);
    again(0, clientEndpoint);
    assertEquals(List.of("answered 7 " + -Errno.EINTR), client.events);
  }

  @Test
  void aServerThatDiesFailsItsCallersOnOtherNodes() {
    TestTask server = new TestTask();
    server.start =
        t -> {
          throw new IllegalStateException("the impossible (expected by this test)");
        };
    int endpoint = tests[1].server("server", server);
    TestTask client = raise(0, TestTask.doing(t -> t.call(endpoint, message(t, 0))));
    assertEquals(List.of(), client.events);
    again(1, endpoint);
    assertEquals(List.of("answered 7 " + -Errno.EDEADSRCDST), client.events);
  }

  @Test
  void aCallerThatDiesIsCancelledOnTheOtherNode() {
    TestTask server = new TestTask();
    int endpoint = tests[1].server("server", server);
    TestTask client = new TestTask();
    client.start = t -> t.call(endpoint, message(t, 0));
    int clientEndpoint = tests[0].server("client", client);
    again(0, clientEndpoint);
    client.start =
        t -> {
          throw new IllegalStateException("the impossible (expected by this test)");
        };
    again(0, clientEndpoint);
    assertEquals(List.of("request 7 0", "cancelled"), server.events);
  }

  @Test
  void aDeadNodeFailsTheCallsToItAndCancelsThoseFromIt() {
    TestTask pm = new TestTask();
    int pmEndpoint = tests[0].server("pm", pm);
    tests[0].node.role(Role.PM, pmEndpoint);
    int far = tests[1].server("far", new TestTask());
    TestTask client = raise(0, TestTask.doing(t -> t.call(far, message(t, 0))));
    raise(1, TestTask.doing(t -> t.call(pmEndpoint, message(t, 0))));
    net.end(0).receiver().nodeDown(1, "its connection was cut (by this test)");
    settle();
    assertEquals(List.of("answered 7 " + -Errno.EDEADSRCDST), client.events);
    int down = PmProtocol.Call.NODE_DOWN.number();
    assertEquals(List.of("request 7 0", "cancelled", "message " + down + " 1"), pm.events);
    assertEquals(5, tests[0].node.nodesUp());
    assertFalse(tests[0].node.halted());
  }

  @Test
  void theOtherNodesEndWhenNode0Dies() {
    net.end(1).receiver().nodeDown(0, "its connection was cut (by this test)");
    assertEquals(125, tests[1].node.haltStatus());
  }

  @Test
  void haltEndsEveryNode() {
    raise(
        0,
        TestTask.doing(
            t -> t.call(Endpoint.kernelOf(1), KernelProtocol.Call.HALT.encode(t.scratch(), 9))));
    for (TestNode test : tests) {
      assertEquals(9, test.node.haltStatus());
    }
  }

  @Test
  void theKernelOfAnotherNodeMakesProcesses() {
    TestTask pm =
        raise(
            0,
            TestTask.doing(
                t -> t.call(Endpoint.kernelOf(2), KernelProtocol.Call.SPAWN.encode(t.scratch()))));
    int process = Endpoint.of(2 * Limits.SLOTS_PER_NODE + 1, 0);
    assertEquals(List.of("answered 256 " + process), pm.events);
    assertNotNull(tests[2].node.tasks.find(process));
  }

  /** PM's steps of a move, from node 1 to node 2, with what arrives in between. */
  @Test
  void aProcessMovesUnderItsEndpointAndIsFoundThere() {
    int process = tests[1].node.life.spawn();
    TestTask pm = new TestTask();
    int pmEndpoint = tests[0].server("pm", pm);
    Consumer<Consumer<Turn>> inPm =
        action -> {
          pm.start = action;
          again(0, pmEndpoint);
        };
    byte[] state = savedProgram();
    inPm.accept(t -> adopt(t, process, state, 0, 5));
    inPm.accept(t -> adopt(t, process, state, 5, state.length - 5));
    inPm.accept(t -> {
      Message m = KernelProtocol.Call.FORGET.encode(t.scratch(), process, 2);
      t.call(Endpoint.kernelOf(1), m);
    });
    assertNull(tests[1].node.tasks.find(process));
    inPm.accept(t -> t.send(process, message(t, 1)));
    inPm.accept(t -> tests[0].node.life.locate(process, 2));
    inPm.accept(t -> t.send(process, message(t, 2)));
    Task moved = tests[2].node.tasks.find(process);
    assertNotNull(moved);
    assertEquals(
        List.of("saved", "message 7 1", "message 7 2"), ((TestProgram) moved.handler).events);

    inPm.accept(t -> {
      Message m = KernelProtocol.Call.DESTROY.encode(t.scratch(), process);
      t.call(Endpoint.kernelOf(2), m);
    });
    assertEquals(Endpoint.home(process), tests[0].node.locations.nodeOf(process));
    assertEquals(4, pm.events.stream().filter(e -> e.endsWith(" 0")).count(), pm.events.toString());
  }

  private static byte[] savedProgram() {
    TestProgram program = new TestProgram();
    program.events.add("saved");
    StateWriter out = new StateWriter();
    program.save(out);
    return out.toBytes();
  }

  private static void adopt(Turn t, int process, byte[] state, int from, int bytes) {
    byte[] piece = new byte[bytes];
    System.arraycopy(state, from, piece, 0, bytes);
    Message m = KernelProtocol.Call.ADOPT.encode(t.scratch(), process, state.length, from);
    t.callWithBytes(Endpoint.kernelOf(2), m, piece, bytes, 0);
  }

  @Test
  void aProcessThatIsAwayDiesWithTheNodeItIsOnAndItsSlotIsUsedAgain() {
    int process = tests[1].node.life.spawn();
    assertEquals(0, tests[2].node.life.adopt(process, savedProgram()));
    assertEquals(0, tests[1].node.life.forget(tests[1].node.cpu(0), process, 2));
    net.end(1).receiver().nodeDown(2, "its connection was cut (by this test)");
    TestTask client = raise(1, TestTask.doing(t -> t.call(process, message(t, 0))));
    assertEquals(List.of("answered 7 " + -Errno.EDEADSRCDST), client.events);
  }
}
