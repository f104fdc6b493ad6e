package org.atoll.libposix;

import org.atoll.abi.Errno;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.libposix.layout.LittleEndian;
import org.atoll.libposix.layout.TimeValue;

/** Signals as calls: dispositions, masks, sending, waiting, the return from a handler. */
final class SignalCalls {

  private static final int ACTION_BYTES = 24;
  private static final int SET_BYTES = 8;
  private static final int STACK_BYTES = 24;

  private static final int SIG_BLOCK = 0;
  private static final int SIG_UNBLOCK = 1;
  private static final int SIG_SETMASK = 2;

  /** PM.CHILD_POLICY: no zombies. */
  private static final int NO_ZOMBIES = 1;

  /** PM.CHILD_POLICY: no signal for stopped children. */
  private static final int NO_STOPS = 2;

  private static final int SIGNAL_RETURN = 139;

  private SignalCalls() {}

  static void rows(Table t) {
    t.full(
        134,
        "rt_sigaction",
        "signal:signal new:action old:>action bytes:size",
        SignalCalls::sigaction);
    t.full(
        135,
        "rt_sigprocmask",
        "how:how new:sigset old:>sigset bytes:size",
        SignalCalls::sigprocmask);
    t.full(136, "rt_sigpending", "set:>sigset bytes:size", SignalCalls::sigpending);
    t.full(
        133,
        "rt_sigsuspend",
        "mask:sigset bytes:size",
        Interruption.FAILS,
        SignalCalls::sigsuspend);
    t.full(
        137,
        "rt_sigtimedwait",
        "set:sigset info:>siginfo timeout:timespec bytes:size",
        Interruption.FAILS,
        SignalCalls::sigtimedwait);
    t.full(SIGNAL_RETURN, "rt_sigreturn", "frame:signal-frame", SignalCalls::sigreturn);
    t.full(132, "sigaltstack", "new:stack old:>stack", SignalCalls::sigaltstack);
    t.full(129, "kill", "pid signal:signal", SignalCalls::kill);
    t.full(130, "tkill", "tid signal:signal", SignalCalls::tkill);
    t.full(131, "tgkill", "pid tid signal:signal", SignalCalls::tgkill);
    t.full(138, "rt_sigqueueinfo", "pid signal:signal info:siginfo", SignalCalls::queue);
    t.full(
        240, "rt_tgsigqueueinfo", "pid tid signal:signal info:siginfo", SignalCalls::queueToThread);
  }

  private static void checkSetBytes(Call c, int argument) {
    if (c.arg(argument) != SET_BYTES) {
      throw new Failure(Errno.EINVAL);
    }
  }

  // ---- dispositions

  private static long sigaction(Call c) {
    if (c.step() == 1) {
      return 0;
    }
    checkSetBytes(c, 3);
    int signal = c.intArg(0);
    boolean fixed = signal == Signals.SIGKILL || signal == Signals.SIGSTOP;
    if (signal < 1 || signal > Signals.COUNT || fixed && c.arg(1) != 0) {
      return -Errno.EINVAL;
    }
    byte[] action = c.arg(1) == 0 ? new byte[0] : c.guest().read(c.arg(1), ACTION_BYTES);
    if (c.arg(2) != 0) {
      c.guest().write(c.arg(2), current(c.process().signals, signal));
    }
    if (action.length == 0) {
      return 0;
    }
    c.arrivals()
        .action(
            signal,
            LittleEndian.getLong(action, 0),
            LittleEndian.getLong(action, 8),
            LittleEndian.getLong(action, 16));
    return signal == Signals.SIGCHLD ? tellPolicy(c) : 0;
  }

  private static byte[] current(ProcessSignals signals, int signal) {
    byte[] action = new byte[ACTION_BYTES];
    LittleEndian.putLong(action, 0, signals.handler(signal));
    LittleEndian.putLong(action, 8, signals.flags(signal));
    LittleEndian.putLong(action, 16, signals.mask(signal));
    return action;
  }

  private static long tellPolicy(Call c) {
    int policy = childPolicy(c.process().signals);
    return c.ask(Role.PM, PmProtocol.Call.CHILD_POLICY.encode(c.message(), policy));
  }

  /** The wish for its children that a process's disposition of SIGCHLD is, as PM knows it. */
  static int childPolicy(ProcessSignals signals) {
    long flags = signals.flags(Signals.SIGCHLD);
    boolean ignored = signals.handler(Signals.SIGCHLD) == Signals.SIG_IGN;
    int policy = ignored || (flags & Signals.SA_NOCLDWAIT) != 0 ? NO_ZOMBIES : 0;
    return policy | ((flags & Signals.SA_NOCLDSTOP) != 0 ? NO_STOPS : 0);
  }

  private static long sigaltstack(Call c) {
    Signals signals = c.signals();
    boolean onStack = signals.onStack(c.guest().machine().x(2));
    byte[] wanted = c.arg(0) == 0 ? new byte[0] : c.guest().read(c.arg(0), STACK_BYTES);
    byte[] old = new byte[STACK_BYTES];
    LittleEndian.putLong(old, 0, signals.stackBase());
    LittleEndian.putInt(old, 8, signals.stackFlags() | (onStack ? Signals.SS_ONSTACK : 0));
    LittleEndian.putLong(old, 16, signals.stackBytes());
    if (c.arg(1) != 0) {
      c.guest().writable(c.arg(1), STACK_BYTES);
    }
    if (wanted.length > 0) {
      setStack(signals, wanted, onStack);
    }
    if (c.arg(1) != 0) {
      c.guest().write(c.arg(1), old);
    }
    return 0;
  }

  private static void setStack(Signals signals, byte[] wanted, boolean onStack) {
    int flags = LittleEndian.getInt(wanted, 8);
    int mode = flags & ~Signals.SS_AUTODISARM;
    long bytes = LittleEndian.getLong(wanted, 16);
    if (onStack) {
      throw new Failure(Errno.EPERM);
    }
    if (mode != 0 && mode != Signals.SS_ONSTACK && mode != Signals.SS_DISABLE) {
      throw new Failure(Errno.EINVAL);
    }
    if (mode == Signals.SS_DISABLE) {
      signals.stack(0, 0, flags);
    } else if (Long.compareUnsigned(bytes, SignalFrame.STACK_BYTES_MIN) < 0) {
      throw new Failure(Errno.ENOMEM);
    } else {
      signals.stack(LittleEndian.getLong(wanted, 0), bytes, flags & ~Signals.SS_ONSTACK);
    }
  }

  private static long sigreturn(Call c) {
    try {
      SignalFrame.pop(c.guest(), c.signals());
    } catch (Failure badFrame) {
      c.signals().force(SignalInfo.byKernel(Signals.SIGSEGV));
    }
    return Call.DONE;
  }

  // ---- masks

  private static long sigprocmask(Call c) {
    checkSetBytes(c, 3);
    Signals signals = c.signals();
    long old = signals.blocked();
    long mask = old;
    if (c.arg(1) != 0) {
      long set = c.guest().getLong(c.arg(1));
      mask =
          switch (c.intArg(0)) {
            case SIG_BLOCK -> old | set;
            case SIG_UNBLOCK -> old & ~set;
            case SIG_SETMASK -> set;
            default -> throw new Failure(Errno.EINVAL);
          };
    }
    if (c.arg(2) != 0) {
      c.guest().putLong(c.arg(2), old);
    }
    signals.blocked(mask);
    return 0;
  }

  private static long sigpending(Call c) {
    if (Long.compareUnsigned(c.arg(1), SET_BYTES) > 0) {
      return -Errno.EINVAL;
    }
    byte[] set = new byte[SET_BYTES];
    Signals signals = c.signals();
    LittleEndian.putLong(set, 0, signals.pending() & signals.blocked());
    c.guest().write(c.arg(0), set, 0, (int) c.arg(1));
    return 0;
  }

  private static long sigsuspend(Call c) {
    checkSetBytes(c, 1);
    c.signals().blockedMeanwhile(c.guest().getLong(c.arg(0)));
    return c.signalled() ? Interruption.FAILS.code : c.untilEvent();
  }

  private static long sigtimedwait(Call c) {
    checkSetBytes(c, 3);
    Signals signals = c.signals();
    long set = c.guest().getLong(c.arg(0)) & ~Signals.NEVER_BLOCKED;
    int signal = signals.pendingOf(set);
    if (signal != 0) {
      if (c.arg(1) != 0) {
        c.guest().write(c.arg(1), signals.peek(signal).encode());
      }
      signals.remove(signal);
      c.cancelSleep();
      return signal;
    }
    if (c.signalled()) {
      c.cancelSleep();
      return -Errno.EINTR;
    }
    signals.await(set);
    return c.arg(2) == 0 ? c.untilEvent() : untilTimeout(c);
  }

  private static long untilTimeout(Call c) {
    long now = c.kernel().nowNanos();
    if (c.word(1) == 0) {
      long timeout = TimeValue.nanos(c.guest().read(c.arg(2), TimeValue.BYTES), 0);
      if (timeout == TimeValue.INVALID) {
        return -Errno.EINVAL;
      }
      c.word(0, Timers.saturatedAdd(now, timeout));
      c.word(1, 1);
    }
    if (now >= c.word(0)) {
      return -Errno.EAGAIN;
    }
    c.sleep(c.word(0) - now);
    return c.untilEvent();
  }

  // ---- sending

  private static long kill(Call c) {
    return send(c, c.intArg(0), 0, c.intArg(1), SignalInfo.SI_USER, 0);
  }

  private static long tkill(Call c) {
    int thread = c.intArg(0);
    return thread <= 0 ? -Errno.EINVAL : send(c, 0, thread, c.intArg(1), SignalInfo.SI_TKILL, 0);
  }

  private static long tgkill(Call c) {
    boolean valid = c.intArg(0) > 0 && c.intArg(1) > 0;
    return valid
        ? send(c, c.intArg(0), c.intArg(1), c.intArg(2), SignalInfo.SI_TKILL, 0)
        : -Errno.EINVAL;
  }

  private static long queue(Call c) {
    SignalInfo sent = info(c, c.intArg(0), c.intArg(1), c.arg(2));
    return c.intArg(0) <= 0
        ? -Errno.EINVAL
        : send(c, c.intArg(0), 0, sent.signal(), sent.code(), sent.value());
  }

  private static long queueToThread(Call c) {
    boolean valid = c.intArg(0) > 0 && c.intArg(1) > 0;
    if (!valid) {
      return -Errno.EINVAL;
    }
    SignalInfo sent = info(c, c.intArg(0), c.intArg(2), c.arg(3));
    return send(c, c.intArg(0), c.intArg(1), sent.signal(), sent.code(), sent.value());
  }

  /** Information of the caller's own making, which must not look like another's. */
  private static SignalInfo info(Call c, int pid, int signal, long address) {
    SignalInfo sent = SignalInfo.decode(signal, c.guest().read(address, SignalInfo.BYTES));
    boolean own = pid == c.process().pid;
    if (!own && (sent.code() >= 0 || sent.code() == SignalInfo.SI_TKILL)) {
      throw new Failure(Errno.EPERM);
    }
    return sent;
  }

  /**
   * To its own process a signal is sent at once, so that it is delivered before the call is over.
   *
   * @param pid as kill(2) takes it; 0 with a thread: whatever process that is of
   * @param thread the thread that it is for, or 0
   */
  private static long send(Call c, int pid, int thread, int signal, int code, long value) {
    if (signal < 0 || signal > Signals.COUNT) {
      return -Errno.EINVAL;
    }
    ProcessState process = c.process();
    PosixThread to = thread == 0 ? null : c.threads().byId(thread);
    boolean own = thread == 0 ? pid == process.pid : to != null && (pid == 0 || pid == process.pid);
    if (!own) {
      return c.pass(
          Role.PM, PmProtocol.Call.KILL.encode(c.message(), pid, signal, code, value, thread));
    }
    if (signal == 0) {
      return 0;
    }
    int user = process.credentials.user();
    return c.arrivals().raise(new SignalInfo(signal, code, process.pid, user, value), to);
  }
}
