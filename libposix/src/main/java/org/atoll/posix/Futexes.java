package org.atoll.posix;

import org.atoll.abi.Errno;
import org.atoll.posix.layout.TimeValue;

/**
 * Futexes of a process with one thread: nobody else can be waiting, so that a wake wakes none, and
 * a wait ends with its timeout or a signal.
 */
final class Futexes {

  private static final int WAIT = 0;
  private static final int WAKE = 1;
  private static final int REQUEUE = 3;
  private static final int CMP_REQUEUE = 4;
  private static final int WAKE_OP = 5;
  private static final int WAIT_BITSET = 9;
  private static final int WAKE_BITSET = 10;
  private static final int COMMAND_MASK = 0x7f;
  private static final int CLOCK_REALTIME = 0x100;

  private Futexes() {}

  static void rows(Table t) {
    t.partial(
        98,
        "futex",
        "address:x operation:x value timeout:x second:x third:x",
        "waiters in other processes; priority inheritance (ENOSYS)",
        Interruption.RESTARTS,
        Futexes::futex);
  }

  private static long futex(Call c) {
    int command = c.intArg(1) & COMMAND_MASK;
    if ((c.arg(0) & 3) != 0) {
      return -Errno.EINVAL;
    }
    return switch (command) {
      case WAIT -> await(c, false);
      case WAIT_BITSET -> c.intArg(5) == 0 ? -Errno.EINVAL : await(c, true);
      case WAKE, REQUEUE -> wake(c);
      case WAKE_BITSET -> c.intArg(5) == 0 ? -Errno.EINVAL : wake(c);
      case CMP_REQUEUE -> c.guest().getInt(c.arg(0)) == c.intArg(5) ? 0 : -Errno.EAGAIN;
      case WAKE_OP -> -Errno.ENOSYS;
      default -> -Errno.ENOSYS;
    };
  }

  private static long wake(Call c) {
    c.guest().readable(c.arg(0), 4);
    return 0;
  }

  /** Word 0 keeps the deadline, of the monotonic clock; word 1 that the wait has begun. */
  private static long await(Call c, boolean absolute) {
    long now = c.kernel().nowNanos();
    if (c.word(1) == 0) {
      if (c.guest().getInt(c.arg(0)) != c.intArg(2)) {
        return -Errno.EAGAIN;
      }
      c.word(0, c.arg(3) == 0 ? Long.MAX_VALUE : deadline(c, now, absolute));
      c.word(1, 1);
    }
    if (now >= c.word(0)) {
      return -Errno.ETIMEDOUT;
    }
    if (c.signalled()) {
      c.kernel().cancelAlarm(Timers.SLEEP);
      return c.arg(3) == 0 ? Interruption.RESTARTS.code : -Errno.EINTR;
    }
    if (c.word(0) != Long.MAX_VALUE) {
      c.kernel().setAlarm(Timers.SLEEP, c.word(0) - now);
    }
    return c.untilEvent();
  }

  private static long deadline(Call c, long now, boolean absolute) {
    long time = TimeValue.nanos(c.guest().read(c.arg(3), TimeValue.BYTES), 0);
    if (time == TimeValue.INVALID) {
      throw new Failure(Errno.EINVAL);
    }
    if (!absolute) {
      return Timers.saturatedAdd(now, time);
    }
    boolean wall = (c.intArg(1) & CLOCK_REALTIME) != 0;
    return Timers.saturatedAdd(now, time - (wall ? c.kernel().wallNanos() : now));
  }
}
