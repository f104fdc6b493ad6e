package org.atoll.kernel;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The CPUs of a node that run short turns and look at the ready queue again within microseconds:
 * one bit each in one word. While there is one, another CPU may sleep though servers are ready.
 *
 * <p>Who looks no more takes its bit away, and then looks for tasks that are ready and a CPU that
 * sleeps, to wake it. Who goes to sleep says so, and then looks for such bits. One of the two sees
 * the other. A CPU that goes to sleep takes its own bit away before, so that never all of them
 * leave the tasks to each other.
 *
 * <p>Owner: any CPU.
 */
final class Attention {

  /** How long tasks are ready before another CPU is fetched for them. */
  static final long PATIENCE_NANOS_MIN = 20_000;

  /** The same after CPUs were fetched in vain again and again. */
  static final long PATIENCE_NANOS_MAX = 32 * PATIENCE_NANOS_MIN;

  private final AtomicLong attentive = new AtomicLong();

  // Hints: where two CPUs write at once, one of the two values stays.

  private volatile long patienceNanos = PATIENCE_NANOS_MIN;

  /** A CPU was fetched, and none has gone to sleep since. */
  private volatile boolean fetched;

  /** A CPU is attentive from now on. */
  void begins(int cpu) {
    attentive.accumulateAndGet(1L << cpu, (all, bit) -> all | bit);
  }

  /** It is no more; after this it looks who sleeps, or is attentive. */
  void ends(int cpu) {
    attentive.accumulateAndGet(1L << cpu, (all, bit) -> all & ~bit);
  }

  /** Whether another CPU is attentive. */
  boolean ofOthers(int cpu) {
    return (attentive.get() & ~(1L << cpu)) != 0;
  }

  /** How long tasks are ready now before another CPU is fetched for them. */
  long patienceNanos() {
    return patienceNanos;
  }

  /** A CPU is fetched: which one does not count, for two that disturb each other both may rest. */
  void fetched() {
    fetched = true;
  }

  /**
   * A CPU goes to sleep. If one was fetched, the next one is fetched earlier, or later.
   *
   * @param useful whether there was work for a CPU more
   */
  void sleeps(boolean useful) {
    if (fetched) {
      fetched = false;
      long other = useful ? patienceNanos / 2 : patienceNanos * 2;
      patienceNanos = Math.clamp(other, PATIENCE_NANOS_MIN, PATIENCE_NANOS_MAX);
    }
  }
}
