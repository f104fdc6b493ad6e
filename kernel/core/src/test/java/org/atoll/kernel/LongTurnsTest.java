package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Errno;
import org.atoll.abi.Handler;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.abi.protocol.KernelProtocol.Call;
import org.atoll.abi.protocol.RsProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Turns that go on for long, and what others do meanwhile. */
@ParameterizedClass
@EnumSource(Carrier.class)
final class LongTurnsTest {

  private static final int WORK = 0x4000;
  private static final int COUNT = 0x4001;
  private static final int BETWEEN_LOOKS = 1_000;

  /** A turn that is not interrupted does not come to rest. */
  private static final int LOOKS_MAX = 1_000_000;

  private final Carrier carrier;
  private final TestNode test = new TestNode();
  private final TestTask watcher = new TestTask();
  private final TestTask sink = new TestTask();
  private final List<Long> answers = new ArrayList<>();
  private final List<Worker> made = new ArrayList<>();
  private int rs;
  private int sinkEndpoint;

  /** What the turn that works waits for. */
  private boolean enough;

  private boolean fails;
  private int interruptions;

  LongTurnsTest(Carrier carrier) {
    this.carrier = carrier;
  }

  @BeforeEach
  void start() {
    test.node.stacksOfTurns(carrier.stacks());
    rs = test.server("rs", watcher);
    sinkEndpoint = test.server("sink", sink);
  }

  @AfterEach
  void close() {
    test.close();
  }

  /** Unwinds a turn that was ended, as a service's polls do. */
  private static final class Unwound extends Error {
    private static final long serialVersionUID = 1;
  }

  /** Sends, works until it is enough, sends, answers. */
  private final class Worker extends TestTask {

    boolean unwound;

    @Override
    public boolean mayBeInterrupted() {
      return true;
    }

    @Override
    public void request(Turn turn, long request, Message m) {
      super.request(turn, request, m);
      if (m.type == WORK) {
        tell(turn, 1);
        work(turn.kernel());
        tell(turn, 2);
      }
      turn.reply(request, events.size());
    }

    private void tell(Turn turn, long number) {
      turn.send(sinkEndpoint, turn.scratch().set(7, number, 0, 0, 0, 0, 0, 0));
    }

    private void work(KernelCalls kernel) {
      for (int looks = 0; !enough; looks++) {
        int passed = kernel.passed(BETWEEN_LOOKS);
        if (passed == KernelCalls.ENDED) {
          unwound = true;
          throw new Unwound();
        }
        interruptions += passed == KernelCalls.INTERRUPTED ? 1 : 0;
        if (looks == LOOKS_MAX || fails && interruptions > 1) {
          throw new IllegalStateException("worked for " + looks);
        }
      }
    }
  }

  private Handler make() {
    made.add(new Worker());
    return made.getLast();
  }

  private int worker() {
    test.node.images().put("w", new Images.Image(this::make, Privileges.SERVER, List.of()));
    int endpoint = test.node.start("w", make(), Privileges.SERVER);
    kernel(Call.WATCH, endpoint, 0);
    return endpoint;
  }

  private void call(int to, int type) {
    TestTask caller = new TestTask();
    caller.start =
        turn -> {
          long id = turn.call(to, turn.scratch().set(type, 0, 0, 0, 0, 0, 0, 0));
          caller.whenAnswered.put(id, t -> answers.add(last(caller)));
        };
    test.node.channel(test.server("caller", caller)).raise();
  }

  private static long last(TestTask task) {
    String event = task.events.getLast();
    return Long.parseLong(event.substring(event.lastIndexOf(' ') + 1));
  }

  private void kernel(Call call, long w0, long w1) {
    watcher.start =
        turn -> {
          Message m = call.encode(turn.scratch(), w0, w1);
          turn.callWithBytes(test.node.kernelEndpoint(), m, new byte[0], 0, 100);
        };
    test.node.channel(rs).raise();
  }

  private void steps(int count) {
    for (int i = 0; i < count; i++) {
      assertTrue(test.node.cpu(0).step());
    }
  }

  private Task task(int endpoint) {
    Task task = test.node.tasks.find(endpoint);
    if (task == null) {
      throw new AssertionError("no task " + endpoint);
    }
    return task;
  }

  /** A worker in the middle of a turn. */
  private int atWork() {
    int worker = worker();
    call(worker, WORK);
    steps(50);
    assertTrue(task(worker).inTurn());
    assertTrue(interruptions > 1);
    return worker;
  }

  @Test
  void othersHaveTurnsWhileOneGoesOn() {
    int worker = atWork();
    test.node.channel(test.server("other", TestTask.doing(turn -> enough = true))).raise();
    test.settle();
    assertFalse(task(worker).inTurn());
    assertEquals(List.of(1L), answers);
    assertEquals(List.of("message 7 1", "message 7 2"), sink.events);
  }

  @Test
  void aTurnThatIsAboutNoLetterGoesOnToo() {
    int worker = worker();
    made.getFirst().start = turn -> made.getFirst().work(turn.kernel());
    test.node.channel(worker).raise();
    steps(50);
    assertTrue(task(worker).inTurn());
    test.node.channel(test.server("other", TestTask.doing(turn -> enough = true))).raise();
    test.settle();
    assertFalse(task(worker).inTurn());
  }

  @Test
  void whatItSendsWaitsForItsEnd() {
    atWork();
    assertEquals(List.of(), sink.events);
    enough = true;
    test.settle();
    assertEquals(List.of("message 7 1", "message 7 2"), sink.events);
  }

  @Test
  void itsTaskHasNoOtherTurnMeanwhile() {
    int worker = atWork();
    call(worker, COUNT);
    steps(50);
    assertEquals(List.of(), answers);
    assertEquals(List.of("request " + WORK + " 0"), made.getFirst().events);
    enough = true;
    test.settle();
    assertEquals(List.of(1L, 2L), answers);
  }

  @Test
  void itIsBehindServersUntilItIsOver() {
    int worker = atWork();
    assertEquals(Limits.LEVEL_NORMAL, task(worker).standing.level);
    int before = interruptions;
    TestTask rounds = new TestTask();
    rounds.start =
        turn -> {
          if (rounds.requests.size() < 100) {
            rounds.requests.add(0L);
            turn.notify(turn.self());
          }
        };
    rounds.whenNotified = rounds.start;
    test.node.channel(test.server("rounds", rounds)).raise();
    while (rounds.requests.size() < 100) {
      steps(1);
    }
    assertEquals(before, interruptions);
    enough = true;
    test.settle();
    assertEquals(Standing.SERVERS, task(worker).standing.level);
    assertEquals(0, task(worker).standing.weight);
  }

  @Test
  void aTurnThatFailsLaterSendsNothing() {
    fails = true;
    int worker = worker();
    call(worker, WORK);
    test.settle();
    assertEquals(List.of((long) -Errno.EDEADSRCDST), answers);
    assertEquals(List.of(), sink.events);
    assertTrue(
        watcher.events.contains("message " + RsProtocol.Call.FAILED.number() + " " + worker));
    fails = false;
    enough = true;
    kernel(Call.RENEW, worker, KernelProtocol.RESTART);
    call(worker, WORK);
    test.settle();
    assertEquals(List.of((long) -Errno.EDEADSRCDST, 1L), answers);
  }

  @Test
  void whoIsKilledUnwindsAndBeginsAnew() {
    int worker = atWork();
    kernel(Call.FAIL, worker, 0);
    test.settle();
    assertTrue(made.getFirst().unwound);
    assertEquals(List.of((long) -Errno.EDEADSRCDST), answers);
    kernel(Call.RENEW, worker, KernelProtocol.RESTART);
    call(worker, COUNT);
    test.settle();
    assertEquals(List.of((long) -Errno.EDEADSRCDST, 1L), answers);
    assertEquals(List.of(), sink.events);
    assertEquals(Standing.SERVERS, task(worker).standing.level);
  }

  @Test
  void aRestartWaitsForTheTurnWhichMayFailThen() {
    int worker = atWork();
    fails = true;
    kernel(Call.RENEW, worker, KernelProtocol.RESTART);
    call(worker, COUNT);
    test.settle();
    assertEquals(List.of((long) -Errno.EDEADSRCDST, 1L), answers);
    assertEquals("answered " + Call.RENEW.number() + " 0", lastAnswer());
    assertEquals(2, made.size(), "the new one was made once the turn was over");
  }

  @Test
  void whoIsDestroyedUnwinds() {
    int worker = atWork();
    kernel(Call.DESTROY, worker, 0);
    test.settle();
    assertTrue(made.getFirst().unwound);
    assertEquals(List.of((long) -Errno.EDEADSRCDST), answers);
    assertEquals("answered " + Call.DESTROY.number() + " 0", watcher.events.getLast());
  }

  @Test
  void anUpdateWaitsForTheTurnAndCarriesItsState() {
    int worker = atWork();
    int before = interruptions;
    enough = true;
    kernel(Call.RENEW, worker, KernelProtocol.UPDATE);
    call(worker, COUNT);
    test.settle();
    assertEquals(before + 1, interruptions, "it goes on from where it was left, and no further");
    assertEquals("answered " + Call.RENEW.number() + " 0", lastAnswer());
    assertEquals(List.of(1L, 2L), answers);
    assertEquals(2, made.getLast().events.size());
  }

  private String lastAnswer() {
    return watcher.events.stream()
        .filter(event -> event.startsWith("answered"))
        .reduce("", (first, last) -> last);
  }
}
