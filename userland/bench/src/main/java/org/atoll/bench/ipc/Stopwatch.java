package org.atoll.bench.ipc;

/**
 * How many operations are still to begin, and how long those that are over took: one for all tasks
 * of a node that make them. Owner: the node's CPU.
 */
final class Stopwatch implements Timing, Watch {

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

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public void prepare(double[] times) {
    nanos = times;
    toBegin = (long) times.length * batch;
    samples = 0;
    ofBatch = 0;
    beganNanos = 0;
  }

  @Override
  public Watch watch() {
    return this;
  }

  @Override
  public boolean begin() {
    if (toBegin == 0) {
      return false;
    }
    if (beganNanos == 0) {
      beganNanos = System.nanoTime();
    }
    toBegin--;
    return true;
  }

  @Override
  public void over() {
    if (++ofBatch == batch) {
      long now = System.nanoTime();
      nanos[samples++] = (double) (now - beganNanos) / batch;
      beganNanos = now;
      ofBatch = 0;
    }
  }

  @Override
  public boolean done() {
    return samples == nanos.length;
  }
}
