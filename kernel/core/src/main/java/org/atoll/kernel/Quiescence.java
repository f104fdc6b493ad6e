package org.atoll.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Puts off what may be done only when every CPU has passed its loop's top: giving back memory that
 * a turn on another CPU may still be copying. With one CPU it is done at once.
 *
 * <p>Owner: any CPU.
 */
final class Quiescence {

  private static final long WAITING = Long.MAX_VALUE;

  private final AtomicLongArray seen;
  private volatile long epoch = 1;

  /** What is put off, oldest first; guarded by itself. */
  private final Deque<Runnable> row = new ArrayDeque<>();

  /** Size of the row. */
  private volatile int putOff;

  /**
   * Number of the oldest action, which is the epoch that it was put off in; while there is none the
   * epoch, which the CPU that asks has not passed.
   */
  private long oldestAction = 1;

  Quiescence(int cpus) {
    seen = new AtomicLongArray(cpus);
    for (int i = 0; i < cpus; i++) {
      seen.set(i, WAITING);
    }
  }

  /** Does it when no turn that runs now runs any more. */
  void later(Runnable action) {
    if (seen.length() == 1) {
      action.run();
      return;
    }
    synchronized (row) {
      row.add(action);
      putOff = row.size();
      epoch = epoch + 1;
    }
  }

  /** A CPU is at its loop's top, between two tasks. */
  void passed(int cpu) {
    if (seen.length() == 1) {
      return;
    }
    if (seen.get(cpu) != epoch) {
      seen.set(cpu, epoch);
    }
    for (Runnable due = due(); due != null; due = due()) {
      due.run();
    }
  }

  /** A CPU that waits has begun to handle an event. */
  void entered(int cpu) {
    if (seen.length() > 1) {
      seen.set(cpu, epoch);
    }
  }

  /** A CPU is about to wait, and uses nothing until it passes its loop's top again. */
  void waiting(int cpu) {
    seen.set(cpu, WAITING);
  }

  private @Nullable Runnable due() {
    if (putOff == 0) {
      return null;
    }
    long oldest = WAITING;
    for (int i = 0; i < seen.length(); i++) {
      oldest = Math.min(oldest, seen.get(i));
    }
    synchronized (row) {
      if (oldestAction >= oldest) {
        return null;
      }
      oldestAction++;
      putOff = row.size() - 1;
      return row.poll();
    }
  }
}
