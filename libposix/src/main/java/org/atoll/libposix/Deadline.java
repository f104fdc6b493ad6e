package org.atoll.libposix;

import java.util.function.LongSupplier;
import org.atoll.abi.Errno;

/**
 * How long a call waits for descriptors, kept in the call's words over all its questions to VFS.
 *
 * <p>VFS is asked again when a signal has come that is blocked: a descriptor of signals may be
 * among those that are waited for, and VFS knows of what is pending only what the question says.
 */
final class Deadline {

  /** Word: when the wait is over, of the monotonic clock. */
  private static final int END = 0;

  /** Word: whether there is an end (1) or not (2); 0 before that is known. */
  private static final int TIMED = 1;

  private Deadline() {}

  /** The wait begins, if it has not yet. */
  static void begin(Call c, LongSupplier timeoutNanos) {
    if (c.word(TIMED) == 0) {
      long timeout = timeoutNanos.getAsLong();
      c.word(END, Timers.saturatedAdd(c.kernel().nowNanos(), timeout));
      c.word(TIMED, timeout >= 0 ? 1 : 2);
    }
  }

  static boolean isTimed(Call c) {
    return c.word(TIMED) == 1;
  }

  /** Nobody is to be told any more what is left. */
  static void forget(Call c) {
    c.word(TIMED, 2);
  }

  /** Nanoseconds that are left; negative: for ever. */
  static long left(Call c) {
    return isTimed(c) ? Math.max(0, c.word(END) - c.kernel().nowNanos()) : -1;
  }

  /** Whether the wait was ended for no reason that ends the call. */
  static boolean isToGoOn(Call c) {
    return c.answer(0) == -Errno.EINTR && !c.signalled();
  }

  /** Whether a call may wait for a descriptor of signals among others. */
  static boolean concerns(long call) {
    return call == Polls.PPOLL
        || call == Polls.PSELECT
        || call == EpollWaits.EPOLL_PWAIT
        || call == EpollWaits.EPOLL_PWAIT2;
  }
}
