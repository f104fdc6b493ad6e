package org.atoll.kernel;

import org.jspecify.annotations.Nullable;

/**
 * What a CPU may spend before it looks who else is ready. It is counted in instructions, of which a
 * turn counts as some, so that it is the same in every run; by the clock, which is seldom read, a
 * slice of a process ends after {@value #NANOS_MAX} ns in any case, and one of a server after
 * {@value #SERVER_NANOS_MAX} ns, but for the turn under way.
 *
 * <p>The time of short slices that follow each other is divided as the instructions are, and its
 * limit counted from the last look at the clock.
 *
 * <p>Owner: one CPU. Hot side.
 */
final class Slice {

  /** What a turn of a server counts as, in instructions; measured, see ADR 13. */
  static final int TURN_COST = 100;

  /** What a turn of a process counts as: a trap, or an answer. */
  static final int TRAP_COST = 30;

  /** How much may be spent before arrived events are looked at: about a millisecond. */
  static final int POLL_COST = 100_000;

  private static final long NANOS_MAX = 2_000_000;

  /** As long as a thousand turns take that are short: servers with longer ones get no more. */
  private static final long SERVER_NANOS_MAX = 100_000;

  /** Guest instructions after which the clock is looked at: that is not for free. */
  private static final int CHUNK_INSTRUCTIONS = 16_384;

  /** The same for work, as long as nothing is known of how long turns take. */
  static final int CHUNK_COST = 16 * TURN_COST;

  /** The most. */
  private static final int QUICK_CHUNK_COST = 4 * CHUNK_COST;

  /** A time between two looks that is short: there may be more until the next one. */
  private static final long QUICK_NANOS = 10_000;

  /** One that is long: each turn is looked at. */
  private static final long LONG_NANOS = 50_000;

  private final Node node;
  private final int cpu;
  private final Backlog backlog;
  private final Ledger ledger;

  /** Of the processes that run here, and on the first CPU of those that are ready. */
  private final LoadAverage load = new LoadAverage();

  /** Whether one has begun, and not ended. */
  private boolean begun;

  private long beganNanos;

  /** When the clock was looked at last while the books are open. */
  private long lookedNanos;

  /** The same for a tracer. */
  private final Tracer.Moment looked;

  /** When the last slice ended, if it ended just now, else 0: the next one begins then. */
  private long justNowNanos;

  // What follows is in instructions since the start, turns included: the ledger's work.

  /** When the slice is used up. */
  private long end;

  /** Who has begun it. */
  private @Nullable Standing whose;

  /** How long it may take, and whether it has. */
  private long nanosMax = NANOS_MAX;

  private boolean tookLong;

  /** When arrived events are to be looked at. */
  private long pollAt = POLL_COST;

  /** When the clock is to be looked at. */
  private long lookAt;

  /** When the books are to be closed, at the end of a slice. */
  private long closeAt;

  Slice(Node node, int cpu, Backlog backlog) {
    this.node = node;
    this.cpu = cpu;
    this.backlog = backlog;
    this.ledger = new Ledger(node);
    this.looked = new Tracer.Moment(node.number(), cpu, 0);
  }

  /** A task is to run: on the account of whose slice it is, or in one that begins. */
  void charge(Task task) {
    if (!begun) {
      begin(task);
    } else if (task.process != null) {
      ledger.charge(task);
    }
  }

  private void begin(Task task) {
    begun = true;
    Standing standing = task.standing;
    standing.begin();
    whose = standing;
    nanosMax = task.process == null ? SERVER_NANOS_MAX : NANOS_MAX;
    tookLong = false;
    end = work() + standing.left(node.quantum());
    if (ledger.closed()) {
      open(task);
    } else {
      ledger.charge(task);
      lookAt = Math.min(lookAt, work() + standing.chunk);
    }
    beganNanos = lookedNanos;
  }

  private void open(Task task) {
    lookedNanos = justNowNanos != 0 ? justNowNanos : node.nanos();
    load.note(lookedNanos, 0);
    backlog.sliceBegins(lookedNanos, work());
    lookAt = work() + task.standing.chunk;
    closeAt = work() + CHUNK_COST;
    ledger.open(task, lookedNanos);
  }

  /** Whether something is left of it. */
  boolean left() {
    return work() < end;
  }

  /** Whether it was used up by long turns. */
  boolean tookLong() {
    return tookLong;
  }

  /** Guest instructions before the clock is looked at again. */
  int chunk() {
    return Math.clamp(end - work(), 1, CHUNK_INSTRUCTIONS);
  }

  /** A turn is over; {@code copied} is what its copies count as. */
  void turn(Task task, int copied) {
    passed(task, (task.process == null ? TURN_COST : TRAP_COST) + copied);
  }

  /** A turn that is under way has done some work. */
  void passed(Task task, int done) {
    ledger.turn(done);
    if (work() >= lookAt) {
      look(task);
    }
  }

  /** A process has retired instructions. */
  void instructions(int count) {
    ledger.instructions(count);
  }

  /** Looks at the clock: what takes long ends the slice. */
  void look(Task task) {
    long now = node.nanos();
    if (now - beganNanos >= nanosMax) {
      end = work();
      pollAt = work();
      tookLong = true;
    }
    lookAt = work() + chunk(now - lookedNanos);
    lookedNanos = now;
    if (task.sharesTokens) {
      backlog.turnsEnd(now);
    }
  }

  /** Work until the next look, when the time since the last one is that. */
  private int chunk(long nanos) {
    Standing of = whose;
    int last = of == null ? CHUNK_COST : of.chunk;
    int next =
        nanos < QUICK_NANOS
            ? Math.min(2 * last, QUICK_CHUNK_COST)
            : nanos < LONG_NANOS ? Math.min(last, CHUNK_COST) : TURN_COST;
    if (of != null) {
      of.chunk = next;
    }
    return next;
  }

  /**
   * It ends, if one was begun.
   *
   * @param goesOn whether somebody is ready: the clock is not looked at between short slices
   * @return the process whose allowance is used up, or null
   */
  @Nullable Task end(boolean goesOn) {
    Task over = begun ? ledger.allowanceOver() : null;
    begun = false;
    if (!goesOn || backlog.looks() || work() >= closeAt || work() >= pollAt) {
      close();
    }
    return over;
  }

  private void close() {
    if (ledger.closed()) {
      return;
    }
    long now = node.nanos();
    noteLoad(now);
    ledger.close(now);
    justNowNanos = now;
    backlog.sliceEnds(now, work());
    if (now - beganNanos >= nanosMax) {
      pollAt = work();
      tookLong = true;
    }
  }

  /** Who runs has enough for now. */
  void giveUp() {
    end = work();
  }

  /** Nobody else wants to run: what comes next may hand over. */
  void renew() {
    end = work() + node.quantum();
  }

  /** The CPU is about to wait. */
  void idle() {
    ledger.idle();
    renew();
    pollAt = work() + POLL_COST;
  }

  /** Whether arrived events are to be looked at now, which counts as done. */
  boolean polls() {
    if (work() < pollAt) {
      return false;
    }
    pollAt = work() + POLL_COST;
    return true;
  }

  /** Time passes that is nobody's: the next slice begins when the clock is looked at. */
  void pause() {
    justNowNanos = 0;
  }

  /** Nobody is ready: nobody is charged from here on. */
  void rest() {
    close();
    justNowNanos = 0;
  }

  /** Charges the time up to now, so that what is known of it is exact. */
  void settle() {
    long now = node.nanos();
    noteLoad(now);
    ledger.settle(now);
  }

  private void noteLoad(long now) {
    int running = ledger.chargesProcess() ? 1 : 0;
    load.note(now, cpu == 0 ? running + node.scheduler.readyProcesses() : running);
  }

  /** Has the standing of the task that is charged know what it has used. */
  void post() {
    ledger.post();
  }

  /** Processes that want a processor, see {@link LoadAverage}. */
  LoadAverage load() {
    return load;
  }

  /** When it looked at the clock last, see {@link Tracer.Time#LOOKED}; between two slices, now. */
  Tracer.Moment lookedAt() {
    if (!ledger.closed()) {
      return looked.set(lookedNanos);
    }
    return looked.set(justNowNanos != 0 ? justNowNanos : node.nanos());
  }

  /** Instructions retired on this CPU, a turn counted as some. */
  long work() {
    return ledger.work();
  }
}
