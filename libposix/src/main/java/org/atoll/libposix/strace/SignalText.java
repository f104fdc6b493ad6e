package org.atoll.libposix.strace;

/** A signal that is delivered: its siginfo as strace prints it. */
public final class SignalText {

  private static final int SIGILL = 4;
  private static final int SIGTRAP = 5;
  private static final int SIGBUS = 7;
  private static final int SIGFPE = 8;
  private static final int SIGSEGV = 11;
  private static final int SIGCHLD = 17;
  private static final int SIGIO = 29;
  private static final int SI_KERNEL = 0x80;

  private static final String[] CHILD = {
    "CLD_EXITED", "CLD_KILLED", "CLD_DUMPED", "CLD_TRAPPED", "CLD_STOPPED", "CLD_CONTINUED"
  };
  private static final String[] ILLEGAL = {"ILL_ILLOPC", "ILL_ILLOPN", "ILL_ILLADR", "ILL_ILLTRP"};
  private static final String[] SEGMENT = {"SEGV_MAPERR", "SEGV_ACCERR"};
  private static final String[] BUS = {"BUS_ADRALN", "BUS_ADRERR", "BUS_OBJERR"};
  private static final String[] FLOAT = {
    "FPE_INTDIV", "FPE_INTOVF", "FPE_FLTDIV", "FPE_FLTOVF", "FPE_FLTUND", "FPE_FLTRES", "FPE_FLTINV"
  };
  private static final String[] TRAP = {"TRAP_BRKPT", "TRAP_TRACE"};
  private static final String[] POLL = {
    "POLL_IN", "POLL_OUT", "POLL_MSG", "POLL_ERR", "POLL_PRI", "POLL_HUP"
  };
  private static final String[] NONE = {};

  private SignalText() {}

  /** Prints a siginfo of Linux by its fields. */
  public static void info(StringBuilder out, int signal, int code, int pid, int uid, long value) {
    SignalNames.name(out.append("{si_signo="), signal);
    out.append(", si_code=").append(code(signal, code));
    if (isFault(signal, code)) {
      Numbers.address(out.append(", si_addr="), value);
    } else if (signal == SIGCHLD && code > 0 && code < SI_KERNEL) {
      who(out, pid, uid).append(", si_status=");
      out.append(code == 1 ? Integer.toString((int) value) : SignalNames.of((int) value));
      out.append(", si_utime=0, si_stime=0");
    } else if (code == -2) {
      out.append(", si_timerid=").append(pid).append(", si_overrun=").append(uid);
      value(out, value);
    } else if (signal == SIGIO && code > 0 && code < SI_KERNEL) {
      out.append(", si_band=").append(pid & 0xffff_ffffL | (long) uid << Integer.SIZE);
    } else if (code != SI_KERNEL) {
      who(out, pid, uid);
      if (code == -1) {
        value(out, value);
      }
    }
    out.append('}');
  }

  private static StringBuilder who(StringBuilder out, int pid, int uid) {
    return out.append(", si_pid=").append(pid).append(", si_uid=").append(uid);
  }

  private static void value(StringBuilder out, long value) {
    Numbers.address(out.append(", si_int=").append((int) value).append(", si_ptr="), value);
  }

  /** Whether the signal is a fault of the program, which has an address. */
  static boolean isFault(int signal, int code) {
    return code > 0
        && code < SI_KERNEL
        && signal != SIGCHLD
        && signal != SIGIO
        && causes(signal).length > 0;
  }

  private static String code(int signal, int code) {
    String[] causes = causes(signal);
    if (code > 0 && code <= causes.length) {
      return causes[code - 1];
    }
    return switch (code) {
      case 0 -> "SI_USER";
      case SI_KERNEL -> "SI_KERNEL";
      case -1 -> "SI_QUEUE";
      case -2 -> "SI_TIMER";
      case -3 -> "SI_MESGQ";
      case -4 -> "SI_ASYNCIO";
      case -5 -> "SI_SIGIO";
      case -6 -> "SI_TKILL";
      default -> Integer.toString(code);
    };
  }

  private static String[] causes(int signal) {
    return switch (signal) {
      case SIGCHLD -> CHILD;
      case SIGSEGV -> SEGMENT;
      case SIGBUS -> BUS;
      case SIGILL -> ILLEGAL;
      case SIGFPE -> FLOAT;
      case SIGTRAP -> TRAP;
      case SIGIO -> POLL;
      default -> NONE;
    };
  }
}
