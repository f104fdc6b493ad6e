package org.atoll.libposix;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.protocol.DeviceProtocol;

/**
 * A thread's signals: its mask, what is pending for it alone, its alternate stack; and those of its
 * process, of which it takes what is pending there, too (POSIX.1-2024, XSH 2.4). Owner: the
 * process's task.
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
  static final int SIGIO = 29;
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

  private static final int STATE_VERSION = 2;

  /** No mask holds these. */
  static final long NEVER_BLOCKED = bit(SIGKILL) | bit(SIGSTOP);

  /** The signals that stop a process. */
  static final long STOPS = bit(SIGSTOP) | bit(SIGTSTP) | bit(SIGTTIN) | bit(SIGTTOU);

  private static final long IGNORED_BY_DEFAULT =
      bit(SIGCHLD) | bit(SIGCONT) | bit(SIGURG) | bit(SIGWINCH);
  private static final long SYNCHRONOUS =
      bit(SIGSEGV) | bit(SIGBUS) | bit(SIGILL) | bit(SIGTRAP) | bit(SIGFPE) | bit(SIGSYS);

  /** Those of the process. */
  final ProcessSignals all;

  /** Pending for this thread alone. */
  final PendingSignals own = new PendingSignals();

  private long blocked;
  private long savedMask;
  private boolean maskSaved;

  /** What sigtimedwait waits for: taken by this thread although it is blocked. */
  private long awaited;

  private long stackBase;
  private long stackBytes;
  private int stackFlags = SS_DISABLE;

  Signals(ProcessSignals all) {
    this.all = all;
  }

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

  long handler(int signal) {
    return all.handler(signal);
  }

  long flags(int signal) {
    return all.flags(signal);
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
    return all.handler(signal) == SIG_IGN || (blocked & bit(signal)) != 0;
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
    long flags = all.flags(signal);
    blocked(blocked | all.mask(signal) | ((flags & SA_NODEFER) == 0 ? bit(signal) : 0));
    if ((flags & SA_RESETHAND) != 0) {
      all.byDefault(signal);
    }
  }

  /** Whether a signal that is ignored is kept all the same, since it is blocked. */
  boolean keeps(int signal) {
    return ((blocked | (maskSaved ? savedMask : 0)) & bit(signal)) != 0;
  }

  /** Waits for these signals, or no longer for any (0). */
  void await(long set) {
    awaited = set;
  }

  /** Which of these signals, pending for the process, this thread takes. */
  long takes(long set) {
    return set & (~blocked | awaited);
  }

  // ---- what is pending

  /** Pending for this thread alone. */
  long ownPending() {
    return own.set();
  }

  long pending() {
    return own.set() | all.pending.set();
  }

  boolean killed() {
    return all.killed;
  }

  /** Whether there is anything to deliver: the end, a stop, or a signal not blocked or ignored. */
  boolean deliverable() {
    return all.killed || all.stopped || next() != 0;
  }

  /** A fault of the program itself: cannot be blocked or ignored, then it kills. */
  void force(SignalInfo info) {
    int signal = info.signal();
    if ((blocked & bit(signal)) != 0 || all.handler(signal) == SIG_IGN) {
      all.byDefault(signal);
      blocked &= ~bit(signal);
    }
    own.forget(bit(signal));
    own.add(info, Long.MAX_VALUE);
  }

  /**
   * The signal to deliver now, or 0: its own faults first, then what is pending for the thread,
   * then what is for the process; of each the lowest number.
   */
  int next() {
    long ready = pending() & ~blocked;
    while (ready != 0) {
      int signal = first(ready);
      if (!all.ignored(signal)) {
        return signal;
      }
      own.forget(bit(signal));
      all.pending.forget(bit(signal));
      ready &= ~bit(signal);
    }
    return 0;
  }

  private int first(long ready) {
    int fault = own.firstOf(ready & SYNCHRONOUS);
    return fault != 0 ? fault : pendingOf(ready);
  }

  /** The pending signal of a set to take first, or 0. */
  int pendingOf(long set) {
    int signal = own.firstOf(set);
    return signal != 0 ? signal : all.pending.firstOf(set);
  }

  /** The oldest pending instance of a pending signal. */
  SignalInfo peek(int signal) {
    return holder(signal).peek(signal);
  }

  /** Takes the oldest pending instance away. */
  void remove(int signal) {
    holder(signal).remove(signal);
  }

  private PendingSignals holder(int signal) {
    return own.has(signal) ? own : all.pending;
  }

  /** A new thread, or the child of a fork, has nothing pending and waits for nothing. */
  void clearPending() {
    own.forget(-1L);
    awaited = 0;
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
    out.writeLong(blocked).writeLong(savedMask).writeBoolean(maskSaved).writeLong(awaited);
    out.writeLong(stackBase).writeLong(stackBytes).writeInt(stackFlags);
    own.save(out);
  }

  void load(StateReader in) {
    in.version(STATE_VERSION);
    blocked = in.readLong();
    savedMask = in.readLong();
    maskSaved = in.readBoolean();
    awaited = in.readLong();
    stack(in.readLong(), in.readLong(), in.readInt());
    own.load(in);
  }
}
