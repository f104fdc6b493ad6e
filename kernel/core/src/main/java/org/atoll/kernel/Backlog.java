package org.atoll.kernel;

/**
 * The servers that a CPU leaves in the ready queue though another CPU sleeps: it comes to them
 * itself, unless they are ready for longer than it costs to fetch that one. To wake a CPU takes as
 * long as a hundred short turns, and a task that goes from core to core has slower turns.
 *
 * <p>While turns are short the CPU is attentive: it queues servers and wakes nobody, and looks at
 * the queue every few microseconds. It is attentive no more before it does what may take long, and
 * before it sleeps.
 *
 * <p>A CPU that is awake beside an attentive one and finds only bits to do rests: it sleeps though
 * servers are ready. So callers of one server end up on one CPU, where their calls are direct.
 *
 * <p>Owner: one CPU.
 */
final class Backlog {

  /** Between two looks at the queue of a CPU that is attentive, but for the turn under way. */
  private static final long LOOKS_NANOS = 50_000;

  /** What is not worth a CPU: a slice of few turns, none of them long. */
  private static final long SHALLOW_COST = 4 * Slice.TURN_COST;

  private static final long SHALLOW_NANOS = 5_000;

  /** Such slices in a row after which a CPU rests. */
  private static final int SHALLOW_MAX = 8;

  private final Scheduler scheduler;
  private final Attention attention;
  private final int cpu;

  /** Of the node. */
  private final int cpus;

  /**
   * Whether there are other CPUs, and the loop runs that comes to the queue again: a CPU that is
   * stepped promises nothing.
   */
  private boolean looks;

  private boolean attentive;

  /** When the slice began, by the clock and in work. */
  private long sliceNanos;

  private long sliceWork;

  /** When this CPU looked at the queue. */
  private long lookedNanos;

  /** When it first saw tasks there since it saw none; 0 when it saw none. */
  private long sinceNanos;

  /** Slices in a row that were not worth a CPU. */
  private int shallow;

  /** Whether one was since this CPU woke up. */
  private boolean useful;

  Backlog(Scheduler scheduler, int cpu, int cpus) {
    this.scheduler = scheduler;
    this.attention = scheduler.attention();
    this.cpu = cpu;
    this.cpus = cpus;
  }

  /** Whether this CPU looks at the ready queue again soon. */
  boolean attentive() {
    return attentive;
  }

  /** Whether there are other CPUs that it is to be shared with. */
  boolean looks() {
    return looks;
  }

  void loopBegins() {
    looks = cpus > 1;
  }

  void loopEnds() {
    looks = false;
    looksNoMore();
  }

  void sliceBegins(long nowNanos, long work) {
    sliceNanos = nowNanos;
    sliceWork = work;
    lookedNanos = nowNanos;
  }

  void sliceEnds(long nowNanos, long work) {
    if (looks) {
      judge(nowNanos, work);
      // The first one is this CPU's next, at once.
      look(nowNanos, 1);
    }
  }

  private void judge(long nowNanos, long work) {
    if (work - sliceWork > SHALLOW_COST || nowNanos - sliceNanos > SHALLOW_NANOS) {
      shallow = 0;
      useful = true;
    } else if (shallow < SHALLOW_MAX) {
      shallow++;
    }
  }

  /** Some turns of a slice are over. */
  void turnsEnd(long nowNanos) {
    if (looks) {
      look(nowNanos, 0);
    }
  }

  private void look(long nowNanos, int own) {
    boolean soon = nowNanos - lookedNanos < LOOKS_NANOS;
    lookedNanos = nowNanos;
    if (!soon) {
      looksNoMore();
    } else if (!attentive) {
      attentive = true;
      attention.begins(cpu);
    }
    if (!soon || !scheduler.backlog(own)) {
      sinceNanos = 0;
    } else if (sinceNanos == 0) {
      sinceNanos = nowNanos;
    } else if (nowNanos - sinceNanos >= attention.patienceNanos()) {
      sinceNanos = 0;
      attention.fetched();
      scheduler.idle().wakeOne(cpu);
    }
  }

  /** This CPU does now what may take long: another one is to see to the queue. */
  void looksNoMore() {
    if (attentive) {
      end();
      if (scheduler.backlog(0)) {
        scheduler.idle().wakeOne(cpu);
      }
    }
  }

  private void end() {
    attentive = false;
    sinceNanos = 0;
    attention.ends(cpu);
  }

  /** Whether this CPU leaves the servers that are ready to one that is attentive. */
  boolean rests() {
    return shallow == SHALLOW_MAX && attention.ofOthers(cpu) && scheduler.readyProcesses() == 0;
  }

  /** This CPU is about to say that it sleeps, and to look at the queue then. */
  void sleeps() {
    if (looks) {
      attention.sleeps(useful && shallow < SHALLOW_MAX);
    }
    if (attentive) {
      end();
    }
  }

  /** This CPU has slept. */
  void wakes() {
    shallow = 0;
    useful = false;
  }
}
