package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * More than links take: many calls are answered at once, with as many bytes as answers can have.
 * The node that sends them holds its tasks back, neither loses nor gives up anybody, and keeps what
 * waits within bounds.
 */
final class CongestionTest {

  private static final int BYTES = Limits.BUFFER_BYTES_MAX;
  private static final byte[] FULL = new byte[BYTES];

  /** Answers that may wait. */
  private static final int ANSWERS_MAX = (int) (Wire.WAITING_BYTES_MAX / BYTES);

  /** More than a slice adds, copies counted, and the answer that was one too many. */
  private static final int MORE = Limits.QUANTUM_INSTRUCTIONS / (10 * Slice.TURN_COST);

  private static final int CALLS = ANSWERS_MAX + 4 * MORE;

  private final MemoryNet net = new MemoryNet(2);
  private final TestNode[] tests = new TestNode[2];
  private final Caller caller = new Caller();
  private int answers;
  private int server;

  /** Makes all calls, as many in a turn as may be, and looks whether answers come in order. */
  private final class Caller extends TestTask {
    private int made;
    private long answered;

    @Override
    public void notified(Turn turn, int source) {
      for (int i = 0; i < Limits.SENDS_PER_TURN_MAX && made < CALLS; i++) {
        made++;
        turn.callWithBytes(server, turn.scratch().set(7, 0, 0, 0, 0, 0, 0, 0), FULL, 0, BYTES);
      }
    }

    @Override
    public void answered(Turn turn, long call, Message m) {
      assertEquals(answered, m.w0);
      answered++;
    }
  }

  @AfterEach
  void close() {
    for (TestNode test : tests) {
      test.close();
    }
  }

  /** All requests have reached the server's node, and its link takes nothing from now on. */
  private void start(int cpus) {
    for (int i = 0; i < tests.length; i++) {
      tests[i] =
          new TestNode(NodeConfig.of(i, tests.length), i == 1 ? cpus : 1, net.end(i), Tracer.NONE);
    }
    net.connect();
    server =
        tests[1].server(
            "server",
            TestTask.serving((turn, request, m) -> {
              turn.kernel().copyOut(request, 0, FULL, 0, BYTES);
              turn.reply(request, answers++);
            }));
    tests[1].settle();
    int endpoint = tests[0].server("caller", caller);
    while (caller.made < CALLS) {
      tests[0].node.channel(endpoint).raise();
      tests[0].settle();
    }
    net.room = 0;
    net.end(1).poll();
  }

  private void takeAll() {
    net.room = Integer.MAX_VALUE;
    net.end(1).receiver().writable(0);
    boolean any = true;
    while (any) {
      tests[0].settle();
      tests[1].settle();
      any = net.end(0).poll() | net.end(1).poll();
    }
  }

  private void assertHeldBack() {
    assertTrue(tests[1].node.congested());
    assertTrue(answers > ANSWERS_MAX && answers < ANSWERS_MAX + MORE, () -> answers + " answers");
  }

  @Test
  void nobodyHasATurnWhileMoreWaitsThanMay() {
    start(1);
    tests[1].settle();
    assertHeldBack();
    TestTask other = new TestTask();
    tests[1].node.channel(tests[1].server("other", other)).raise();
    other.start = turn -> other.events.add("raised");
    tests[1].settle();
    assertHeldBack();
    assertEquals(List.of(), other.events);
    takeAll();
    assertEquals(List.of("raised"), other.events);
    assertEquals(CALLS, caller.answered);
    assertNull(net.end(1).dropped);
  }

  @Test
  void itsCpuWaitsForTheLinkThoughTasksAreReady() {
    start(1);
    TestNode node = tests[1];
    node.node.cpu(0).runUntil(() -> !node.host.mayWait.isEmpty());
    assertHeldBack();
    assertEquals(List.of(true), node.host.mayWait);
    takeAll();
    assertEquals(CALLS, caller.answered);
    assertTrue(node.host.wakeUps.get() > 0);
  }

  @Test
  void whatArrivesMeanwhileWaitsForItsTurnAsAlarmsDo() {
    start(1);
    TestNode node = tests[1];
    TestTask receiver = new TestTask();
    int endpoint = node.server("receiver", receiver);
    TestTask sleeper = TestTask.doing(turn -> turn.kernel().setAlarm(1, 1_000));
    node.node.channel(node.server("sleeper", sleeper)).raise();
    node.host.arrivals = () -> net.end(1).poll();
    node.node.cpu(0).runUntil(() -> !node.host.mayWait.isEmpty());
    assertHeldBack();
    TestTask sender =
        TestTask.doing(turn -> turn.send(endpoint, turn.scratch().set(7, 5, 0, 0, 0, 0, 0, 0)));
    tests[0].node.channel(tests[0].server("sender", sender)).raise();
    net.room = Integer.MAX_VALUE;
    tests[0].settle();
    net.room = 0;
    node.pass(10_000);
    node.host.mayWait.clear();
    node.node.cpu(0).runUntil(() -> !node.host.mayWait.isEmpty());
    assertEquals(List.of(), receiver.events);
    assertHeldBack();
    takeAll();
    assertEquals(List.of("message 7 5"), receiver.events);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void everyCpuHoldsItsTasksBack(int cpu) {
    start(2);
    tests[1].settle();
    assertHeldBack();
    tests[1].node.channel(tests[1].server("other", new TestTask())).raise();
    assertFalse(tests[1].node.cpu(cpu).step());
    assertFalse(tests[1].node.work(cpu));
    int woken = tests[1].host.wakeUps.get();
    net.room = MORE;
    net.end(1).receiver().writable(0);
    assertTrue(tests[1].node.work(cpu));
    assertTrue(tests[1].host.wakeUps.get() >= woken + 2);
    takeAll();
    assertEquals(CALLS, caller.answered);
  }

  @Test
  void aNodeThatTakesNothingHoldsNobodyBackForEver() {
    start(1);
    tests[1].settle();
    assertHeldBack();
    tests[1].pass(Wire.LOST_NANOS - 1);
    assertHeldBack();
    assertNull(net.end(1).dropped);
    tests[1].pass(1);
    assertEquals("it takes no more frames", net.end(1).dropped);
    assertFalse(tests[1].node.congested());
  }

  @Test
  void aNodeThatDiesHoldsNobodyBack() {
    start(1);
    tests[1].settle();
    assertHeldBack();
    TestTask other = TestTask.doing(turn -> caller.events.add("other"));
    tests[1].node.channel(tests[1].server("other", other)).raise();
    net.end(1).receiver().nodeDown(0, "no sign of life");
    assertFalse(tests[1].node.congested());
  }
}
