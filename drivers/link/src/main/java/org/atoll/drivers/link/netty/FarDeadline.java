package org.atoll.drivers.link.netty;

import org.atoll.hypercall.Timers;

/**
 * Ends waits at a time that is far away. A wait with a timeout has the host put a timer among its
 * others and take it out again, each time; {@code atoll bench ipc sendrec.node.unix}. This one is
 * set when a deadline comes that is earlier than what it is set to. For one that is later it goes
 * off too early once, and is set again by the wait that follows.
 */
final class FarDeadline {

  /** A deadline that is nearer is better left to the wait: it would be set for each. */
  static final long NEAR_NANOS = 10_000_000;

  /** Sums of times stay sums. */
  private static final long FARTHEST_NANOS = 1L << 60;

  private final HostTimer timer;
  private boolean set;
  private long setTo;

  FarDeadline(LinkLoop loop, Timers timers) {
    timer = HostTimer.of(loop, timers, () -> set = false);
  }

  /**
   * Whether a wait that begins now needs no timeout.
   *
   * @param timeoutNanos positive
   */
  boolean ends(long timeoutNanos) {
    if (timeoutNanos < NEAR_NANOS) {
      return false;
    }
    long nanos = Math.min(timeoutNanos, FARTHEST_NANOS);
    long deadline = System.nanoTime() + nanos;
    if (!set || deadline - setTo < 0) {
      timer.set(nanos);
      setTo = deadline;
      set = true;
    }
    return true;
  }
}
