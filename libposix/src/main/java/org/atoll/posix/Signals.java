package org.atoll.posix;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import org.atoll.abi.Errno;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.protocol.DeviceProtocol;
import org.jspecify.annotations.Nullable;

/**
 * A process's signals: dispositions, mask, and what is pending (POSIX.1-2024, XSH 2.4).
 *
 * <p>Standard signals are pending once; real-time signals (32 to 64) queue in order, up to a limit.
 * Owner: the process's task.
 */
final class Signals {

  /** Signals are numbered 1 to 64. */
  static final int COUNT = 64;

  static final int SIGHUP = 1;
  static final int SIGILL = 4;
  static final int SIGTRAP = 5;
  static final int SIGBUS = 7;
  static final int SIGFPE = 8;
  static final int SIGKILL = 9;
  static final int SIGSEGV = 11;
  static final int SIGPIPE = 13;
  static final int SIGALRM = 14;
  static final int SIGCHLD = 17;
  static final int SIGCONT = 18;
  static final int SIGSTOP = 19;
  static final int SIGTSTP = 20;
  static final int SIGTTIN = 21;
  static final int SIGTTOU = 22;
  static final int SIGURG = 23;
  static final int SIGXCPU = 24;
  static final int SIGXFSZ = 25;
  static final int SIGVTALRM = 26;
  static final int SIGPROF = 27;
  static final int SIGWINCH = 28;
  static final int SIGSYS = 31;
  static final int FIRST_REAL_TIME = 32;

  static final long SIG_DFL = 0;
  static final long SIG_IGN = 1;

  static final long SA_NOCLDSTOP = 1;
  static final long SA_NOCLDWAIT = 2;
  static final long SA_SIGINFO = 4;
  static final long SA_ONSTACK = 0x0800_0000;
  static final long SA_RESTART = 0x1000_0000;
  static final long SA_NODEFER = 0x4000_0000;
  static final long SA_RESETHAND = 0x8000_0000L;

  /** Alternate stack: not set. */
  static final int SS_DISABLE = 2;

  /** Alternate stack: in use now. */
  static final int SS_ONSTACK = 1;

  /** Alternate stack: disarmed while a handler runs on it. */
  static final int SS_AUTODISARM = 1 << 31;

  private static final int STATE_VERSION = 1;
  private static final long NEVER_BLOCKED = bit(SIGKILL) | bit(SIGSTOP);
  private static final long STOPS = bit(SIGSTOP) | bit(SIGTSTP) | bit(SIGTTIN) | bit(SIGTTOU);
  private static final long IGNORED_BY_DEFAULT =
      bit(SIGCHLD) | bit(SIGCONT) | bit(SIGURG) | bit(SIGWINCH);
  private static final long SYNCHRONOUS =
      bit(SIGSEGV) | bit(SIGBUS) | bit(SIGILL) | bit(SIGTRAP) | bit(SIGFPE) | bit(SIGSYS);

  private final long[] handlers = new long[COUNT + 1];
  private final long[] flags = new long[COUNT + 1];
  private final long[] masks = new long[COUNT + 1];
  private final @Nullable SignalInfo[] standard = new @Nullable SignalInfo[FIRST_REAL_TIME];
  private final Deque<SignalInfo> realTime = new ArrayDeque<>();
  private long pending;
  private long blocked;
  private long savedMask;
  private boolean maskSaved;
  private boolean killed;
  private long arrivals;

  private long stackBase;
  private long stackBytes;
  private int stackFlags = SS_DISABLE;

  static long bit(int signal) {
    return 1L << signal - 1;
  }

  /** What a signal does by default. */
  static boolean stopsByDefault(int signal) {
    return signal <= SIGTTOU && (STOPS & bit(signal)) != 0;
  }

  static boolean ignoredByDefault(int signal) {
    return (IGNORED_BY_DEFAULT & bit(signal)) != 0;
  }

  // ---- dispositions

  long handler(int signal) {
    return handlers[signal];
  }

  long flags(int signal) {
    return flags[signal];
  }

  long mask(int signal) {
    return masks[signal];
  }

  /** As sigaction: what is ignored from now on is no longer pending. */
  void action(int signal, long handler, long newFlags, long mask) {
    handlers[signal] = handler;
    flags[signal] = newFlags;
    masks[signal] = mask & ~NEVER_BLOCKED;
    if (ignored(signal)) {
      forget(bit(signal));
    }
  }

  boolean ignored(int signal) {
    return handlers[signal] == SIG_IGN || handlers[signal] == SIG_DFL && ignoredByDefault(signal);
  }

  /**
   * What a terminal has to know before it reads, writes or changes for a background process: flags
   * of {@link DeviceProtocol}.
   */
  int jobControl() {
    return (isOff(SIGTTIN) ? DeviceProtocol.SIGTTIN_OFF : 0)
        | (isOff(SIGTTOU) ? DeviceProtocol.SIGTTOU_OFF : 0);
  }

  private boolean isOff(int signal) {
    return handlers[signal] == SIG_IGN || (blocked & bit(signal)) != 0;
  }

  /** exec: handlers become the default, what is ignored stays so, no alternate stack. */
  void reset() {
    for (int signal = 1; signal <= COUNT; signal++) {
      if (handlers[signal] != SIG_IGN) {
        handlers[signal] = SIG_DFL;
      }
      flags[signal] = 0;
      masks[signal] = 0;
    }
    stack(0, 0, SS_DISABLE);
  }

  // ---- the mask

  long blocked() {
    return blocked;
  }

  void blocked(long mask) {
    blocked = mask & ~NEVER_BLOCKED;
  }

  /** Another mask until the call has ended and its signals are delivered. */
  void blockedMeanwhile(long mask) {
    if (!maskSaved) {
      savedMask = blocked;
      maskSaved = true;
    }
    blocked(mask);
  }

  /** The mask that a handler's return brings back. */
  long maskToRestore() {
    return maskSaved ? savedMask : blocked;
  }

  /** The mask that was set aside comes back. */
  void restoreMask() {
    if (maskSaved) {
      blocked = savedMask;
      maskSaved = false;
    }
  }

  /** A handler begins: its return brings the mask back. */
  void enterHandler(int signal) {
    maskSaved = false;
    blocked(blocked | masks[signal] | ((flags[signal] & SA_NODEFER) == 0 ? bit(signal) : 0));
    if ((flags[signal] & SA_RESETHAND) != 0) {
      handlers[signal] = SIG_DFL;
    }
  }

  // ---- what is pending

  long pending() {
    return pending;
  }

  boolean killed() {
    return killed;
  }

  /** How many signals have come so far, whatever became of them. */
  long arrivals() {
    return arrivals;
  }

  /** Whether a signal is pending that is neither blocked nor ignored. */
  boolean deliverable() {
    return killed || next() != 0;
  }

  /**
   * A signal arrives. Returns 0, or {@code -EAGAIN} when the queue is full.
   *
   * @param queueMax real-time signals that may be pending
   */
  int generate(SignalInfo info, long queueMax) {
    int signal = info.signal();
    arrivals++;
    if (signal == SIGKILL) {
      killed = true;
      return 0;
    }
    if (signal == SIGCONT) {
      forget(STOPS);
    } else if (stopsByDefault(signal)) {
      forget(bit(SIGCONT));
    }
    if ((blocked & bit(signal)) == 0 && !wasBlocked(signal) && ignored(signal)) {
      return 0;
    }
    return enter(info, queueMax);
  }

  private boolean wasBlocked(int signal) {
    return maskSaved && (savedMask & bit(signal)) != 0;
  }

  private int enter(SignalInfo info, long queueMax) {
    int signal = info.signal();
    if (signal < FIRST_REAL_TIME) {
      if ((pending & bit(signal)) == 0) {
        standard[signal] = info;
      }
    } else if (realTime.size() < queueMax) {
      realTime.add(info);
    } else {
      return -Errno.EAGAIN;
    }
    pending |= bit(signal);
    return 0;
  }

  /** A fault of the program itself: cannot be blocked or ignored, then it kills. */
  void force(SignalInfo info) {
    int signal = info.signal();
    if ((blocked & bit(signal)) != 0 || handlers[signal] == SIG_IGN) {
      handlers[signal] = SIG_DFL;
      blocked &= ~bit(signal);
    }
    forget(bit(signal));
    enter(info, Long.MAX_VALUE);
  }

  /** The signal to deliver now (its own faults first, then the lowest number), or 0. */
  int next() {
    long ready = pending & ~blocked;
    while (ready != 0) {
      long first = (ready & SYNCHRONOUS) != 0 ? ready & SYNCHRONOUS : ready;
      int signal = Long.numberOfTrailingZeros(first) + 1;
      if (!ignored(signal)) {
        return signal;
      }
      forget(bit(signal));
      ready &= ~bit(signal);
    }
    return 0;
  }

  /** The lowest pending signal of a set, or 0. */
  int pendingOf(long set) {
    long ready = pending & set;
    return ready == 0 ? 0 : Long.numberOfTrailingZeros(ready) + 1;
  }

  /** The oldest pending instance of a pending signal. */
  SignalInfo peek(int signal) {
    if (signal < FIRST_REAL_TIME) {
      SignalInfo info = standard[signal];
      return info != null ? info : SignalInfo.byKernel(signal);
    }
    for (SignalInfo info : realTime) {
      if (info.signal() == signal) {
        return info;
      }
    }
    throw new IllegalStateException("signal " + signal + " is not pending");
  }

  /** Takes the oldest pending instance away. */
  void remove(int signal) {
    if (signal < FIRST_REAL_TIME) {
      forget(bit(signal));
      return;
    }
    boolean more = false;
    boolean removed = false;
    for (Iterator<SignalInfo> all = realTime.iterator(); all.hasNext(); ) {
      if (all.next().signal() == signal) {
        if (removed) {
          more = true;
        } else {
          all.remove();
          removed = true;
        }
      }
    }
    pending = more ? pending : pending & ~bit(signal);
  }

  private void forget(long set) {
    if ((pending & set) == 0) {
      return;
    }
    for (int signal = 1; signal < FIRST_REAL_TIME; signal++) {
      if ((set & bit(signal)) != 0) {
        standard[signal] = null;
      }
    }
    realTime.removeIf(info -> (set & bit(info.signal())) != 0);
    pending &= ~set;
  }

  /** The child of a fork has nothing pending. */
  void clearPending() {
    forget(-1L);
    killed = false;
  }

  // ---- the alternate stack

  long stackBase() {
    return stackBase;
  }

  long stackBytes() {
    return stackBytes;
  }

  int stackFlags() {
    return stackFlags;
  }

  void stack(long base, long bytes, int newFlags) {
    stackBase = base;
    stackBytes = bytes;
    stackFlags = newFlags;
  }

  /** Whether a stack pointer is in the alternate stack. */
  boolean onStack(long sp) {
    return (stackFlags & (SS_DISABLE | SS_AUTODISARM)) == 0
        && sp > stackBase
        && sp - stackBase <= stackBytes;
  }

  void save(StateWriter out) {
    out.version(STATE_VERSION);
    for (int i = 1; i <= COUNT; i++) {
      out.writeLong(handlers[i]).writeLong(flags[i]).writeLong(masks[i]);
    }
    out.writeLong(blocked).writeLong(savedMask).writeBoolean(maskSaved).writeBoolean(killed);
    out.writeLong(arrivals);
    out.writeLong(stackBase).writeLong(stackBytes).writeInt(stackFlags);
    out.writeInt(Long.bitCount(pending & bit(FIRST_REAL_TIME) - 1) + realTime.size());
    for (int i = 1; i < FIRST_REAL_TIME; i++) {
      if ((pending & bit(i)) != 0) {
        peek(i).save(out);
      }
    }
    realTime.forEach(info -> info.save(out));
  }

  void load(StateReader in) {
    in.version(STATE_VERSION);
    for (int i = 1; i <= COUNT; i++) {
      handlers[i] = in.readLong();
      flags[i] = in.readLong();
      masks[i] = in.readLong();
    }
    blocked = in.readLong();
    savedMask = in.readLong();
    maskSaved = in.readBoolean();
    killed = in.readBoolean();
    arrivals = in.readLong();
    stack(in.readLong(), in.readLong(), in.readInt());
    Arrays.fill(standard, null);
    realTime.clear();
    pending = 0;
    for (int count = in.readInt(); count > 0; count--) {
      enter(SignalInfo.load(in), Long.MAX_VALUE);
    }
  }
}
