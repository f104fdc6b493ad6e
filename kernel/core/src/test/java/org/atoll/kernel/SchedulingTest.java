package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.KernelProtocol.Call;
import org.atoll.abi.protocol.SchedProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Processes that spin, and what the scheduler, which is the test itself, gives them. */
final class SchedulingTest {

  private static final int QUANTUM = Limits.QUANTUM_INSTRUCTIONS;
  private static final int STEPS = 60_000;

  private final TestNode test = new TestNode();
  private final TestTask scheduler = new TestTask();
  private int schedulerEndpoint;

  @BeforeEach
  void startScheduler() {
    schedulerEndpoint = test.server("sched", scheduler);
    test.node.role(Role.SCHED, schedulerEndpoint);
  }

  @AfterEach
  void close() {
    test.close();
  }

  private void step(int times) {
    for (int i = 0; i < times; i++) {
      test.node.cpu(0).step();
    }
  }

  private String ask(int caller, TestTask task, Call call, long... words) {
    task.events.clear();
    task.start =
        turn -> {
          var m = turn.scratch().set(call.number(), 0, 0, 0, 0, 0, 0, 0);
          for (int i = 0; i < words.length; i++) {
            m.word(i, words[i]);
          }
          turn.call(test.node.kernelEndpoint(), m);
        };
    test.node.channel(caller).raise();
    for (int i = 0; i < 1_000 && task.events.stream().noneMatch(e -> e.contains("answer")); i++) {
      step(1);
    }
    return task.events.getLast();
  }

  private long ask(Call call, long... words) {
    String answer = ask(schedulerEndpoint, scheduler, call, words);
    return Long.parseLong(answer.substring(answer.lastIndexOf(' ') + 1));
  }

  private Task spinner() {
    Task task = test.node.tasks.find((int) ask(Call.SPAWN));
    ((TestProgram) task.handler).running = true;
    test.node.scheduler.wake(null, task);
    return task;
  }

  private static long retired(Task task) {
    return task.process.retired();
  }

  @Test
  void spinnersHaveWhatTheirWeightsAreWorth() {
    Task one = spinner();
    Task other = spinner();
    assertEquals(0, ask(Call.SCHEDULE, other.endpoint, Limits.LEVEL_NORMAL, 3 * 1_024, QUANTUM, 0));
    long before = retired(one);
    long otherBefore = retired(other);
    step(STEPS);
    double ratio = (double) (retired(other) - otherBefore) / (retired(one) - before);
    assertEquals(3, ratio, 0.05);
  }

  @Test
  void aSpinnerOfALaterLevelHasNothing() {
    Task one = spinner();
    Task other = spinner();
    ask(Call.SCHEDULE, other.endpoint, Limits.LEVEL_NORMAL + 1, 1_024, QUANTUM, 0);
    long before = retired(other);
    step(STEPS);
    assertEquals(before, retired(other));
    assertTrue(retired(one) > 0);
  }

  @Test
  void aSpinnerThatHasNothingHearsOthersAllTheSame() {
    spinner();
    Task other = spinner();
    ask(Call.SCHEDULE, other.endpoint, Limits.LEVEL_NORMAL + 1, 1_024, QUANTUM, 0);
    step(STEPS);
    long before = retired(other);
    TestProgram program = (TestProgram) other.handler;
    scheduler.start =
        turn -> {
          turn.scratch().set(TestProgram.STOP, 0, 0, 0, 0, 0, 0, 0);
          turn.send(other.endpoint, turn.scratch());
        };
    test.node.channel(schedulerEndpoint).raise();
    step(STEPS);
    assertFalse(program.running, "the message has arrived");
    assertEquals(before, retired(other));
  }

  @Test
  void whoWakesIsNotKeptWaitingBySpinners() {
    Task sleeper = test.node.tasks.find((int) ask(Call.SPAWN));
    for (int i = 0; i < 4; i++) {
      spinner();
    }
    step(STEPS);
    long spun = test.node.cpu(0).work();
    ((TestProgram) sleeper.handler).running = true;
    test.node.scheduler.wake(null, sleeper);
    while (retired(sleeper) == 0) {
      step(1);
    }
    assertTrue(test.node.cpu(0).work() - spun <= 2L * QUANTUM, "not more than the slice under way");
  }

  @Test
  void aSliceThatTakesLongOnTheClockEndsBeforeItsInstructions() {
    Task one = spinner();
    Task other = spinner();
    step(STEPS);
    long before = retired(one);
    long otherBefore = retired(other);
    for (int i = 0; i < 20; i++) {
      test.host.nanos += 3_000_000;
      step(1);
    }
    assertTrue(retired(one) > before && retired(other) > otherBefore);
    assertTrue(retired(one) - before < QUANTUM * 4L);
  }

  @Test
  void whoWantsTheProcessorIsCountedOnceWhetherItRunsOrNot() {
    spinner();
    spinner();
    Task idle = test.node.tasks.find((int) ask(Call.SPAWN));
    for (int second = 0; second < 600; second++) {
      test.host.nanos += 1_000_000_000;
      step(1);
    }
    assertEquals(2 * LoadAverage.ONE, test.node.load(0), 2);
    assertEquals(0, retired(idle));
  }

  @Test
  void theSchedulerIsToldWhenAnAllowanceIsUsedUp() {
    Task one = spinner();
    ask(Call.SCHEDULE, one.endpoint, Limits.LEVEL_NORMAL, 1_024, QUANTUM, 10 * QUANTUM);
    scheduler.events.clear();
    long before = retired(one);
    while (retired(one) - before < 50L * QUANTUM) {
      step(1);
    }
    long told =
        scheduler.events.stream()
            .filter(e -> e.contains(String.valueOf(SchedProtocol.Call.ALLOWANCE_OVER.number())))
            .count();
    assertEquals(5, told, 1);
  }

  @Test
  void onlyTheSchedulerMaySchedule() {
    Task one = spinner();
    TestTask stranger = new TestTask();
    int endpoint = test.server("stranger", stranger);
    String answer = ask(endpoint, stranger, Call.SCHEDULE, one.endpoint, 5, 1, QUANTUM, 0);
    assertTrue(answer.endsWith(" " + -Errno.EPERM), answer);
    assertEquals(-Errno.EPERM, ask(Call.SCHEDULE, endpoint, 5, 1, QUANTUM, 0));
    assertEquals(-Errno.EINVAL, ask(Call.SCHEDULE, one.endpoint, 0, 1, QUANTUM, 0));
    assertEquals(-Errno.EINVAL, ask(Call.SCHEDULE, one.endpoint, Limits.LEVELS, 1, QUANTUM, 0));
    assertEquals(-Errno.EINVAL, ask(Call.SCHEDULE, one.endpoint, 5, -1, QUANTUM, 0));
  }

  @Test
  void aChildHasWhatItsParentHas() {
    Task parent = test.node.tasks.find((int) ask(Call.SPAWN));
    ask(Call.SCHEDULE, parent.endpoint, 7, 55, 1_000, 9);
    Task child = test.node.tasks.find((int) ask(Call.FORK, parent.endpoint, 0));
    assertEquals(7, child.standing.level);
    assertEquals(55, child.standing.weight);
    assertEquals(1_000, child.standing.quantum);
    assertEquals(9, child.standing.allowance);
  }
}
