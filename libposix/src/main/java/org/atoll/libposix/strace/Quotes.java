package org.atoll.libposix.strace;

/** Bytes between quotes, with C's escapes. */
final class Quotes {

  private Quotes() {}

  static void quote(StringBuilder out, byte[] text, int length) {
    out.append('"');
    for (int i = 0; i < length; i++) {
      int c = text[i] & 0xff;
      int next = i + 1 < length ? text[i + 1] : 0;
      escape(out, c, next >= '0' && next <= '7');
    }
    out.append('"');
  }

  private static void escape(StringBuilder out, int c, boolean digitFollows) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 0x0b -> out.append("\\v");
      default -> {
        if (c >= ' ' && c <= '~') {
          out.append((char) c);
        } else {
          String digits = Integer.toOctalString(c);
          out.append('\\').repeat('0', digitFollows ? 3 - digits.length() : 0).append(digits);
        }
      }
    }
  }
}
