package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AlarmTest {

  private final TestNode test = new TestNode();

  @AfterEach
  void close() {
    test.close();
  }

  private TestTask started(TestTask task) {
    test.node.channel(test.server("task", task)).raise();
    test.settle();
    return task;
  }

  @Test
  void alarmsGoOffInTheOrderOfTheirDeadlines() {
    TestTask task =
        started(
            TestTask.doing(t -> {
              t.kernel().setAlarm(3, 300);
              t.kernel().setAlarm(1, 100);
              t.kernel().setAlarm(2, 100);
            }));
    assertEquals(100, test.node.nextAlarmNanos());
    test.pass(99);
    assertEquals(List.of(), task.events);
    test.pass(1);
    assertEquals(List.of("alarm 1", "alarm 2"), task.events);
    test.pass(1000);
    assertEquals(List.of("alarm 1", "alarm 2", "alarm 3"), task.events);
    assertEquals(-1, test.node.nextAlarmNanos());
  }

  @Test
  void anAlarmThatIsSetAgainMoves() {
    TestTask task =
        started(
            TestTask.doing(t -> {
              t.kernel().setAlarm(1, 100);
              t.kernel().setAlarm(1, 500);
            }));
    test.pass(400);
    assertEquals(List.of(), task.events);
    test.pass(100);
    assertEquals(List.of("alarm 1"), task.events);
  }

  @Test
  void aCancelledAlarmDoesNotGoOffEvenWhenItIsDue() {
    TestTask task = new TestTask();
    task.start =
        t -> {
          t.kernel().setAlarm(1, 10);
          t.kernel().setAlarm(2, 10);
        };
    task.whenAlarmed = t -> t.kernel().cancelAlarm(2);
    started(task);
    test.pass(10);
    assertEquals(List.of("alarm 1"), task.events);
  }

  @Test
  void theAlarmsOfADeadTaskAreGone() {
    TestTask task = new TestTask();
    task.start =
        t -> {
          if (t.kernel().nowNanos() > 0) {
            throw new IllegalStateException("the impossible (expected by this test)");
          }
          t.kernel().setAlarm(1, 1000);
        };
    int endpoint = test.server("task", task);
    test.node.channel(endpoint).raise();
    test.settle();
    test.host.nanos = 1;
    test.node.channel(endpoint).raise();
    test.settle();
    assertEquals(-1, test.node.nextAlarmNanos());
  }
}
