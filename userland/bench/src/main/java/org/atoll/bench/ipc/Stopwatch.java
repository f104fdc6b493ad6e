package org.atoll.bench.ipc;

/**
 * How many operations are still to begin, and how long those that are over took: one for all tasks
 * of a node that make them. Owner: the node's CPU.
 */
final class Stopwatch {

  private final int batch;
  private double[] nanos = {};
  private long toBegin;
  private int samples;
  private int ofBatch;
  private long beganNanos;

  /**
   * @param batch operations that a sample is the mean of
   */
  Stopwatch(int batch) {
    this.batch = batch;
  }

  int batch() {
    return batch;
  }

  /** Says where the times of the next operations go, nanoseconds of an operation each. */
  void prepare(double[] times) {
    nanos = times;
    toBegin = (long) times.length * batch;
    samples = 0;
    ofBatch = 0;
    beganNanos = 0;
  }

  /** Whether one more operation is to begin now; if so, it has begun. */
  boolean begin() {
    if (toBegin == 0) {
      return false;
    }
    if (beganNanos == 0) {
      beganNanos = System.nanoTime();
    }
    toBegin--;
    return true;
  }

  /** An operation is over. */
  void over() {
    if (++ofBatch == batch) {
      long now = System.nanoTime();
      nanos[samples++] = (double) (now - beganNanos) / batch;
      beganNanos = now;
      ofBatch = 0;
    }
  }

  /** Whether all are over. */
  boolean done() {
    return samples == nanos.length;
  }
}
