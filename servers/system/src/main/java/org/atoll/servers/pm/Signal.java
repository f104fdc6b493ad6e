package org.atoll.servers.pm;

/** The signal numbers and siginfo codes that PM itself deals in: Linux's. */
final class Signal {

  static final int HUP = 1;
  static final int KILL = 9;
  static final int CHLD = 17;
  static final int CONT = 18;
  static final int TSTP = 20;
  static final int TTIN = 21;
  static final int TTOU = 22;

  /** Highest signal number. */
  static final int MAX = 64;

  /** si_code: kill(2). */
  static final int SI_USER = 0;

  /** si_code: from the system itself. */
  static final int SI_KERNEL = 0x80;

  static final int CLD_EXITED = 1;
  static final int CLD_KILLED = 2;
  static final int CLD_DUMPED = 3;
  static final int CLD_STOPPED = 5;
  static final int CLD_CONTINUED = 6;

  private static final int CORE = 0x80;

  private Signal() {}

  /** CLD_ code of a wait status. */
  static int endCode(int waitStatus) {
    if ((waitStatus & 0x7f) == 0) {
      return CLD_EXITED;
    }
    return (waitStatus & CORE) != 0 ? CLD_DUMPED : CLD_KILLED;
  }

  /** si_status of a wait status: the exit code or the signal. */
  static int endValue(int waitStatus) {
    int signal = waitStatus & 0x7f;
    return signal == 0 ? waitStatus >>> 8 & 0xff : signal;
  }
}
