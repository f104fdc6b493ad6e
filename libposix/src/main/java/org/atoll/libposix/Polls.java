package org.atoll.libposix;

import java.util.Arrays;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.libposix.layout.LittleEndian;
import org.atoll.libposix.layout.TimeValue;

/** Waiting for descriptors: ppoll and pselect6, both VFS's poll. */
final class Polls {

  private static final int POLLFD_BYTES = 8;
  private static final int POLLS_MAX = 65_536 / POLLFD_BYTES;
  private static final int SET_BYTES = 8;

  private static final int POLLIN = 1;
  private static final int POLLPRI = 2;
  private static final int POLLOUT = 4;
  private static final int POLLERR = 8;
  private static final int POLLHUP = 0x10;
  private static final int POLLNVAL = 0x20;
  private static final int POLLRDNORM = 0x40;
  private static final int POLLRDBAND = 0x80;
  private static final int POLLWRNORM = 0x100;
  private static final int POLLWRBAND = 0x200;

  /** What each of the three sets of select asks poll for, and what it takes for ready. */
  private static final int[] ASKED = {POLLIN, POLLOUT, POLLPRI};

  private static final int[] READY = {
    POLLIN | POLLRDNORM | POLLRDBAND | POLLHUP | POLLERR,
    POLLOUT | POLLWRNORM | POLLWRBAND | POLLERR,
    POLLPRI
  };

  static final int PPOLL = 73;
  static final int PSELECT = 72;

  private Polls() {}

  static void rows(Table t) {
    t.full(
        PPOLL,
        "ppoll",
        "fds:polls[count] count timeout:timespec mask:sigset bytes:size =polled",
        Interruption.FAILS,
        Polls::ppoll);
    t.full(
        PSELECT,
        "pselect6",
        "count reads:fds[count] writes:fds[count] exceptions:fds[count] timeout:timespec mask:select-mask =selected",
        Interruption.FAILS,
        Polls::pselect6);
  }

  private static long ppoll(Call c) {
    if (c.hasAnswer() && !Deadline.isToGoOn(c)) {
      long ready = answer(c, c.arg(2));
      if (ready >= 0) {
        c.guest().write(c.arg(0), c.staged(), 0, c.stagedBytes());
      }
      return ready;
    }
    long count = c.arg(1) & 0xffff_ffffL;
    if (count > Math.min(c.process().limits.soft(ResourceLimits.NOFILE), POLLS_MAX)) {
      return -Errno.EINVAL;
    }
    byte[] fds = c.guest().read(c.arg(0), (int) count * POLLFD_BYTES);
    c.guest().writable(c.arg(0), fds.length);
    deadline(c, c.arg(2));
    if (c.arg(3) != 0) {
      mask(c, c.arg(3), c.arg(4));
    }
    return poll(c, fds);
  }

  private static long pselect6(Call c) {
    int count = c.intArg(0);
    if (count < 0) {
      return -Errno.EINVAL;
    }
    count = (int) Math.min(count, c.process().limits.soft(ResourceLimits.NOFILE));
    if (c.hasAnswer() && !Deadline.isToGoOn(c)) {
      long ready = answer(c, c.arg(4));
      return ready < 0 ? ready : select(c, count);
    }
    byte[] fds = pollfds(c, count);
    deadline(c, c.arg(4));
    if (c.arg(5) != 0) {
      byte[] pair = c.guest().read(c.arg(5), 16);
      if (LittleEndian.getLong(pair, 0) != 0) {
        mask(c, LittleEndian.getLong(pair, 0), LittleEndian.getLong(pair, 8));
      }
    }
    return poll(c, fds);
  }

  private static long poll(Call c, byte[] fds) {
    Message m =
        VfsProtocol.Call.POLL.encode(
            c.message(), fds.length / POLLFD_BYTES, Deadline.left(c), c.signals().pending());
    return c.attempt(Role.VFS, m, fds, fds.length);
  }

  private static void deadline(Call c, long address) {
    Deadline.begin(c, () -> address == 0 ? -1 : timeout(c, address));
  }

  private static long timeout(Call c, long address) {
    long timeout = TimeValue.nanos(c.guest().read(address, TimeValue.BYTES), 0);
    if (timeout == TimeValue.INVALID) {
      throw new Failure(Errno.EINVAL);
    }
    return timeout;
  }

  /** Another mask meanwhile. */
  static void mask(Call c, long address, long bytes) {
    if (bytes != SET_BYTES) {
      throw new Failure(Errno.EINVAL);
    }
    c.signals().blockedMeanwhile(c.guest().getLong(address));
  }

  /** The result of poll; the time that is left goes back to the program, if it can be written. */
  private static long answer(Call c, long timeout) {
    if (Deadline.isTimed(c)) {
      byte[] left = TimeValue.of(Deadline.left(c));
      try {
        c.guest().write(timeout, left);
      } catch (Failure readOnly) {
        Deadline.forget(c);
      }
    }
    // A poll that finds nothing tells of a signal, even when its time is over.
    return c.answer(0) == 0 && c.signalled() ? Interruption.FAILS.code : PosixProgram.outcome(c);
  }

  // ---- the sets of select

  private static byte[] set(Call c, int which, int count) {
    long address = c.arg(1 + which);
    int bytes = (count + 63) / 64 * 8;
    return address == 0 ? new byte[bytes] : c.guest().read(address, bytes);
  }

  private static byte[] pollfds(Call c, int count) {
    byte[][] sets = {set(c, 0, count), set(c, 1, count), set(c, 2, count)};
    byte[] fds = new byte[count * POLLFD_BYTES];
    int size = 0;
    for (int fd = 0; fd < count; fd++) {
      int events = 0;
      for (int which = 0; which < sets.length; which++) {
        events |= has(sets[which], fd) ? ASKED[which] : 0;
      }
      if (events != 0) {
        LittleEndian.putInt(fds, size, fd);
        LittleEndian.putShort(fds, size + 4, events);
        size += POLLFD_BYTES;
      }
    }
    return Arrays.copyOf(fds, size);
  }

  /** Turns what poll answered into sets; counts bits. */
  private static long select(Call c, int count) {
    long bits = 0;
    byte[][] sets = new byte[3][(count + 63) / 64 * 8];
    for (int at = 0; at < c.stagedBytes(); at += POLLFD_BYTES) {
      int fd = LittleEndian.getInt(c.staged(), at);
      int asked = LittleEndian.getShort(c.staged(), at + 4);
      int ready = LittleEndian.getShort(c.staged(), at + 6);
      if ((ready & POLLNVAL) != 0) {
        return -Errno.EBADF;
      }
      for (int which = 0; which < sets.length; which++) {
        if ((asked & ASKED[which]) != 0 && (ready & READY[which]) != 0) {
          sets[which][fd / 8] |= (byte) (1 << fd % 8);
          bits++;
        }
      }
    }
    for (int which = 0; which < sets.length; which++) {
      if (c.arg(1 + which) != 0) {
        c.guest().write(c.arg(1 + which), sets[which]);
      }
    }
    return bits;
  }

  private static boolean has(byte[] set, int fd) {
    return (set[fd / 8] >> fd % 8 & 1) != 0;
  }
}
