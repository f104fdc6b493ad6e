package org.atoll.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Whom a CPU's time is charged to.
 *
 * <p>The clock is read when a slice begins and when it ends, not at each trap. What happens between
 * is counted in instructions: those that a process retires are its user time, and each turn counts
 * as some of its system time, be it its own or that of a server that works for it. When the books
 * are {@linkplain #settle settled}, the time since they last were is divided as the instructions
 * are.
 *
 * <p>Owner: one CPU.
 */
final class Ledger {

  /** Tasks between two readings of the clock. */
  private static final int ROWS = 8;

  private final Node node;
  private final @Nullable Task[] tasks = new Task[ROWS];
  private final long[] user = new long[ROWS];
  private final long[] system = new long[ROWS];
  private int rows;

  /** Whose row work is put into; null between two slices. */
  private @Nullable Task current;

  private int row;

  /** All that was counted since the start. */
  private long work;

  /** What of that is in the rows; the rest are turns of the current task. */
  private long booked;

  /** Work of the current task that its standing does not know of yet. */
  private int pending;

  /** When the books were settled last. */
  private long sinceNanos;

  /** The process that ran last on this CPU. */
  private @Nullable Task last;

  /** Whether other CPUs have books, too, and post to the same standings. */
  private final boolean shared;

  Ledger(Node node) {
    this.node = node;
    this.shared = node.cpus() > 1;
  }

  /** Whether nobody is charged. */
  boolean closed() {
    return current == null;
  }

  /** Whether a process is charged that is not back among those that are ready. */
  boolean chargesProcess() {
    Task charged = current;
    return charged != null && charged.process != null && charged.run.get() != Task.QUEUED;
  }

  /** A slice begins. */
  void open(Task task, long nowNanos) {
    sinceNanos = nowNanos;
    rows = 0;
    booked = work;
    enter(task);
  }

  /** From now on that process is charged. */
  void charge(Task process) {
    if (process != current) {
      post();
      enter(process);
    }
  }

  private void enter(Task task) {
    if (task.process != null && task != last) {
      switched(task);
    }
    row = rowOf(task);
    current = task;
  }

  private int rowOf(Task task) {
    for (int i = 0; i < rows; i++) {
      if (tasks[i] == task) {
        return i;
      }
    }
    if (rows == ROWS) {
      settle(node.nanos());
      rows = rows == ROWS ? 0 : rows;
    }
    put(rows, task);
    return rows++;
  }

  private void put(int at, Task task) {
    tasks[at] = task;
    user[at] = 0;
    system[at] = 0;
  }

  private void switched(@Nullable Task to) {
    Task from = last;
    if (from != null) {
      boolean more = from.run.get() == Task.QUEUED;
      (more ? from.account.involuntary : from.account.voluntary).incrementAndGet();
    }
    last = to;
  }

  /** The CPU has nothing to do. */
  void idle() {
    if (last != null) {
      switched(null);
    }
  }

  /** The current task retired instructions. */
  void instructions(int count) {
    book();
    user[row] += count;
    pending += count;
    work += count;
    booked = work;
  }

  /** A turn of the current task, or for it. */
  void turn(int cost) {
    work += cost;
  }

  /** Instructions retired since the start, turns counted as some. */
  long work() {
    return work;
  }

  private void book() {
    long turns = work - booked;
    system[row] += turns;
    pending += (int) turns;
    booked = work;
  }

  /** Tells the current task's standing what it has used. */
  void post() {
    book();
    Task task = current;
    if (task != null && pending > 0) {
      task.standing.use(pending, shared);
    }
    pending = 0;
  }

  /** A slice is over. */
  void close(long nowNanos) {
    post();
    settle(nowNanos);
    for (int i = 0; i < rows; i++) {
      tasks[i] = null;
    }
    current = null;
    rows = 0;
  }

  /** Divides the time since the last settlement. */
  void settle(long nowNanos) {
    book();
    Task task = current;
    long elapsed = nowNanos - sinceNanos;
    long all = inRows();
    if (task == null || elapsed <= 0 || all == 0) {
      return;
    }
    sinceNanos = nowNanos;
    long left = elapsed;
    boolean shared = all != system[row];
    for (int i = 0; i < rows && shared; i++) {
      left -= divide(i, elapsed, all);
    }
    credit(row, 0, left);
    put(0, task);
    row = 0;
    rows = 1;
  }

  private long inRows() {
    long all = 0;
    for (int i = 0; i < rows; i++) {
      all += user[i] + system[i];
    }
    return all;
  }

  private long divide(int i, long elapsed, long all) {
    long userNanos = share(elapsed, user[i], all);
    long systemNanos = share(elapsed, system[i], all);
    credit(i, userNanos, systemNanos);
    return userNanos + systemNanos;
  }

  /** Dividing is not for free, and most shares are all or nothing. */
  private static long share(long elapsed, long part, long all) {
    return part == 0 ? 0 : elapsed * part / all;
  }

  private void credit(int i, long userNanos, long systemNanos) {
    Task task = tasks[i];
    if (task != null) {
      task.account.credit(userNanos, systemNanos);
    }
  }

  /** The process whose allowance is used up, which begins anew then; null when there is none. */
  @Nullable Task allowanceOver() {
    Task task = current;
    int allowance = task == null ? 0 : task.standing.allowance;
    if (task == null || allowance == 0 || task.standing.spent.get() < allowance) {
      return null;
    }
    task.standing.spent.set(0);
    return task;
  }
}
