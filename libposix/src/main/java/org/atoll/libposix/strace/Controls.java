package org.atoll.libposix.strace;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** fcntl, ioctl and prctl: what their commands take and answer. */
final class Controls {

  private static final int TERMIOS_BYTES = 36;
  private static final int SPEED = 017;
  private static final String[] SPEEDS = {
    "B0", "B50", "B75", "B110", "B134", "B150", "B200", "B300", "B600", "B1200", "B1800", "B2400",
    "B4800", "B9600", "B19200", "B38400"
  };

  /** A bit of a terminal's modes. */
  private record Mode(int field, int bit, String word) {}

  /** The modes that are shown, by strace's words. */
  private static final List<Mode> SHOWN =
      List.of(
          new Mode(4, 1, "opost"),
          new Mode(12, 1, "isig"),
          new Mode(12, 2, "icanon"),
          new Mode(12, 8, "echo"));

  private Controls() {}

  static void kinds(Map<String, Kind> all) {
    all.put("fcntl-argument", ((Kind) Controls::fcntl).when(look -> takes(command(look))));
    all.put("fcntl-result", Controls::fcntlResult);
    all.put("ioctl-argument", ((Kind) Controls::ioctl).when(Controls::ioctlTakes));
    all.put("prctl-argument", ((Kind) Controls::prctl).when(look -> prctlWords(look) > 0));
    all.put("prctl-more", Numbers.HEX.when(look -> prctlWords(look) > 1));
  }

  private static String command(Look look) {
    String name = Symbols.find("fcntl", look.argument(1));
    return name == null ? "" : name;
  }

  private static boolean takes(String command) {
    return switch (command) {
      case "F_GETFD",
          "F_GETFL",
          "F_GETOWN",
          "F_GETSIG",
          "F_GETLEASE",
          "F_GETPIPE_SZ",
          "F_GET_SEALS" ->
          false;
      default -> true;
    };
  }

  private static void fcntl(StringBuilder out, long value, long size, Look look) {
    switch (command(look)) {
      case "F_SETFD" -> Symbols.flags(out, "descriptor-flags", value & 0xffff_ffffL);
      case "F_SETFL" -> Files.openFlags(out, value);
      case "F_GETLK", "F_SETLK", "F_SETLKW", "F_OFD_GETLK", "F_OFD_SETLK", "F_OFD_SETLKW" ->
          lock(out, value, look);
      case "F_SETSIG" -> SignalNames.name(out, (int) value);
      case "F_DUPFD", "F_DUPFD_CLOEXEC", "F_SETOWN", "F_SETPIPE_SZ" -> out.append((int) value);
      case "F_SETOWN_EX", "F_GETOWN_EX" -> owner(out, value, look);
      default -> Numbers.hex(out, value);
    }
  }

  private static void owner(StringBuilder out, long address, Look look) {
    Memory.of(
        out,
        address,
        8,
        look,
        m -> {
          Symbols.name(out.append("{type="), "owner-type", m.intAt(0));
          out.append(", pid=").append(m.intAt(4)).append('}');
        });
  }

  private static void lock(StringBuilder out, long address, Look look) {
    Memory.of(
        out,
        address,
        32,
        look,
        m -> {
          Symbols.name(out.append("{l_type="), "lock-type", m.shortAt(0));
          Symbols.name(out.append(", l_whence="), "whence", m.shortAt(2));
          out.append(", l_start=").append(m.longAt(8)).append(", l_len=").append(m.longAt(16));
          if (command(look).endsWith("GETLK")) {
            out.append(", l_pid=").append(m.intAt(24));
          }
          out.append('}');
        });
  }

  private static void fcntlResult(StringBuilder out, long value, long size, Look look) {
    switch (command(look)) {
      case "F_GETFL" -> {
        Numbers.hex(out, value);
        Files.openFlags(out.append(" (flags "), value);
        out.append(')');
      }
      case "F_GETSIG" -> {
        out.append(value);
        if (value != 0) {
          SignalNames.name(out.append(" ("), (int) value);
          out.append(')');
        }
      }
      case "F_GETFD" -> {
        Numbers.hex(out, value);
        if (value != 0) {
          Symbols.flags(out.append(" (flags "), "descriptor-flags", value);
          out.append(')');
        }
      }
      default -> out.append(value);
    }
  }

  private static String request(Look look) {
    String name = Symbols.find("ioctl", look.argument(1));
    return name == null ? "" : name;
  }

  private static boolean ioctlTakes(Look look) {
    return switch (request(look)) {
      case "TIOCEXCL", "TIOCNXCL", "TIOCNOTTY", "FIOCLEX", "FIONCLEX" -> false;
      default -> true;
    };
  }

  private static void ioctl(StringBuilder out, long value, long size, Look look) {
    switch (request(look)) {
      case "TCGETS", "TCSETS", "TCSETSW", "TCSETSF" -> terminal(out, value, look);
      case "TIOCGWINSZ", "TIOCSWINSZ" -> window(out, value, look);
      case "TIOCGPGRP",
          "TIOCSPGRP",
          "TIOCGSID",
          "FIONREAD",
          "FIONBIO",
          "FIOASYNC",
          "FIOSETOWN",
          "FIOGETOWN",
          "SIOCSPGRP",
          "SIOCGPGRP",
          "SIOCATMARK",
          "TIOCOUTQ",
          "TIOCGPTN",
          "TIOCSPTLCK" ->
          Memory.of(out, value, 4, look, m -> out.append('[').append(m.intAt(0)).append(']'));
      case "TCSBRK", "TCXONC", "TCFLSH", "TIOCSCTTY", "FICLONE" -> out.append((int) value);
      default -> Numbers.hex(out, value);
    }
  }

  private static void terminal(StringBuilder out, long address, Look look) {
    Memory.of(
        out,
        address,
        TERMIOS_BYTES,
        look,
        m -> {
          out.append('{').append(SPEEDS[m.intAt(8) & SPEED]);
          for (Mode mode : SHOWN) {
            boolean set = (m.intAt(mode.field) & mode.bit) != 0;
            out.append(' ').append(set ? "" : "-").append(mode.word);
          }
          out.append(" ...}");
        });
  }

  private static void window(StringBuilder out, long address, Look look) {
    Memory.of(
        out,
        address,
        8,
        look,
        m -> {
          out.append("{ws_row=").append(m.shortAt(0)).append(", ws_col=").append(m.shortAt(2));
          out.append(", ws_xpixel=").append(m.shortAt(4));
          out.append(", ws_ypixel=").append(m.shortAt(6)).append('}');
        });
  }

  private static @Nullable String option(Look look) {
    return Symbols.find("prctl", look.argument(0));
  }

  private static int prctlWords(Look look) {
    String option = option(look);
    if (option == null) {
      return 5;
    }
    return switch (option) {
      case "PR_GET_DUMPABLE",
          "PR_GET_KEEPCAPS",
          "PR_GET_TIMING",
          "PR_GET_SECCOMP",
          "PR_GET_SECUREBITS",
          "PR_GET_TIMERSLACK" ->
          0;
      case "PR_SET_MM",
          "PR_CAP_AMBIENT",
          "PR_SET_VMA",
          "PR_SET_NO_NEW_PRIVS",
          "PR_GET_NO_NEW_PRIVS",
          "PR_SET_THP_DISABLE",
          "PR_GET_THP_DISABLE" ->
          5;
      default -> 1;
    };
  }

  private static void prctl(StringBuilder out, long value, long size, Look look) {
    switch (String.valueOf(option(look))) {
      case "PR_SET_NAME", "PR_GET_NAME" -> Strings.string(out, value, look, look.stringBytes());
      case "PR_SET_PDEATHSIG" -> SignalNames.name(out, (int) value);
      default -> Numbers.hex(out, value);
    }
  }
}
