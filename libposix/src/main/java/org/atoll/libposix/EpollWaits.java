package org.atoll.libposix;

import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.EventProtocol;
import org.atoll.libposix.layout.TimeValue;

/** Waiting for the events of an epoll: epoll_pwait and epoll_pwait2. */
final class EpollWaits {

  static final int EPOLL_PWAIT = 22;
  static final int EPOLL_PWAIT2 = 441;

  private static final int EVENT_BYTES = 16;
  private static final int EVENTS_MAX = Integer.MAX_VALUE / EVENT_BYTES;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private EpollWaits() {}

  static void rows(Table t) {
    t.full(
        EPOLL_PWAIT,
        "epoll_pwait",
        "epoll:fd events:>epoll-events most timeout mask:sigset bytes:size",
        Interruption.FAILS,
        DescriptorFirst.open(c -> await(c, EpollWaits::millis)));
    t.full(
        EPOLL_PWAIT2,
        "epoll_pwait2",
        "epoll:fd events:>epoll-events most timeout:timespec mask:sigset bytes:size",
        Interruption.FAILS,
        DescriptorFirst.open(c -> await(c, EpollWaits::nanos)));
  }

  /** How long a call waits, in nanoseconds; negative: for ever. */
  private interface Timeout {
    long of(Call c);
  }

  private static long millis(Call c) {
    return c.intArg(3) * NANOS_PER_MILLI;
  }

  private static long nanos(Call c) {
    if (c.arg(3) == 0) {
      return -1;
    }
    long nanos = TimeValue.nanos(c.guest().read(c.arg(3), TimeValue.BYTES), 0);
    if (nanos == TimeValue.INVALID) {
      throw new Failure(Errno.EINVAL);
    }
    return nanos;
  }

  private static long await(Call c, Timeout timeout) {
    if (c.hasAnswer() && !Deadline.isToGoOn(c)) {
      long ready = c.answer(0);
      if (ready > 0) {
        c.guest().write(c.arg(1), c.staged(), 0, (int) ready * EVENT_BYTES);
      }
      return ready == 0 && c.signalled() ? Interruption.FAILS.code : PosixProgram.outcome(c);
    }
    int most = c.intArg(2);
    if (most <= 0 || most > EVENTS_MAX) {
      return -Errno.EINVAL;
    }
    Deadline.begin(c, () -> timeout.of(c));
    if (c.arg(4) != 0) {
      Polls.mask(c, c.arg(4), c.arg(5));
    }
    long wanted = Math.min((long) most * EVENT_BYTES, Limits.BUFFER_BYTES_MAX);
    int bytes = (int) c.guest().reach(c.arg(1), wanted, KernelCalls.PAGE_WRITE);
    Message m =
        EventProtocol.Call.AWAIT.encode(
            c.message(),
            c.intArg(0),
            most,
            Deadline.left(c),
            c.signals().pending(),
            c.process().signals.arrivals);
    return c.attempt(Role.VFS, m, new byte[0], bytes - bytes % EVENT_BYTES);
  }
}
