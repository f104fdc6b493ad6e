package org.atoll.servers.tty;

/** Letters of ISO 8859-1, by which Linux's terminals tell words and cases apart. */
final class Latin {

  private static final int CASE = 0x20;
  private static final int TIMES = 0xd7;
  private static final int DIVIDED = 0xf7;
  private static final int SHARP_S = 0xdf;
  private static final int Y_DIAERESIS = 0xff;

  private Latin() {}

  static boolean isUpper(int c) {
    return c >= 'A' && c <= 'Z' || c >= 0xc0 && c < SHARP_S && c != TIMES;
  }

  static boolean isLower(int c) {
    return c >= 'a' && c <= 'z' || c >= SHARP_S && c != DIVIDED;
  }

  static boolean isWord(int c) {
    return isUpper(c) || isLower(c) || c >= '0' && c <= '9' || c == '_';
  }

  static int lower(int c) {
    return isUpper(c) ? c + CASE : c;
  }

  static int upper(int c) {
    return isLower(c) && c != SHARP_S && c != Y_DIAERESIS ? c - CASE : c;
  }
}
