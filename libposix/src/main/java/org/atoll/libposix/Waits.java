package org.atoll.libposix;

import org.atoll.abi.Errno;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.libposix.layout.LittleEndian;
import org.atoll.libposix.layout.Usage;

/** Waiting for children: wait4 and waitid. */
final class Waits {

  private static final int WNOHANG = 1;
  private static final int WSTOPPED = 2;
  private static final int WEXITED = 4;
  private static final int WCONTINUED = 8;
  private static final int WNOWAIT = 0x0100_0000;

  /** __WNOTHREAD, __WALL and __WCLONE. */
  private static final int OF_CLONES = 0xe000_0000;

  private static final int P_ALL = 0;
  private static final int P_PID = 1;
  private static final int P_PGID = 2;

  private static final int CLD_EXITED = 1;
  private static final int CLD_STOPPED = 5;
  private static final int CLD_CONTINUED = 6;

  private Waits() {}

  static void rows(Table t) {
    Interruption restarts = Interruption.RESTARTS;
    t.full(
        260,
        "wait4",
        "pid status:>status options:wait-flags usage:>rusage",
        restarts,
        Waits::wait4);
    t.partial(
        95,
        "waitid",
        "kind:wait-kind id info:>siginfo options:wait-flags usage:>rusage",
        "process descriptors (P_PIDFD)",
        restarts,
        Waits::waitid);
  }

  private static long wait4(Call c) {
    if (c.step() == 0) {
      int options = c.intArg(2);
      if ((options & ~(WNOHANG | WSTOPPED | WCONTINUED | OF_CLONES)) != 0) {
        return -Errno.EINVAL;
      }
      if (c.intArg(0) == Integer.MIN_VALUE) {
        return -Errno.ESRCH;
      }
      writable(c, c.arg(1), 4);
      writable(c, c.arg(3), Usage.BYTES);
      return ask(c, c.intArg(0), options | WEXITED);
    }
    if (c.answer(0) == 0) {
      return 0;
    }
    if (c.arg(1) != 0) {
      c.guest().putInt(c.arg(1), (int) c.answer(1));
    }
    usage(c, c.arg(3));
    return c.answer(0);
  }

  private static long waitid(Call c) {
    if (c.step() == 0) {
      int options = c.intArg(3);
      int kinds = WEXITED | WSTOPPED | WCONTINUED;
      int known = WNOHANG | WNOWAIT | OF_CLONES | kinds;
      if ((options & ~known) != 0 || (options & kinds) == 0) {
        return -Errno.EINVAL;
      }
      writable(c, c.arg(2), SignalInfo.BYTES);
      writable(c, c.arg(4), Usage.BYTES);
      return ask(c, which(c), options);
    }
    if (c.arg(2) != 0) {
      c.guest().write(c.arg(2), info(c));
    }
    if (c.answer(0) != 0) {
      usage(c, c.arg(4));
    }
    return 0;
  }

  private static int which(Call c) {
    int id = c.intArg(1);
    return switch (c.intArg(0)) {
      case P_ALL -> -1;
      case P_PID -> positive(id);
      case P_PGID -> id == 0 ? 0 : -positive(id);
      default -> throw new Failure(Errno.EINVAL);
    };
  }

  private static int positive(int id) {
    if (id <= 0) {
      throw new Failure(Errno.EINVAL);
    }
    return id;
  }

  private static byte[] info(Call c) {
    byte[] info = new byte[SignalInfo.BYTES];
    if (c.answer(0) != 0) {
      int status = (int) c.answer(1);
      int code = (int) c.answer(2);
      LittleEndian.putInt(info, 0, Signals.SIGCHLD);
      LittleEndian.putInt(info, 8, code);
      LittleEndian.putInt(info, 16, (int) c.answer(0));
      LittleEndian.putInt(info, 20, (int) c.answer(3));
      LittleEndian.putInt(info, 24, childStatus(status, code));
    }
    return info;
  }

  /** si_status, from a wait status. */
  private static int childStatus(int status, int code) {
    return switch (code) {
      case CLD_EXITED, CLD_STOPPED -> status >> 8 & 0xff;
      case CLD_CONTINUED -> Signals.SIGCONT;
      default -> status & 0x7f;
    };
  }

  private static long ask(Call c, int which, int options) {
    return c.ask(Role.PM, PmProtocol.Call.WAIT.encode(c.message(), which, options));
  }

  private static void writable(Call c, long address, int bytes) {
    if (address != 0) {
      c.guest().writable(address, bytes);
    }
  }

  private static void usage(Call c, long address) {
    if (address != 0) {
      c.guest().write(address, Usage.of(c.answer(4), c.answer(5), c.answer(6)));
    }
  }
}
