package org.atoll.bench.ipc;

import java.util.Locale;

/**
 * Bytes as a person writes them: 4096, 64k, 1m.
 *
 * @param bytes 1 to {@link #MAX}
 */
record Size(int bytes) {

  /** The largest that is measured. */
  static final int MAX = 16 << 20;

  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;

  Size {
    if (bytes < 1 || bytes > MAX) {
      throw new IllegalArgumentException("expected 1 to 16m, not " + bytes);
    }
  }

  /** Reads what {@link #toString} made. */
  static Size parse(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    int unit = word.endsWith("m") ? MIB : word.endsWith("k") ? KIB : 1;
    String digits = unit == 1 ? word : word.substring(0, word.length() - 1);
    try {
      return new Size(Math.multiplyExact(Integer.parseInt(digits), unit));
    } catch (NumberFormatException | ArithmeticException malformed) {
      throw new IllegalArgumentException("expected a size as 4096, 64k or 1m, not " + text);
    }
  }

  @Override
  public String toString() {
    if (bytes % MIB == 0) {
      return bytes / MIB + "m";
    }
    return bytes % KIB == 0 ? bytes / KIB + "k" : Integer.toString(bytes);
  }
}
