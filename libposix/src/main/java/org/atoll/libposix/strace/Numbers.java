package org.atoll.libposix.strace;

import java.util.Map;

/** Numbers and addresses. */
final class Numbers {

  private static final int AT_FDCWD = -100;

  static final Kind HEX = (out, value, size, look) -> hex(out, value);

  static final Kind ADDRESS = (out, value, size, look) -> address(out, value);

  private Numbers() {}

  static void kinds(Map<String, Kind> all) {
    all.put("int", (out, value, size, look) -> out.append((int) value));
    all.put("u", (out, value, size, look) -> out.append(value & 0xffff_ffffL));
    all.put("long", (out, value, size, look) -> out.append(value));
    all.put("size", (out, value, size, look) -> out.append(Long.toUnsignedString(value)));
    all.put("x", HEX);
    all.put("o", (out, value, size, look) -> octal(out, value));
    all.put("addr", ADDRESS);
    all.put("fd", (out, value, size, look) -> out.append((int) value));
    all.put("at", (out, value, size, look) -> directory(out, (int) value));
    all.put("none", ((Kind) (out, value, size, look) -> {}).when(look -> false));
    all.put("int-at", Numbers::intAt);
    all.put("pair", Numbers::pair);
    all.put("ints", Numbers::ints);
    all.put("long-at", Numbers::longAt);
    all.put("offset", Numbers::longAt);
    all.put("cpus", Numbers::cpus);
  }

  static void hex(StringBuilder out, long value) {
    out.append(value == 0 ? "0" : "0x" + Long.toHexString(value));
  }

  /** Permissions: at least two digits behind the zero, as strace has them. */
  static void octal(StringBuilder out, long value) {
    String digits = Long.toOctalString(value & 0xffff_ffffL);
    out.append('0').repeat('0', Math.max(0, 2 - digits.length())).append(digits);
  }

  static void address(StringBuilder out, long value) {
    out.append(value == 0 ? "NULL" : "0x" + Long.toHexString(value));
  }

  private static void directory(StringBuilder out, int fd) {
    out.append(fd == AT_FDCWD ? "AT_FDCWD" : Integer.toString(fd));
  }

  private static void intAt(StringBuilder out, long address, long size, Look look) {
    Memory.of(out, address, 4, look, m -> out.append('[').append(m.intAt(0)).append(']'));
  }

  private static void pair(StringBuilder out, long address, long size, Look look) {
    ints(out, address, 2, look);
  }

  private static void ints(StringBuilder out, long address, long count, Look look) {
    int bytes = Math.clamp(count, 0, 1 << 16) * 4;
    Memory.of(
        out,
        address,
        bytes,
        look,
        m -> {
          out.append('[');
          for (int i = 0; i < bytes; i += 4) {
            out.append(i == 0 ? "" : ", ").append(m.intAt(i));
          }
          out.append(']');
        });
  }

  private static void longAt(StringBuilder out, long address, long size, Look look) {
    Memory.of(out, address, 8, look, m -> out.append('[').append(m.longAt(0)).append(']'));
  }

  /** A set of processors. */
  private static void cpus(StringBuilder out, long address, long bytes, Look look) {
    int length = Math.clamp(bytes, 0, 1024);
    Memory.of(
        out,
        address,
        length,
        look,
        m -> {
          StringBuilder set = new StringBuilder();
          for (int i = 0; i < length * 8; i++) {
            if ((m.byteAt(i / 8) >> i % 8 & 1) != 0) {
              set.append(set.isEmpty() ? "" : " ").append(i);
            }
          }
          out.append('[').append(set).append(']');
        });
  }
}
