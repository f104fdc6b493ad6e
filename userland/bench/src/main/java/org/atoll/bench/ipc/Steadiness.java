package org.atoll.bench.ipc;

/**
 * Says when something that becomes quicker while it is repeated, as code that is being compiled
 * does, has become as quick as it will: when it has not beaten its best for some times.
 */
final class Steadiness {

  /** Less than this part of the best is quicker, and not chance. */
  private static final double QUICKER = 0.97;

  private final int times;
  private double best = Double.POSITIVE_INFINITY;
  private int since;

  /**
   * @param times one after the other that it may not have become quicker
   */
  Steadiness(int times) {
    this.times = times;
  }

  /** How long it took this time; whether it is steady now. */
  boolean after(double nanos) {
    if (nanos < QUICKER * best) {
      best = nanos;
      since = 0;
    } else {
      since++;
    }
    return since >= times;
  }
}
