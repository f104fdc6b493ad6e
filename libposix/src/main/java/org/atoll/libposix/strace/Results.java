package org.atoll.libposix.strace;

import org.atoll.abi.Errno;

/** How results print that are no numbers. */
public final class Results {

  private static final int ERRNO_MAX = 4095;

  private Results() {}

  /** Whether a result is a negated errno. */
  public static boolean isErrno(long result) {
    return result < 0 && result >= -ERRNO_MAX;
  }

  /** -1 and the errno, or that the call is to be restarted. */
  static void failure(StringBuilder out, int errno) {
    switch (errno) {
      case 512 -> out.append("? ERESTARTSYS (To be restarted if SA_RESTART is set)");
      case 513 -> out.append("? ERESTARTNOINTR (To be restarted)");
      case 514 -> out.append("? ERESTARTNOHAND (To be restarted if no handler)");
      case 516 -> out.append("? ERESTART_RESTARTBLOCK (Interrupted by signal)");
      default -> {
        out.append("-1 ").append(Errno.name(errno));
        out.append(" (").append(Errno.text(errno)).append(')');
      }
    }
  }
}
