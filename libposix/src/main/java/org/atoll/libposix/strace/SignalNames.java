package org.atoll.libposix.strace;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Names of signals, as strace writes them. */
public final class SignalNames {

  private static final String[] NAMES =
      ("0 HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT"
              + " STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS RTMIN")
          .split(" ");

  private static final int FIRST_REAL_TIME = 32;

  /** Signals are numbered 1 to 64. */
  static final int LAST = 64;

  private SignalNames() {}

  /** The name without SIG, such as {@code CHLD} or {@code RT_1}. */
  static String plain(int signal) {
    return signal > FIRST_REAL_TIME ? "RT_" + (signal - FIRST_REAL_TIME) : NAMES[signal];
  }

  /** The name of a signal, such as {@code SIGCHLD}; the number of what is none. */
  public static String of(int signal) {
    return signal > 0 && signal <= LAST ? "SIG" + plain(signal) : Integer.toString(signal);
  }

  static void name(StringBuilder out, int signal) {
    out.append(of(signal));
  }

  /** The number of a signal, by a name with or without SIG, or in digits; 0 when there is none. */
  public static int number(String name) {
    String plain = name.startsWith("SIG") ? name.substring(3) : name;
    for (int signal = 1; signal <= LAST; signal++) {
      if (plain(signal).equals(plain) || Integer.toString(signal).equals(name)) {
        return signal;
      }
    }
    return 0;
  }

  /**
   * The signals that {@code -e signal=} means.
   *
   * @throws IllegalArgumentException when it names what is none
   */
  public static Set<String> set(String filter) {
    boolean inverted = filter.startsWith("!");
    Set<String> named = new TreeSet<>();
    for (String name : filter.substring(inverted ? 1 : 0).split(",", -1)) {
      if (name.equals("all")) {
        IntStream.rangeClosed(1, LAST).forEach(signal -> named.add(of(signal)));
      } else if (!name.equals("none")) {
        named.add(of(known(name)));
      }
    }
    if (!inverted) {
      return named;
    }
    Set<String> others = new TreeSet<>(set("all"));
    others.removeAll(named);
    return others;
  }

  private static int known(String name) {
    int signal = number(name);
    if (signal == 0) {
      throw new IllegalArgumentException("invalid signal '" + name + "'");
    }
    return signal;
  }
}
