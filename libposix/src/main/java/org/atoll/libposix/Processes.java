package org.atoll.libposix;

import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Machine;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.PmProtocol;

/** Processes: clone, exec, exit, groups and sessions. */
final class Processes {

  private static final int CSIGNAL = 0xff;
  private static final long CLONE_VM = 0x100;
  private static final long CLONE_FS = 0x200;
  private static final long CLONE_FILES = 0x400;
  private static final long CLONE_SIGHAND = 0x800;
  private static final long CLONE_VFORK = 0x4000;
  private static final long CLONE_THREAD = 0x10000;
  private static final long CLONE_SYSVSEM = 0x40000;
  private static final long CLONE_SETTLS = 0x80000;
  private static final long CLONE_PARENT_SETTID = 0x100000;
  private static final long CLONE_CHILD_CLEARTID = 0x200000;
  private static final long CLONE_DETACHED = 0x400000;
  private static final long CLONE_UNTRACED = 0x800000;
  private static final long CLONE_CHILD_SETTID = 0x1000000;

  /** What a thread shares in any case, and what it may be asked to share. */
  private static final long OF_THREADS =
      CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD;

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

  static final int EXIT = 93;
  static final int CLONE = 220;
  static final int EXECVEAT = 281;

  /** PM.FORK: the child shares the address space until it calls exec or exits. */
  private static final int FORK_SHARED = 1;

  /** The step at which the child of a fork goes on. */
  static final int CHILD = 2;

  private static final int SP = 2;
  private static final int TP = 4;
  private static final int A0 = 10;

  private Processes() {}

  static void rows(Table t) {
    t.partial(
        CLONE,
        "clone",
        "flags:clone stack:none parentTid:none tls:none childTid:none",
        "namespaces, shared descriptors of processes: EINVAL",
        Processes::clone);
    t.full(
        SystemCalls.EXECVE,
        "execve",
        "path:path arguments:strings environment:environment",
        c -> c.exec().begin(c, Names.AT_FDCWD, 0, c.arg(0), c.arg(1), c.arg(2)));
    t.partial(
        EXECVEAT,
        "execveat",
        "dirfd:at path:path arguments:strings environment:environment flags:at-flags",
        "scripts by descriptor alone",
        Processes::execveat);
    t.full(EXIT, "exit", "status", Processes::exit);
    t.full(94, "exit_group", "status", Processes::exitGroup);
    t.full(172, "getpid", "", c -> c.process().pid);
    t.full(178, "gettid", "", c -> c.thread().id);
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
    t.full(96, "set_tid_address", "address:addr", Processes::setTidAddress);
    t.full(99, "set_robust_list", "list:addr bytes:size", Processes::setRobustList);
    t.partial(
        100,
        "get_robust_list",
        "pid list:>long-at bytes:>long-at",
        "another process's: EPERM",
        Processes::getRobustList);
  }

  private static long clone(Call c) {
    long flags = c.arg(0) & 0xffff_ffffL;
    boolean thread = (flags & CLONE_THREAD) != 0;
    return switch (c.step()) {
      case 0 -> thread ? askThread(c, flags) : fork(c, flags);
      case CHILD -> child(c);
      default -> thread ? startThread(c, flags) : parent(c);
    };
  }

  // ---- threads

  private static long askThread(Call c, long flags) {
    long known = SUPPORTED | OF_THREADS | CLONE_SYSVSEM;
    if ((flags & ~known) != 0 || (flags & OF_THREADS) != OF_THREADS || (flags & CLONE_VFORK) != 0) {
      return -Errno.EINVAL;
    }
    if (c.threads().count() >= Limits.THREADS_MAX) {
      return -Errno.EAGAIN;
    }
    writableIds(c, flags);
    long processes = c.process().limits.soft(ResourceLimits.NPROC);
    return c.ask(Role.PM, PmProtocol.Call.THREAD_START.encode(c.message(), processes));
  }

  private static long startThread(Call c, long flags) {
    writableIds(c, flags);
    int id = (int) c.answer(0);
    Machine machine = c.guest().machine();
    int hart = machine.makeHart();
    PosixThread thread = c.threads().start(c.turn(), id, hart);
    thread.state.clearedAtEnd = (flags & CLONE_CHILD_CLEARTID) != 0 ? c.arg(4) : 0;
    if ((flags & CLONE_PARENT_SETTID) != 0) {
      c.guest().putInt(c.arg(2), id);
    }
    if ((flags & CLONE_CHILD_SETTID) != 0) {
      c.guest().putInt(c.arg(4), id);
    }
    machine.selectHart(hart);
    begin(c, machine, flags);
    machine.x(A0, 0);
    machine.pc(machine.pc() + 4);
    machine.selectHart(c.thread().hart);
    return id;
  }

  private static void begin(Call c, Machine machine, long flags) {
    if (c.arg(1) != 0) {
      machine.x(SP, c.arg(1));
    }
    if ((flags & CLONE_SETTLS) != 0) {
      machine.x(TP, c.arg(3));
    }
  }

  private static void writableIds(Call c, long flags) {
    if ((flags & CLONE_PARENT_SETTID) != 0) {
      c.guest().writable(c.arg(2), 4);
    }
    if ((flags & CLONE_CHILD_SETTID) != 0) {
      c.guest().writable(c.arg(4), 4);
    }
  }

  // ---- processes

  private static long fork(Call c, long flags) {
    boolean shares = (flags & CLONE_VM) != 0;
    boolean waits = (flags & CLONE_VFORK) != 0;
    if ((flags & ~SUPPORTED) != 0 || shares != waits || (flags & CSIGNAL) > Signals.COUNT) {
      return -Errno.EINVAL;
    }
    writableIds(c, flags);
    int sharing = shares ? FORK_SHARED : 0;
    long processes = c.process().limits.soft(ResourceLimits.NPROC);
    return c.ask(
        Role.PM,
        PmProtocol.Call.FORK.encode(
            c.message(), sharing, flags & CSIGNAL, processes, c.thread().hart));
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
    c.thread().clearedAtEnd = (flags & CLONE_CHILD_CLEARTID) != 0 ? c.arg(4) : 0;
    begin(c, c.guest().machine(), flags);
    return 0;
  }

  private static long execveat(Call c) {
    int flags = c.intArg(4);
    if ((flags & ~(Names.AT_EMPTY_PATH | Names.AT_SYMLINK_NOFOLLOW)) != 0) {
      return -Errno.EINVAL;
    }
    return c.exec().begin(c, c.intArg(0), flags, c.arg(1), c.arg(2), c.arg(3));
  }

  /** The thread ends. The process ends with its last one, with the status of its first. */
  private static long exit(Call c) {
    if (c.thread().id == c.process().pid) {
      c.process().exitStatus = status(c);
    }
    return ThreadEnd.ofThread(c);
  }

  private static long exitGroup(Call c) {
    c.process().exitStatus = status(c);
    return Call.EXIT;
  }

  private static int status(Call c) {
    return (c.intArg(0) & 0xff) << 8;
  }

  private static long setpgid(Call c) {
    return c.pass(Role.PM, PmProtocol.Call.SETPGID.encode(c.message(), c.intArg(0), c.intArg(1)));
  }

  private static long setTidAddress(Call c) {
    c.thread().clearedAtEnd = c.arg(0);
    return c.thread().id;
  }

  private static long setRobustList(Call c) {
    if (c.arg(1) != RobustList.HEAD_BYTES) {
      return -Errno.EINVAL;
    }
    c.thread().robustList = c.arg(0);
    return 0;
  }

  private static long getRobustList(Call c) {
    int id = c.intArg(0);
    PosixThread thread = id == 0 ? c.threads().current() : c.threads().byId(id);
    if (thread == null) {
      return -Errno.EPERM;
    }
    c.guest().writable(c.arg(2), 8);
    c.guest().putLong(c.arg(1), thread.state.robustList);
    c.guest().putLong(c.arg(2), RobustList.HEAD_BYTES);
    return 0;
  }
}
