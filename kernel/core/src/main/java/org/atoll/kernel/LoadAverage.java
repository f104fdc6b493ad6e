package org.atoll.kernel;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How many processes wanted a processor, as a mean over the last minute, five and fifteen: each
 * moment counts the less the longer it is ago (getloadavg(3)). The area under the number is added
 * up slice by slice, so that no clock has to tick for it.
 *
 * <p>Owner: one CPU; the means may be read by all.
 */
final class LoadAverage {

  /** What 1 is in a mean that is told, as in Linux ({@code FSHIFT}). */
  static final int ONE = 1 << 11;

  private static final double[] SECONDS = {60, 300, 900};
  private static final double NANOS_PER_SECOND = 1e9;

  /** How much time is added up before the means are made anew. */
  private static final long FOLD_NANOS = 100_000_000;

  private final double[] means = new double[SECONDS.length];
  private final AtomicLongArray told = new AtomicLongArray(SECONDS.length);
  private long notedNanos;
  private long foldedNanos;

  /** Processes times nanoseconds, since the means were made. */
  private long area;

  /** Since the last note so many processes wanted a processor. */
  void note(long nowNanos, int processes) {
    area += processes * (nowNanos - notedNanos);
    notedNanos = nowNanos;
    if (nowNanos - foldedNanos >= FOLD_NANOS) {
      fold();
    }
  }

  private void fold() {
    double nanos = notedNanos - foldedNanos;
    double mean = area / nanos;
    for (int i = 0; i < means.length; i++) {
      double kept = StrictMath.exp(-nanos / (SECONDS[i] * NANOS_PER_SECOND));
      means[i] = mean + (means[i] - mean) * kept;
      told.lazySet(i, Math.round(means[i] * ONE));
    }
    foldedNanos = notedNanos;
    area = 0;
  }

  /** The mean over the last minute (0), five (1) or fifteen (2), times {@link #ONE}. */
  long mean(int which) {
    return told.get(which);
  }
}
