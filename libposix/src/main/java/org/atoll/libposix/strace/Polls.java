package org.atoll.libposix.strace;

import java.util.Map;

/** Sets of descriptors to wait for, and which of them are ready. */
final class Polls {

  private static final int POLL_BYTES = 8;
  private static final int EPOLL_EVENT_BYTES = 16;
  private static final int DESCRIPTORS_MAX = 1024;
  private static final String[] SETS = {"in", "out", "except"};

  private Polls() {}

  static void kinds(Map<String, Kind> all) {
    all.put("polls", (out, value, size, look) -> polls(out, value, size, look));
    all.put("polled", Polls::polled);
    all.put("fds", (out, value, size, look) -> set(out, value, size, look));
    all.put("selected", Polls::selected);
    all.put("select-mask", Polls::mask);
    all.put("epoll-event", (out, value, size, look) -> epollEvents(out, value, 1, look, ""));
    all.put("epoll-events", Polls::epollEvents);
  }

  private static void polls(StringBuilder out, long address, long count, Look look) {
    int bytes = Math.clamp(count, 0, DESCRIPTORS_MAX) * POLL_BYTES;
    Memory.of(
        out,
        address,
        bytes,
        look,
        m -> {
          out.append('[');
          for (int at = 0; at < bytes; at += POLL_BYTES) {
            out.append(at == 0 ? "" : ", ").append("{fd=").append(m.intAt(at));
            if (m.intAt(at) >= 0) {
              Symbols.flags(out.append(", events="), "poll-events", m.shortAt(at + 4));
            }
            out.append('}');
          }
          out.append(']');
        });
  }

  private static void polled(StringBuilder out, long result, long size, Look look) {
    out.append(result);
    if (result == 0) {
      out.append(" (Timeout)");
      return;
    }
    int bytes = Math.clamp(look.argument(1), 0, DESCRIPTORS_MAX) * POLL_BYTES;
    Memory.of(
        new StringBuilder(),
        look.argument(0),
        bytes,
        look,
        m -> {
          String before = " ([";
          for (int at = 0; at < bytes; at += POLL_BYTES) {
            if (m.shortAt(at + 6) != 0) {
              out.append(before).append("{fd=").append(m.intAt(at));
              Symbols.flags(out.append(", revents="), "poll-events", m.shortAt(at + 6));
              out.append('}');
              before = ", ";
            }
          }
          out.append("])");
        });
  }

  /** The numbers in an fd_set. */
  private static void set(StringBuilder out, long address, long count, Look look) {
    int bytes = (Math.clamp(count, 0, DESCRIPTORS_MAX) + 63) / 64 * 8;
    Memory.of(
        out,
        address,
        bytes,
        look,
        m -> {
          StringBuilder numbers = new StringBuilder();
          for (int fd = 0; fd < count && fd < bytes * 8; fd++) {
            if ((m.byteAt(fd / 8) >> fd % 8 & 1) != 0) {
              numbers.append(numbers.isEmpty() ? "" : " ").append(fd);
            }
          }
          out.append('[').append(numbers).append(']');
        });
  }

  private static void selected(StringBuilder out, long result, long size, Look look) {
    out.append(result);
    if (result == 0) {
      out.append(" (Timeout)");
      return;
    }
    String before = " (";
    for (int i = 0; i < SETS.length; i++) {
      StringBuilder set = new StringBuilder();
      set(set, look.argument(i + 1), look.argument(0), look);
      if (look.argument(i + 1) != 0 && !set.toString().equals("[]")) {
        out.append(before).append(SETS[i]).append(' ').append(set);
        before = ", ";
      }
    }
    if (look.argument(4) != 0) {
      out.append(before).append("left ");
      Sleeps.timespec(out, look.argument(4), look);
      before = ", ";
    }
    out.append(before.equals(", ") ? ")" : "");
  }

  private static void epollEvents(StringBuilder out, long address, long size, Look look) {
    epollEvents(
        out.append('['), address, Math.clamp(look.result(), 0, DESCRIPTORS_MAX), look, ", ");
    out.append(']');
  }

  private static void epollEvents(
      StringBuilder out, long address, long count, Look look, String separator) {
    int bytes = (int) count * EPOLL_EVENT_BYTES;
    Memory.of(
        out,
        address,
        bytes,
        look,
        m -> {
          for (int at = 0; at < bytes; at += EPOLL_EVENT_BYTES) {
            out.append(at == 0 ? "" : separator);
            Symbols.flags(out.append("{events="), "epoll-bits", m.intAt(at) & 0xffff_ffffL);
            out.append(", data=0x").append(Long.toHexString(m.longAt(at + 8))).append('}');
          }
        });
  }

  /** pselect6's last argument: a pointer to a set and its size. */
  private static void mask(StringBuilder out, long address, long size, Look look) {
    Memory.of(
        out,
        address,
        16,
        look,
        m -> {
          Signs.set(out.append("{sigmask="), m.longAt(0), look);
          out.append(", sigsetsize=").append(m.longAt(8)).append('}');
        });
  }
}
