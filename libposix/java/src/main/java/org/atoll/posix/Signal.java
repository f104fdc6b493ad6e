package org.atoll.posix;

import static org.atoll.posix.PosixException.check;

import java.util.ArrayList;
import java.util.List;
import org.atoll.posix.gate.Bytes;
import org.atoll.posix.gate.Gate;
import org.atoll.posix.gate.Scratch;
import org.jspecify.annotations.Nullable;

/**
 * {@code <signal.h>}: signals, their handlers and masks.
 *
 * <p>A handler runs on the program's thread, between two of its steps or in the middle of a call
 * that waits, which then fails with EINTR or is made again ({@link #SA_RESTART}), as in C. What a
 * handler throws is thrown where the program was.
 */
public final class Signal {

  public static final int SIGHUP = 1;
  public static final int SIGINT = 2;
  public static final int SIGQUIT = 3;
  public static final int SIGILL = 4;
  public static final int SIGTRAP = 5;
  public static final int SIGABRT = 6;
  public static final int SIGBUS = 7;
  public static final int SIGFPE = 8;
  public static final int SIGKILL = 9;
  public static final int SIGUSR1 = 10;
  public static final int SIGSEGV = 11;
  public static final int SIGUSR2 = 12;
  public static final int SIGPIPE = 13;
  public static final int SIGALRM = 14;
  public static final int SIGTERM = 15;
  public static final int SIGCHLD = 17;
  public static final int SIGCONT = 18;
  public static final int SIGSTOP = 19;
  public static final int SIGTSTP = 20;
  public static final int SIGTTIN = 21;
  public static final int SIGTTOU = 22;
  public static final int SIGURG = 23;
  public static final int SIGWINCH = 28;

  /** {@link #sigaction}: a call that the handler interrupted is made again. */
  public static final int SA_RESTART = 0x1000_0000;

  /** {@link #sigaction}: the handler is for one signal only. */
  public static final int SA_RESETHAND = 0x8000_0000;

  /** {@link #sigaction}: the signal is not blocked in its handler. */
  public static final int SA_NODEFER = 0x4000_0000;

  /** {@link #sigprocmask}: blocks these as well. */
  public static final int SIG_BLOCK = 0;

  /** {@link #sigprocmask}: blocks these no longer. */
  public static final int SIG_UNBLOCK = 1;

  /** {@link #sigprocmask}: blocks these and no others. */
  public static final int SIG_SETMASK = 2;

  /** What becomes of a signal. */
  @FunctionalInterface
  public interface Handler {
    /** The signal has come. */
    void handle(int signal);
  }

  /** The default. */
  public static final Handler SIG_DFL = signal -> {};

  /** Nothing happens. */
  public static final Handler SIG_IGN = signal -> {};

  private static final int COUNT = 64;
  private static final long DEFAULT = 0;
  private static final long IGNORED = 1;
  private static final int SET_BYTES = 8;
  private static final int ACTION_BYTES = 24;

  private Signal() {}

  /** Sends a signal; 0 only asks whether it could. Errors: EINVAL, EPERM, ESRCH. */
  public static void kill(int pid, int signal) {
    check("kill", Gate.current().process().call(129, pid, signal));
  }

  /** Sends a signal to the process itself. */
  public static void raise(int signal) {
    kill(Unistd.getpid(), signal);
  }

  /** A handler, {@link #SIG_DFL} or {@link #SIG_IGN}; interrupted calls are made again. */
  public static void signal(int signal, Handler handler) {
    sigaction(signal, handler, SA_RESTART, 0);
  }

  /**
   * A handler, {@link #SIG_DFL} or {@link #SIG_IGN}. Errors: EINVAL.
   *
   * @param flags of SA_
   * @param mask signals that are blocked in the handler, too: see {@link #bit}
   */
  public static void sigaction(int signal, Handler handler, int flags, long mask) {
    if (signal < 1 || signal > COUNT) {
      throw new PosixException("sigaction", Errno.EINVAL);
    }
    byte[] action = new byte[ACTION_BYTES];
    Bytes.putLong(action, 0, address(signal, handler));
    Bytes.putLong(action, 8, flags & 0xffff_ffffL);
    Bytes.putLong(action, 16, mask);
    try (Scratch s = Scratch.open()) {
      check("sigaction", s.call(134, signal, s.copy(action), 0, SET_BYTES));
    }
  }

  private static long address(int signal, Handler handler) {
    if (handler == SIG_DFL) {
      return DEFAULT;
    }
    if (handler == SIG_IGN) {
      return IGNORED;
    }
    return Gate.current().process().handler(signal, handler::handle);
  }

  /** The bit of a signal in a mask. */
  public static long bit(int signal) {
    return 1L << signal - 1;
  }

  /** Changes the mask; answers the one before. Errors: EINVAL. */
  public static long sigprocmask(int how, long mask) {
    try (Scratch s = Scratch.open()) {
      long old = s.room(SET_BYTES);
      check("sigprocmask", s.call(135, how, s.copy(set(mask)), old, SET_BYTES));
      return Bytes.getLong(s.bytes(old, SET_BYTES), 0);
    }
  }

  /** Signals that wait because they are blocked. */
  public static long sigpending() {
    try (Scratch s = Scratch.open()) {
      long room = s.room(SET_BYTES);
      check("sigpending", s.call(136, room, SET_BYTES));
      return Bytes.getLong(s.bytes(room, SET_BYTES), 0);
    }
  }

  /** Waits for a signal with another mask; returns when its handler has. */
  public static void sigsuspend(long mask) {
    try (Scratch s = Scratch.open()) {
      s.call(133, s.copy(set(mask)), SET_BYTES);
    }
  }

  /**
   * Waits for one of these signals, which are blocked; answers which, or -1 when the time is over.
   * Errors: EINTR.
   *
   * @param timeoutNanos null: no limit
   */
  public static int sigtimedwait(long mask, @Nullable Long timeoutNanos) {
    try (Scratch s = Scratch.open()) {
      long time = timeoutNanos == null ? 0 : s.copy(Poll.timespec(timeoutNanos));
      long result = s.call(137, s.copy(set(mask)), 0, time, SET_BYTES);
      return result == -Errno.EAGAIN ? -1 : (int) check("sigtimedwait", result);
    }
  }

  // ---- what the child of a spawn does with them

  /** The calls that give each signal with a handler its default. */
  static List<long[]> defaults(Scratch s) {
    long old = s.room(ACTION_BYTES);
    long byDefault = s.copy(new byte[ACTION_BYTES]);
    List<long[]> calls = new ArrayList<>();
    for (int signal = 1; signal <= COUNT; signal++) {
      check("sigaction", s.call(134, signal, 0, old, SET_BYTES));
      long handler = Bytes.getLong(s.bytes(old, ACTION_BYTES), 0);
      if (handler != DEFAULT && handler != IGNORED) {
        calls.add(new long[] {134, signal, byDefault, 0, SET_BYTES});
      }
    }
    return calls;
  }

  /** The call that sets a mask. */
  static long[] restoring(Scratch s, long mask) {
    return new long[] {135, SIG_SETMASK, s.copy(set(mask)), 0, SET_BYTES};
  }

  private static byte[] set(long mask) {
    byte[] set = new byte[SET_BYTES];
    Bytes.putLong(set, 0, mask);
    return set;
  }
}
