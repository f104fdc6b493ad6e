package org.atoll.bench.ipc;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A stopwatch for tasks that run on several CPUs. They take operations and tell of them by the
 * dozen, so that they do not fight for its counters. All is done when each of them has been told
 * that nothing is left: one that only has made the last operation would ask for the next when those
 * of another time are there. Owner: any CPU, but for {@link #prepare} and {@link #watch}.
 */
final class SharedStopwatch implements Timing {

  /** Operations that a task takes at once; what a sample is the mean of is a multiple. */
  private static final int CHUNK = 50;

  private final int batch;
  private final Runnable whenDone;
  private final AtomicLong toBegin = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();
  private final AtomicInteger stopped = new AtomicInteger();
  private int watches;

  /** How often operations were prepared. */
  private int time;

  /** When a sample was complete, until all are; then how long each took. */
  private double[] nanos = {};

  private long beganNanos;
  private volatile boolean done;

  /**
   * @param batch operations that a sample is the mean of
   * @param whenDone is run on the CPU whose task is the last to be told
   */
  SharedStopwatch(int batch, Runnable whenDone) {
    if (batch % CHUNK != 0) {
      throw new IllegalArgumentException("batches of " + batch);
    }
    this.batch = batch;
    this.whenDone = whenDone;
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public void prepare(double[] times) {
    nanos = times;
    done = false;
    ended.set(0);
    stopped.set(0);
    time++;
    beganNanos = System.nanoTime();
    toBegin.set((long) times.length * batch);
  }

  @Override
  public boolean done() {
    return done;
  }

  @Override
  public Watch watch() {
    watches++;
    return new Share();
  }

  private void over() {
    long operations = ended.addAndGet(CHUNK);
    if (operations % batch == 0) {
      nanos[(int) (operations / batch) - 1] = System.nanoTime() - beganNanos;
    }
  }

  private void stopped() {
    if (stopped.incrementAndGet() == watches) {
      moments();
      done = true;
      whenDone.run();
    }
  }

  /** Makes times of moments; a CPU may have been late to note one. */
  private void moments() {
    Arrays.sort(nanos);
    double before = 0;
    for (int i = 0; i < nanos.length; i++) {
      double moment = nanos[i];
      nanos[i] = (moment - before) / batch;
      before = moment;
    }
  }

  /** What one task has taken. Owner: that task. */
  private final class Share implements Watch {
    private int taken;
    private int over;

    /** The last time that it was told that nothing is left. */
    private int told;

    @Override
    public boolean begin() {
      if (taken == 0) {
        taken = toBegin.getAndAdd(-CHUNK) >= CHUNK ? CHUNK : 0;
      }
      if (taken == 0) {
        stop();
        return false;
      }
      taken--;
      return true;
    }

    private void stop() {
      if (told != time) {
        told = time;
        stopped();
      }
    }

    @Override
    public void over() {
      if (++over == CHUNK) {
        over = 0;
        SharedStopwatch.this.over();
      }
    }
  }
}
