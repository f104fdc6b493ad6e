package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.atoll.abi.Message;
import org.atoll.abi.protocol.KernelProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What has its turn within the event wait, between two frames, and what does not. */
final class ArrivingTest {

  /** Of ten turns of servers. */
  private static final int SLICE = 10 * Slice.TURN_COST;

  /** So that a slice of ten turns takes longer than one may. */
  private static final long LONG_TURN = 60_000;

  private final MemoryNet net = new MemoryNet(2);
  private final TestNode[] tests = new TestNode[2];
  private final TestTask server = new TestTask();
  private final TestTask second = new TestTask();
  private int serverEndpoint;
  private int secondEndpoint;

  @BeforeEach
  void start() {
    for (int i = 0; i < tests.length; i++) {
      NodeConfig config = new NodeConfig(i, tests.length, SLICE, NodeConfig.HandOver.DIRECT);
      tests[i] = new TestNode(config, 1, net.end(i), Tracer.NONE);
    }
    net.connect();
    serverEndpoint = tests[1].server("server", server);
    secondEndpoint = tests[1].server("second", second);
    tests[1].settle();
  }

  @AfterEach
  void close() {
    for (TestNode test : tests) {
      test.close();
    }
  }

  /** Has a task of node 0 do that, and lets what it sends arrive on node 1. */
  private TestTask arrive(TestTask client) {
    tests[0].node.channel(tests[0].server("client", client)).raise();
    tests[0].settle();
    assertTrue(net.end(1).poll());
    return client;
  }

  private static Message message(long w0) {
    return new Message().set(7, w0, 0, 0, 0, 0, 0, 0);
  }

  private void sendAll(int... destinations) {
    arrive(
        TestTask.doing(turn -> {
          for (int i = 0; i < destinations.length; i++) {
            turn.send(destinations[i], message(i));
          }
        }));
  }

  @Test
  void anIdleTaskHasItsTurnBeforeTheNextFrame() {
    sendAll(serverEndpoint, secondEndpoint, serverEndpoint);
    assertEquals(List.of("message 7 0"), server.events);
    assertEquals(List.of("message 7 1"), second.events);
    tests[1].settle();
    assertEquals(List.of("message 7 0", "message 7 2"), server.events);
  }

  @Test
  void whatTheTurnsOfAWaitSendGoesOutBeforeTheCpuWaitsAgain() {
    server.serve = (turn, request, m) -> turn.reply(request, m.w0 + 1);
    TestTask client =
        arrive(
            TestTask.doing(turn -> {
              for (int i = 0; i < 3; i++) {
                turn.call(serverEndpoint, message(i));
              }
            }));
    tests[1].settle();
    assertTrue(net.end(0).poll());
    tests[0].settle();
    assertEquals(List.of("answered 7 1", "answered 7 2", "answered 7 3"), client.events);
  }

  @Test
  void whatTheTurnsOfAPollSendGoesOutThoughNobodyIsReady() {
    server.serve = (turn, request, m) -> turn.reply(request, m.w0);
    int nobody = tests[1].node.life.spawn();
    tests[1].node.life.destroy(tests[1].node.cpu(0), nobody, 0);
    TestTask client =
        TestTask.doing(turn -> {
          turn.call(serverEndpoint, message(1));
          turn.send(secondEndpoint, message(2));
          turn.notify(nobody);
        });
    tests[0].node.channel(tests[0].server("client", client)).raise();
    tests[0].settle();
    TestNode node = tests[1];
    untilTheNextStepPolls(node);
    node.host.arrivals = () -> net.end(1).poll();
    node.node.cpu(0).step();
    assertEquals(List.of("request 7 1"), server.events);
    assertEquals(List.of("message 7 2"), second.events);
    assertTrue(net.end(0).poll());
    tests[0].settle();
    assertEquals(List.of("answered 7 1"), client.events);
  }

  /** Gives turns, each in a slice of its own, until as much is spent as before a poll. */
  private void untilTheNextStepPolls(TestNode node) {
    int[] polls = new int[1];
    node.host.arrivals = () -> polls[0]++;
    long begin = node.node.cpu(0).work();
    while (polls[0] == 0) {
      begin = node.node.cpu(0).work();
      oneTurn(node);
    }
    while (node.node.cpu(0).work() < begin + Slice.POLL_COST) {
      oneTurn(node);
    }
    assertEquals(1, polls[0]);
  }

  private void oneTurn(TestNode node) {
    node.node.channel(secondEndpoint).raise();
    assertTrue(node.node.cpu(0).step());
  }

  @Test
  void whoIsReadyGoesOnAfterASlice() {
    tests[1].node.channel(secondEndpoint).raise();
    second.start = turn -> second.events.add("ready, behind " + server.events.size());
    int[] many = new int[40];
    Arrays.fill(many, serverEndpoint);
    sendAll(many);
    int within = server.events.size();
    assertTrue(within <= 11, "turns within the wait: " + within);
    tests[1].settle();
    assertEquals(40, server.events.size());
    assertEquals(1, second.events.size());
  }

  @Test
  void whereNobodyIsReadyAllHaveTheirTurnAtOnce() {
    int[] many = new int[40];
    Arrays.fill(many, serverEndpoint);
    sendAll(many);
    assertEquals(39, server.events.size());
  }

  @Test
  void behindLongTurnsWhatArrivesWaitsInMailboxes() {
    server.whenTold = turn -> tests[1].host.nanos = tests[1].host.nanos + LONG_TURN;
    int[] many = new int[40];
    Arrays.fill(many, serverEndpoint);
    many[39] = secondEndpoint;
    sendAll(many);
    assertEquals(SLICE / Slice.TURN_COST, server.events.size());
    tests[1].settle();
    assertEquals(39, server.events.size());
    assertEquals(1, second.events.size());
  }

  @Test
  void aTurnThatThrowsEndsItsTaskAlone() {
    server.whenTold =
        turn -> {
          throw new IllegalStateException("on purpose");
        };
    sendAll(serverEndpoint, secondEndpoint, secondEndpoint);
    tests[1].settle();
    assertEquals(List.of("message 7 1", "message 7 2"), second.events);
    assertFalse(tests[1].node.halted());
  }

  @Test
  void theKernelsOwnTaskWaitsForTheLoop() {
    int kernel = tests[1].node.kernelEndpoint();
    Task task = tests[1].node.tasks.find(kernel);
    long before = task.events;
    arrive(
        TestTask.doing(turn -> {
          turn.call(kernel, KernelProtocol.Call.values()[0].encode(new Message()));
          turn.send(serverEndpoint, message(1));
        }));
    assertEquals(before, task.events);
    tests[1].settle();
    assertEquals(before + 1, task.events);
    assertEquals(List.of("message 7 1"), server.events);
  }
}
