package org.atoll.kernel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The alarms of one task: those set, and the row of those due. Owner: {@link Alarms}' monitor. */
final class TaskAlarms {

  private final Task task;
  private final List<Alarms.Alarm> all = new ArrayList<>(1);
  private final List<Alarms.Alarm> due = new ArrayList<>(1);
  private volatile int dueCount;
  private volatile int count;

  TaskAlarms(Task task) {
    this.task = task;
  }

  /** Whether an alarm is due; readable without the monitor. */
  boolean anyDue() {
    return dueCount != 0;
  }

  /** How many are set or due; readable without the monitor. */
  int count() {
    return count;
  }

  Alarms.@Nullable Alarm find(long tag) {
    for (Alarms.Alarm alarm : all) {
      if (alarm.tag == tag) {
        return alarm;
      }
    }
    return null;
  }

  Alarms.Alarm add(long tag) {
    Alarms.Alarm alarm = new Alarms.Alarm(task, tag);
    all.add(alarm);
    count = all.size();
    return alarm;
  }

  Alarms.@Nullable Alarm first() {
    return all.isEmpty() ? null : all.getFirst();
  }

  Alarms.@Nullable Alarm firstDue() {
    return due.isEmpty() ? null : due.getFirst();
  }

  void due(Alarms.Alarm alarm) {
    alarm.due = true;
    due.add(alarm);
    dueCount = due.size();
  }

  void undue(Alarms.Alarm alarm) {
    if (alarm.due) {
      alarm.due = false;
      due.remove(alarm);
      dueCount = due.size();
    }
  }

  void remove(Alarms.Alarm alarm) {
    undue(alarm);
    all.remove(alarm);
    count = all.size();
  }
}
