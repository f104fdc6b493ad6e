package org.atoll.libposix;

import org.atoll.abi.Errno;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.PmProtocol;

/** prctl, and what a process could share with another and shares with none (unshare). */
final class ProcessControl {

  private static final int PR_GET_PDEATHSIG = 2;
  private static final int PR_GET_DUMPABLE = 3;
  private static final int PR_SET_NAME = 15;
  private static final int PR_GET_NAME = 16;
  private static final int PR_GET_SECCOMP = 21;
  private static final int PR_CAPBSET_READ = 23;
  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final int PR_GET_NO_NEW_PRIVS = 39;
  private static final int PR_CAP_AMBIENT = 47;
  private static final int CAPABILITIES = 41;
  private static final int NAME_BYTES = 16;

  private static final int AMBIENT_IS_SET = 1;
  private static final int AMBIENT_RAISE = 2;
  private static final int AMBIENT_LOWER = 3;
  private static final int AMBIENT_CLEAR_ALL = 4;

  /** CLONE_VM, FS, FILES, SIGHAND, THREAD, SYSVSEM: a process has its own of each. */
  private static final int NEVER_SHARED = 0x100 | 0x200 | 0x400 | 0x800 | 0x10000 | 0x40000;

  private ProcessControl() {}

  static void rows(Table t) {
    t.partial(
        167,
        "prctl",
        "option:prctl first:>prctl-argument second:prctl-more third:prctl-more fourth:prctl-more",
        "names, no new privileges, and questions; others EINVAL",
        ProcessControl::prctl);
    t.partial(97, "unshare", "flags:clone-flags", "no namespaces: EINVAL", ProcessControl::unshare);
  }

  private static long prctl(Call c) {
    ProcessState process = c.process();
    return switch (c.intArg(0)) {
      case PR_SET_NAME -> setName(c);
      case PR_GET_NAME -> name(c);
      case PR_GET_PDEATHSIG -> {
        c.guest().putInt(c.arg(1), 0);
        yield 0;
      }
      case PR_GET_DUMPABLE -> 1;
      case PR_GET_SECCOMP -> 0;
      case PR_CAPBSET_READ -> isCapability(c.arg(1)) ? 1 : -Errno.EINVAL;
      case PR_CAP_AMBIENT -> ambient(c);
      case PR_SET_NO_NEW_PRIVS -> noNewPrivileges(c);
      case PR_GET_NO_NEW_PRIVS -> process.noNewPrivileges ? 1 : 0;
      default -> -Errno.EINVAL;
    };
  }

  private static boolean isCapability(long number) {
    return number >= 0 && number < CAPABILITIES;
  }

  /** None is inheritable, so none is ambient, and none can become so. */
  private static long ambient(Call c) {
    long operation = c.arg(1);
    if (c.arg(3) != 0 || c.arg(4) != 0) {
      return -Errno.EINVAL;
    }
    if (operation == AMBIENT_CLEAR_ALL) {
      return c.arg(2) == 0 ? 0 : -Errno.EINVAL;
    }
    if (operation < AMBIENT_IS_SET || operation > AMBIENT_LOWER || !isCapability(c.arg(2))) {
      return -Errno.EINVAL;
    }
    return operation == AMBIENT_RAISE ? -Errno.EPERM : 0;
  }

  private static long noNewPrivileges(Call c) {
    if (c.arg(1) != 1 || c.arg(2) != 0 || c.arg(3) != 0 || c.arg(4) != 0) {
      return -Errno.EINVAL;
    }
    c.process().noNewPrivileges = true;
    return 0;
  }

  private static long name(Call c) {
    byte[] name = new byte[NAME_BYTES];
    byte[] text = ExecRequest.bytes(c.thread().name);
    System.arraycopy(text, 0, name, 0, text.length);
    c.guest().write(c.arg(1), name);
    return 0;
  }

  /** Of the first thread's PM hears, too: others see it in /proc. */
  private static long setName(Call c) {
    Guest guest = c.guest();
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < ThreadState.NAME_BYTES_MAX; i++) {
      byte[] one = guest.read(c.arg(1) + i, 1);
      if (one[0] == 0) {
        break;
      }
      name.append((char) (one[0] & 0xff));
    }
    c.thread().name = name.toString();
    byte[] text = ExecRequest.bytes(c.thread().name);
    if (c.thread().id != c.process().pid) {
      return 0;
    }
    return c.pass(Role.PM, PmProtocol.Call.NAME.encode(c.message()), text);
  }

  private static long unshare(Call c) {
    boolean known = (c.intArg(0) & ~NEVER_SHARED) == 0;
    boolean shared = c.intArg(0) != 0 && !c.threads().alone();
    return known && !shared ? 0 : -Errno.EINVAL;
  }
}
