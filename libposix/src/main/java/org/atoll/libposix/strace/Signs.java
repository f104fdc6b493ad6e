package org.atoll.libposix.strace;

import java.util.Map;

/** What system calls on signals take and fill in. */
final class Signs {

  private static final int ACTION_BYTES = 24;
  private static final int INFO_BYTES = 48;
  private static final int FRAME_MASK = 168;

  private Signs() {}

  static void kinds(Map<String, Kind> all) {
    all.put("signal", (out, value, size, look) -> SignalNames.name(out, (int) value));
    all.put("sigset", (out, value, size, look) -> set(out, value, look));
    all.put("action", Signs::action);
    all.put("siginfo", Signs::info);
    all.put("stack", Signs::stack);
    all.put("signal-frame", Signs::frame);
  }

  static void set(StringBuilder out, long address, Look look) {
    Memory.of(out, address, 8, look, m -> set(out, m.longAt(0)));
  }

  /** A set by its members, or by those that are not in it when these are few. */
  private static void set(StringBuilder out, long bits) {
    boolean inverted = Long.bitCount(bits) >= SignalNames.LAST * 2 / 3;
    long shown = inverted ? ~bits : bits;
    out.append(inverted ? "~[" : "[");
    String blank = "";
    for (int signal = 1; signal <= SignalNames.LAST; signal++) {
      if ((shown >>> signal - 1 & 1) != 0) {
        out.append(blank).append(SignalNames.plain(signal));
        blank = " ";
      }
    }
    out.append(']');
  }

  private static void action(StringBuilder out, long address, long size, Look look) {
    Memory.of(
        out,
        address,
        ACTION_BYTES,
        look,
        m -> {
          out.append("{sa_handler=");
          switch (Math.clamp(m.longAt(0), -1, 2)) {
            case 0 -> out.append("SIG_DFL");
            case 1 -> out.append("SIG_IGN");
            default -> Numbers.hex(out, m.longAt(0));
          }
          set(out.append(", sa_mask="), m.longAt(16));
          Symbols.flags(out.append(", sa_flags="), "action-flags", m.longAt(8));
          out.append('}');
        });
  }

  private static void info(StringBuilder out, long address, long size, Look look) {
    Memory.of(
        out,
        address,
        INFO_BYTES,
        look,
        m ->
            SignalText.info(
                out, m.intAt(0), m.intAt(8), m.intAt(16), m.intAt(20), m.longAt(faultAt(m))));
  }

  /** Where the value is: faults have an address in place of who sent them. */
  private static int faultAt(Memory m) {
    return SignalText.isFault(m.intAt(0), m.intAt(8)) ? 16 : 24;
  }

  private static void stack(StringBuilder out, long address, long size, Look look) {
    Memory.of(
        out,
        address,
        24,
        look,
        m -> {
          Numbers.address(out.append("{ss_sp="), m.longAt(0));
          Symbols.flags(out.append(", ss_flags="), "stack-flags", m.unsignedAt(8));
          out.append(", ss_size=").append(m.longAt(16)).append('}');
        });
  }

  /** The mask that rt_sigreturn brings back from the frame on the stack. */
  private static void frame(StringBuilder out, long value, long size, Look look) {
    Memory.of(
        out,
        look.stackPointer() + FRAME_MASK,
        8,
        look,
        m -> {
          set(out.append("{mask="), m.longAt(0));
          out.append('}');
        });
  }
}
