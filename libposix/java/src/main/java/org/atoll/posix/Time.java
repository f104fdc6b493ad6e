package org.atoll.posix;

import static org.atoll.posix.PosixException.check;

import org.atoll.posix.gate.Bytes;
import org.atoll.posix.gate.Scratch;

/** {@code <time.h>}: clocks and sleep. */
public final class Time {

  /** Time of day, since the Epoch. */
  public static final int CLOCK_REALTIME = 0;

  /** Time since some moment; it never goes back. */
  public static final int CLOCK_MONOTONIC = 1;

  /** CPU time of the process. */
  public static final int CLOCK_PROCESS_CPUTIME_ID = 2;

  private static final long NANOS = 1_000_000_000L;

  private Time() {}

  /** A clock, in nanoseconds. Errors: EINVAL. */
  public static long clock_gettime(int clock) {
    try (Scratch s = Scratch.open()) {
      long room = s.room(16);
      check("clock_gettime", s.call(113, clock, room));
      return nanos(s.bytes(room, 16));
    }
  }

  /** Seconds since the Epoch. */
  public static long time() {
    return Math.floorDiv(clock_gettime(CLOCK_REALTIME), NANOS);
  }

  /** Sleeps for nanoseconds. Errors: EINTR (a signal handler ran), EINVAL. */
  public static void nanosleep(long nanos) {
    if (sleepNanos(nanos) > 0) {
      throw new PosixException("nanosleep", Errno.EINTR);
    }
  }

  /** Sleeps; answers what was left when a signal handler ended it. */
  static long sleepNanos(long nanos) {
    try (Scratch s = Scratch.open()) {
      byte[] time = new byte[16];
      Bytes.putLong(time, 0, nanos / NANOS);
      Bytes.putLong(time, 8, nanos % NANOS);
      long left = s.room(16);
      long result = s.call(101, s.copy(time), left);
      if (result == -Errno.EINTR) {
        return Math.max(1, nanos(s.bytes(left, 16)));
      }
      check("nanosleep", result);
      return 0;
    }
  }

  private static long nanos(byte[] time) {
    return Bytes.getLong(time, 0) * NANOS + Bytes.getLong(time, 8);
  }
}
