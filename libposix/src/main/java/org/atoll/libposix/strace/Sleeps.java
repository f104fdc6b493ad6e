package org.atoll.libposix.strace;

import java.util.Map;

/** Times and timers. */
final class Sleeps {

  private static final long UTIME_NOW = (1L << 30) - 1;
  private static final long UTIME_OMIT = (1L << 30) - 2;
  private static final int USAGE_BYTES = 144;

  private static final int FUTEX_COMMAND = 0x7f;

  private Sleeps() {}

  static void kinds(Map<String, Kind> all) {
    all.put("timespec", (out, value, size, look) -> timespec(out, value, look));
    all.put("timespecs", Sleeps::timespecs);
    all.put(
        "timeval",
        (out, value, size, look) -> Memory.of(out, value, 16, look, m -> time(out, m, "tv_usec")));
    all.put("itimerval", (out, value, size, look) -> timer(out, value, look, "tv_usec"));
    all.put("itimerspec", (out, value, size, look) -> timer(out, value, look, "tv_nsec"));
    all.put("tms", Sleeps::processTimes);
    all.put("rusage", Sleeps::usage);
    all.put("futex", Sleeps::futex);
    all.put("futex-value", (out, value, size, look) -> out.append((int) value));
    all.put("futex-timeout", ((Kind) Sleeps::futexTimeout).when(l -> futexWords(l) > 3));
    all.put("futex-second", Numbers.ADDRESS.when(l -> futexWords(l) > 4));
    all.put("futex-third", Numbers.HEX.when(l -> futexWords(l) > 5));
  }

  static void timespec(StringBuilder out, long address, Look look) {
    Memory.of(out, address, 16, look, m -> time(out, m, "tv_nsec"));
  }

  private static void time(StringBuilder out, Memory m, String fraction) {
    out.append("{tv_sec=").append(m.longAt(0));
    out.append(", ").append(fraction).append('=').append(m.longAt(8)).append('}');
  }

  private static void timespecs(StringBuilder out, long address, long size, Look look) {
    Memory.of(
        out,
        address,
        32,
        look,
        m -> {
          stamp(out.append('['), m);
          stamp(out.append(", "), m.at(16));
          out.append(']');
        });
  }

  private static void stamp(StringBuilder out, Memory m) {
    if (m.longAt(8) == UTIME_NOW) {
      out.append("UTIME_NOW");
    } else if (m.longAt(8) == UTIME_OMIT) {
      out.append("UTIME_OMIT");
    } else {
      time(out, m, "tv_nsec");
    }
  }

  private static void timer(StringBuilder out, long address, Look look, String fraction) {
    Memory.of(
        out,
        address,
        32,
        look,
        m -> {
          time(out.append("{it_interval="), m, fraction);
          time(out.append(", it_value="), m.at(16), fraction);
          out.append('}');
        });
  }

  private static void processTimes(StringBuilder out, long address, long size, Look look) {
    Memory.of(
        out,
        address,
        32,
        look,
        m -> {
          out.append("{tms_utime=").append(m.longAt(0));
          out.append(", tms_stime=").append(m.longAt(8));
          out.append(", tms_cutime=").append(m.longAt(16));
          out.append(", tms_cstime=").append(m.longAt(24)).append('}');
        });
  }

  private static void usage(StringBuilder out, long address, long size, Look look) {
    Memory.of(
        out,
        address,
        USAGE_BYTES,
        look,
        m -> {
          time(out.append("{ru_utime="), m, "tv_usec");
          time(out.append(", ru_stime="), m.at(16), "tv_usec");
          out.append(", ...}");
        });
  }

  private static void futex(StringBuilder out, long value, long size, Look look) {
    String name = Symbols.find("futex-op", value & FUTEX_COMMAND);
    if (name == null) {
      Numbers.hex(out, value);
      return;
    }
    out.append(name).append((value & 128) != 0 ? "_PRIVATE" : "");
    out.append((value & 256) != 0 ? "|FUTEX_CLOCK_REALTIME" : "");
  }

  private static int futexWords(Look look) {
    String name = Symbols.find("futex-op", look.argument(1) & FUTEX_COMMAND);
    return switch (name == null ? "" : name) {
      case "FUTEX_WAKE", "FUTEX_UNLOCK_PI", "FUTEX_TRYLOCK_PI" -> 3;
      case "FUTEX_WAIT", "FUTEX_LOCK_PI" -> 4;
      case "FUTEX_REQUEUE" -> 5;
      default -> 6;
    };
  }

  private static void futexTimeout(StringBuilder out, long value, long size, Look look) {
    String name = Symbols.find("futex-op", look.argument(1) & FUTEX_COMMAND);
    boolean counts = name != null && (name.contains("REQUEUE") || name.contains("WAKE"));
    if (counts && !"FUTEX_WAIT_REQUEUE_PI".equals(name)) {
      out.append((int) value);
    } else {
      timespec(out, value, look);
    }
  }
}
