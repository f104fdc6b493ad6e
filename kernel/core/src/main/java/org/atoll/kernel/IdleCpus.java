package org.atoll.kernel;

import java.util.concurrent.atomic.AtomicLong;
import org.atoll.hypercall.EventWait;

/**
 * The CPUs of a node that wait, or are about to, and how others end that: one bit each in one word.
 *
 * <p>A CPU says that it sleeps, looks for work once more, and only then waits. Whoever brings work
 * publishes it, looks for a CPU that sleeps, and wakes it. Both the word and what is published are
 * volatile, so one of the two sees the other: no wake-up is lost. Who takes a CPU's bit away wakes
 * it, so that it is woken once.
 *
 * <p>Owner: any thread.
 */
final class IdleCpus {

  /** No CPU calls, but another thread. */
  static final int NOBODY = -1;

  private final EventWait[] waits;
  private final AtomicLong asleep = new AtomicLong();

  /** CPUs that are awake, by where they wait; not more than a word has bits. */
  IdleCpus(EventWait... waits) {
    if (waits.length > Long.SIZE) {
      throw new IllegalArgumentException(waits.length + " CPUs");
    }
    this.waits = waits.clone();
  }

  /** A CPU is about to wait: it looks for work after this. */
  void sleeps(int cpu) {
    asleep.accumulateAndGet(1L << cpu, (all, bit) -> all | bit);
  }

  /** A CPU has waited. */
  void wakes(int cpu) {
    asleep.accumulateAndGet(1L << cpu, (all, bit) -> all & ~bit);
  }

  /** Whether a CPU waits; asked after work for it was published. */
  boolean any() {
    return asleep.get() != 0;
  }

  /** Wakes a CPU if it waits; what it is to find was published before. */
  void wake(int cpu) {
    wakeOneOf(1L << cpu);
  }

  /** Wakes a CPU other than the one that calls, which sleeps while it handles arrivals. */
  void wakeOne(int caller) {
    wakeOneOf(caller == NOBODY ? -1L : ~(1L << caller));
  }

  private void wakeOneOf(long which) {
    for (long all = asleep.get(); (all & which) != 0; all = asleep.get()) {
      long chosen = Long.lowestOneBit(all & which);
      if (asleep.compareAndSet(all, all & ~chosen)) {
        waits[Long.numberOfTrailingZeros(chosen)].wakeup();
        return;
      }
    }
  }

  /** Ends the wait of every CPU, or the next one. */
  void wakeAll() {
    for (EventWait wait : waits) {
      wait.wakeup();
    }
  }
}
