package org.atoll.bench.ipc;

import org.HdrHistogram.Histogram;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.bench.StrictTask;

/**
 * Makes calls at times that were fixed before, whether earlier ones are answered or not, and counts
 * how long after its time each is answered: a caller that waited for answers would leave out just
 * the calls that would have had to wait (coordinated omission).
 */
final class OpenLoop extends StrictTask {

  private static final int DIGITS = 3;

  /** Calls that may be under way; what is due beyond that waits, and its time runs. */
  static final int WINDOW = 4_096;

  private final Histogram latencies = new Histogram(DIGITS);
  private double intervalNanos;
  private long beganNanos;
  private int count;
  private int begun;
  private int answered;

  /** Says what to do from now on. */
  void prepare(double perSecond, int calls) {
    latencies.reset();
    intervalNanos = 1e9 / perSecond;
    count = calls;
    begun = 0;
    answered = 0;
    beganNanos = System.nanoTime();
  }

  private long dueNanos(long call) {
    return beganNanos + (long) (call * intervalNanos);
  }

  /** Whether it is time for the next call, and it can be made. */
  boolean isDue() {
    return begun < count && begun - answered < WINDOW && System.nanoTime() - dueNanos(begun) >= 0;
  }

  boolean done() {
    return answered == count;
  }

  /** Nanoseconds from when each call was due to its answer. */
  Histogram latencies() {
    return latencies;
  }

  @Override
  public void notified(Turn turn, int source) {
    int server = turn.role(Role.VFS);
    for (int sent = 0; sent < Limits.SENDS_PER_TURN_MAX && isDue(); sent++) {
      Message m = turn.scratch().set(NullServer.CALL, begun, begun, 0, 0, 0, 0, 0);
      long result = turn.call(server, m);
      if (result < 0) {
        throw new IllegalStateException("cannot call: errno " + -result);
      }
      begun++;
    }
  }

  @Override
  public void answered(Turn turn, long call, Message m) {
    if (m.w0 != 0 || m.w1 != NullServer.next(m.w2)) {
      throw new IllegalStateException("answered " + m.w0 + ", " + m.w1);
    }
    latencies.recordValue(Math.max(1, System.nanoTime() - dueNanos(m.w2)));
    answered++;
  }
}
