package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.KernelProtocol.Call;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What CPU 0 leaves in the ready queue while CPU 1 sleeps, and the other way round; by turns. */
final class BacklogTest {

  private static final int SLEEPS = 1;
  private static final int OTHER = 1;

  /** Slices of one short turn after which a CPU leaves others to who is attentive. */
  private static final int BITS = 8;

  /** A turn of this length is looked at each sixteenth time. */
  private static final int SLOW_TURN_NANOS = 1_000;

  private static final int LOOKS_NANOS = 16 * SLOW_TURN_NANOS;

  private final TestNode test = new TestNode(NodeConfig.single(), 2, null, Tracer.NONE);
  private final Cpu cpu = test.node.cpu(0);
  private final TestTask other = new TestTask();
  private final int otherEndpoint = test.server("other", other);
  private int wokenBeforeOther;

  @AfterEach
  void close() {
    test.close();
  }

  /**
   * Has CPU 0 give a short turn, after which CPU 1 sleeps, and then these until the other task has
   * had its turn.
   */
  private void run(TestTask... tasks) {
    TestTask first =
        TestTask.doing(turn -> {
          test.node.scheduler.idle().sleeps(SLEEPS);
          test.host.wakeUps.set(0);
        });
    other.whenNotified = turn -> wokenBeforeOther = test.host.wakeUps.get();
    test.node.channel(test.server("first", first)).raise();
    for (TestTask task : tasks) {
      test.node.channel(test.server("task", task)).raise();
    }
    cpu.runUntil(() -> !other.events.isEmpty());
  }

  /** Goes on with messages to itself, a turn each, until the quantum is over. */
  private final class Endless extends TestTask {
    private long queuedAt = -1;
    private long wokenAt = -1;
    private long turnNanos;

    private void goOn(Turn turn) {
      long now = test.host.nanos;
      if (wokenAt < 0 && test.host.wakeUps.get() > 0) {
        wokenAt = now;
      }
      test.host.nanos = now + turnNanos;
      turn.send(turn.self(), turn.scratch().set(1, 0, 0, 0, 0, 0, 0, 0));
    }

    @Override
    public void notified(Turn turn, int source) {
      queuedAt = test.host.nanos;
      turn.notify(otherEndpoint);
      goOn(turn);
    }

    @Override
    public void message(Turn turn, Message m) {
      goOn(turn);
    }
  }

  @Test
  void aServerIsNotWorthAWakeUpWhileTurnsAreShort() {
    Endless busy = new Endless();
    run(busy);
    assertTrue(busy.wokenAt < 0);
    assertEquals(0, wokenBeforeOther);
  }

  @Test
  void aServerThatIsReadyForLongerIsWorthOne() {
    Endless busy = new Endless();
    busy.turnNanos = SLOW_TURN_NANOS;
    run(busy);
    long after = busy.wokenAt - busy.queuedAt;
    assertTrue(after >= Attention.PATIENCE_NANOS_MIN, after + " ns");
    assertTrue(after <= Attention.PATIENCE_NANOS_MIN + 2 * LOOKS_NANOS, after + " ns");
    assertEquals(1, wokenBeforeOther);
  }

  @Test
  void aCpuWhoseTurnsTakeLongWakesAnotherOneAtOnce() {
    TestTask slow = TestTask.doing(turn -> test.host.nanos += 1_000_000);
    Endless busy = new Endless();
    run(slow, busy);
    assertEquals(busy.queuedAt, busy.wokenAt);
  }

  /**
   * Its turns may take long: memory of processes is copied, and tokens of others are waited for.
   */
  @Test
  void beforeATurnOfTheKernelAnotherCpuIsWokenForWhatIsReady() {
    TestTask asks =
        TestTask.doing(turn -> {
          turn.notify(otherEndpoint);
          turn.call(test.node.kernelEndpoint(), turn.scratch().set(-1, 0, 0, 0, 0, 0, 0, 0));
        });
    run(asks);
    assertEquals(1, wokenBeforeOther);
  }

  @Test
  void theEndOfTheLoopLeavesWhatIsReadyToOthers() {
    int never = test.server("never", new TestTask());
    TestTask last =
        TestTask.doing(turn -> {
          turn.notify(otherEndpoint);
          turn.notify(never);
        });
    run(last);
    assertEquals(0, wokenBeforeOther);
    assertEquals(1, test.host.wakeUps.get());
  }

  @Test
  void aProcessIsLeftToAnotherCpuAtOnce() {
    TestProgram program = spawn();
    int[] woken = new int[2];
    run(
        TestTask.doing(turn -> {
          test.node.post.notify(cpu, turn.self(), otherEndpoint);
          woken[0] = test.host.wakeUps.get();
          program.running = true;
          test.node.scheduler.wake(cpu, task(program));
          woken[1] = test.host.wakeUps.get();
          program.running = false;
        }));
    assertEquals(0, woken[0], "wake-ups for the server");
    assertEquals(1, woken[1], "wake-ups for the process");
  }

  private TestProgram spawn() {
    TestTask parent =
        TestTask.doing(turn ->
            turn.call(
                test.node.kernelEndpoint(),
                turn.scratch().set(Call.SPAWN.number(), 0, 0, 0, 0, 0, 0, 0)));
    test.node.channel(test.server("parent", parent)).raise();
    test.settle();
    String answer = parent.events.getLast();
    int endpoint = Integer.parseInt(answer.substring(answer.lastIndexOf(' ') + 1));
    Task task = test.node.tasks.find(endpoint);
    return (TestProgram) task.handler;
  }

  private Task task(TestProgram program) {
    for (int slot = 0; ; slot++) {
      Task task = test.node.tasks.at(slot);
      if (task != null && task.handler == program) {
        return task;
      }
    }
  }

  /** Raises so many tasks that have one short turn each, and lets CPU 0 run until it waits. */
  private int turnsUntilItWaits(int tasks) {
    int[] turns = new int[1];
    for (int i = 0; i < tasks; i++) {
      test.node.channel(test.server("bit", TestTask.doing(turn -> turns[0]++))).raise();
    }
    cpu.runUntil(() -> !test.host.mayWait.isEmpty());
    assertEquals(List.of(true), test.host.mayWait);
    return turns[0];
  }

  @Test
  void aCpuThatFindsOnlyBitsLeavesThemToOneThatIsAttentive() {
    test.node.scheduler.attention().begins(OTHER);
    assertEquals(BITS + 1, turnsUntilItWaits(BITS + 4));
    assertTrue(test.node.scheduler.anyReady());
  }

  @Test
  void aCpuThatIsAloneWithBitsRunsThemAll() {
    assertEquals(BITS + 4, turnsUntilItWaits(BITS + 4));
    assertFalse(test.node.scheduler.anyReady());
  }

  @Test
  void aCpuThatIsFetchedInVainIsFetchedLater() {
    Attention attention = new Attention();
    for (int i = 0; i < 10; i++) {
      attention.fetched();
      attention.sleeps(false);
    }
    assertEquals(Attention.PATIENCE_NANOS_MAX, attention.patienceNanos());
    attention.sleeps(true);
    assertEquals(Attention.PATIENCE_NANOS_MAX, attention.patienceNanos(), "nobody was fetched");
    for (int i = 0; i < 10; i++) {
      attention.fetched();
      attention.sleeps(true);
    }
    assertEquals(Attention.PATIENCE_NANOS_MIN, attention.patienceNanos());
  }
}
