package org.atoll.posix;

import org.atoll.abi.Errno;
import org.atoll.abi.Machine;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.PmProtocol;

/** Processes: clone, exec, exit, groups and sessions. */
final class Processes {

  private static final int CSIGNAL = 0xff;
  private static final long CLONE_VM = 0x100;
  private static final long CLONE_VFORK = 0x4000;
  private static final long CLONE_SETTLS = 0x80000;
  private static final long CLONE_PARENT_SETTID = 0x100000;
  private static final long CLONE_CHILD_CLEARTID = 0x200000;
  private static final long CLONE_DETACHED = 0x400000;
  private static final long CLONE_UNTRACED = 0x800000;
  private static final long CLONE_CHILD_SETTID = 0x1000000;
  private static final long SUPPORTED =
      CSIGNAL
          | CLONE_VM
          | CLONE_VFORK
          | CLONE_SETTLS
          | CLONE_PARENT_SETTID
          | CLONE_CHILD_CLEARTID
          | CLONE_DETACHED
          | CLONE_UNTRACED
          | CLONE_CHILD_SETTID;

  /** PM.FORK: the child shares the address space until it calls exec or exits. */
  private static final int FORK_SHARED = 1;

  /** The step at which the child of a fork goes on. */
  static final int CHILD = 2;

  private static final int SP = 2;
  private static final int TP = 4;
  private static final int ROBUST_LIST_BYTES = 24;

  private Processes() {}

  static void rows(Table t) {
    t.partial(
        220,
        "clone",
        "flags:x stack:x parentTid:x tls:x childTid:x",
        "threads, namespaces, shared descriptors: EINVAL",
        Processes::clone);
    t.full(
        SystemCalls.EXECVE,
        "execve",
        "path:x arguments:x environment:x",
        c -> c.exec().begin(c, Names.AT_FDCWD, 0, c.arg(0), c.arg(1), c.arg(2)));
    t.partial(
        281,
        "execveat",
        "dirfd path:x arguments:x environment:x flags:x",
        "scripts by descriptor alone",
        Processes::execveat);
    t.full(93, "exit", "status", Processes::exit);
    t.full(94, "exit_group", "status", Processes::exit);
    t.full(172, "getpid", "", c -> c.process().pid);
    t.full(178, "gettid", "", c -> c.process().pid);
    t.full(173, "getppid", "", c -> c.pass(Role.PM, PmProtocol.Call.GETPPID.encode(c.message())));
    t.full(154, "setpgid", "pid group", Processes::setpgid);
    t.full(
        155,
        "getpgid",
        "pid",
        c -> c.pass(Role.PM, PmProtocol.Call.GETPGID.encode(c.message(), c.intArg(0))));
    t.full(
        156,
        "getsid",
        "pid",
        c -> c.pass(Role.PM, PmProtocol.Call.GETSID.encode(c.message(), c.intArg(0))));
    t.full(157, "setsid", "", c -> c.pass(Role.PM, PmProtocol.Call.SETSID.encode(c.message())));
    t.full(96, "set_tid_address", "address:x", Processes::setTidAddress);
    t.full(99, "set_robust_list", "list:x bytes", Processes::setRobustList);
    t.partial(
        100,
        "get_robust_list",
        "pid list:x bytes:x",
        "another process's: EPERM",
        Processes::getRobustList);
  }

  private static long clone(Call c) {
    return switch (c.step()) {
      case 0 -> fork(c);
      case CHILD -> child(c);
      default -> parent(c);
    };
  }

  private static long fork(Call c) {
    long flags = c.arg(0) & 0xffff_ffffL;
    boolean shares = (flags & CLONE_VM) != 0;
    boolean waits = (flags & CLONE_VFORK) != 0;
    if ((flags & ~SUPPORTED) != 0 || shares != waits || (flags & CSIGNAL) > Signals.COUNT) {
      return -Errno.EINVAL;
    }
    if ((flags & CLONE_PARENT_SETTID) != 0) {
      c.guest().writable(c.arg(2), 4);
    }
    if ((flags & CLONE_CHILD_SETTID) != 0) {
      c.guest().writable(c.arg(4), 4);
    }
    int sharing = shares ? FORK_SHARED : 0;
    long processes = c.process().limits.soft(ResourceLimits.NPROC);
    return c.ask(
        Role.PM, PmProtocol.Call.FORK.encode(c.message(), sharing, flags & CSIGNAL, processes));
  }

  private static long parent(Call c) {
    if ((c.arg(0) & CLONE_PARENT_SETTID) != 0) {
      c.guest().putInt(c.arg(2), (int) c.answer(0));
    }
    return c.answer(0);
  }

  private static long child(Call c) {
    long flags = c.arg(0);
    if ((flags & CLONE_CHILD_SETTID) != 0) {
      c.guest().putInt(c.arg(4), c.process().pid);
    }
    Machine machine = c.guest().machine();
    if (c.arg(1) != 0) {
      machine.x(SP, c.arg(1));
    }
    if ((flags & CLONE_SETTLS) != 0) {
      machine.x(TP, c.arg(3));
    }
    return 0;
  }

  private static long execveat(Call c) {
    int flags = c.intArg(4);
    if ((flags & ~(Names.AT_EMPTY_PATH | Names.AT_SYMLINK_NOFOLLOW)) != 0) {
      return -Errno.EINVAL;
    }
    return c.exec().begin(c, c.intArg(0), flags, c.arg(1), c.arg(2), c.arg(3));
  }

  private static long exit(Call c) {
    c.process().exitStatus = (c.intArg(0) & 0xff) << 8;
    return Call.EXIT;
  }

  private static long setpgid(Call c) {
    return c.pass(Role.PM, PmProtocol.Call.SETPGID.encode(c.message(), c.intArg(0), c.intArg(1)));
  }

  /** The word to clear at the end is for other threads, of which there are none. */
  private static long setTidAddress(Call c) {
    return c.process().pid;
  }

  private static long setRobustList(Call c) {
    if (c.arg(1) != ROBUST_LIST_BYTES) {
      return -Errno.EINVAL;
    }
    c.process().robustList = c.arg(0);
    return 0;
  }

  private static long getRobustList(Call c) {
    if (c.intArg(0) != 0 && c.intArg(0) != c.process().pid) {
      return -Errno.EPERM;
    }
    c.guest().writable(c.arg(2), 8);
    c.guest().putLong(c.arg(1), c.process().robustList);
    c.guest().putLong(c.arg(2), ROBUST_LIST_BYTES);
    return 0;
  }
}
