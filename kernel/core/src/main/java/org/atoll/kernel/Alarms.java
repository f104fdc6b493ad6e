package org.atoll.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The alarms of a node: a binary heap by deadline, ties in the order of setting. Alarms that are
 * due wait in a row of their task until its turn.
 *
 * <p>Owner: any CPU, under this object's monitor.
 */
final class Alarms {

  /** No alarm is set. */
  static final long NEVER = Long.MAX_VALUE;

  /** One alarm of a task: set, due, or over. */
  static final class Alarm {
    final Task task;
    final long tag;
    long deadlineNanos;
    long order;

    /** Index in the heap, or -1. */
    int at = -1;

    /** Whether it is in its task's row of due alarms. */
    boolean due;

    Alarm(Task task, long tag) {
      this.task = task;
      this.tag = tag;
    }
  }

  private @Nullable Alarm[] heap = new Alarm[16];
  private int size;
  private long orders;
  private volatile long earliest = NEVER;

  /** When the next alarm is due, in nanoseconds of the node's clock; NEVER when none is set. */
  long earliestNanos() {
    return earliest;
  }

  /** Sets or moves a task's alarm. */
  synchronized void set(Task task, long tag, long deadlineNanos) {
    Alarm alarm = task.alarms.find(tag);
    if (alarm == null) {
      alarm = task.alarms.add(tag);
    }
    task.alarms.undue(alarm);
    if (alarm.at >= 0) {
      remove(alarm);
    }
    alarm.deadlineNanos = deadlineNanos;
    alarm.order = orders++;
    insert(alarm);
  }

  /** Takes a task's alarm back. */
  synchronized void cancel(Task task, long tag) {
    Alarm alarm = task.alarms.find(tag);
    if (alarm != null) {
      drop(alarm);
    }
  }

  /** Takes all alarms of a task back. */
  synchronized void cancelAll(Task task) {
    for (Alarm alarm = task.alarms.first(); alarm != null; alarm = task.alarms.first()) {
      drop(alarm);
    }
  }

  private void drop(Alarm alarm) {
    if (alarm.at >= 0) {
      remove(alarm);
    }
    alarm.task.alarms.remove(alarm);
  }

  /** Moves the next alarm that is due by now into its task's row; null when there is none. */
  synchronized @Nullable Task expire(long nowNanos) {
    Alarm first = heap[0];
    if (size == 0 || first == null || first.deadlineNanos > nowNanos) {
      return null;
    }
    remove(first);
    first.task.alarms.due(first);
    return first.task;
  }

  /** Takes the tag of a task's next due alarm into {@code tag[0]}; false when none is due. */
  synchronized boolean take(Task task, long[] tag) {
    Alarm alarm = task.alarms.firstDue();
    if (alarm == null) {
      return false;
    }
    tag[0] = alarm.tag;
    task.alarms.remove(alarm);
    return true;
  }

  private void insert(Alarm alarm) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    place(alarm, size);
    size++;
    up(alarm);
    earliest = at(0).deadlineNanos;
  }

  private void remove(Alarm alarm) {
    size--;
    Alarm moved = at(size);
    heap[size] = null;
    if (moved != alarm) {
      place(moved, alarm.at);
      up(moved);
      down(moved);
    }
    alarm.at = -1;
    earliest = size == 0 ? NEVER : at(0).deadlineNanos;
  }

  private Alarm at(int index) {
    Alarm alarm = heap[index];
    if (alarm == null) {
      throw new IllegalStateException("a hole in the heap of alarms");
    }
    return alarm;
  }

  private void place(Alarm alarm, int index) {
    heap[index] = alarm;
    alarm.at = index;
  }

  private void up(Alarm alarm) {
    while (alarm.at > 0) {
      Alarm parent = at((alarm.at - 1) / 2);
      if (!before(alarm, parent)) {
        return;
      }
      swap(alarm, parent);
    }
  }

  private void down(Alarm alarm) {
    while (true) {
      int child = 2 * alarm.at + 1;
      if (child >= size) {
        return;
      }
      if (child + 1 < size && before(at(child + 1), at(child))) {
        child++;
      }
      if (!before(at(child), alarm)) {
        return;
      }
      swap(at(child), alarm);
    }
  }

  private void swap(Alarm a, Alarm b) {
    int index = a.at;
    place(a, b.at);
    place(b, index);
  }

  private static boolean before(Alarm a, Alarm b) {
    return a.deadlineNanos < b.deadlineNanos
        || a.deadlineNanos == b.deadlineNanos && a.order < b.order;
  }
}
