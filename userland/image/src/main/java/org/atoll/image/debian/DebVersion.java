package org.atoll.image.debian;

/**
 * The version of a Debian package, {@code [epoch:]upstream[-revision]}, ordered as Debian Policy
 * 5.6.12 says: {@code ~} before the end, letters before other characters, digits as numbers.
 *
 * <p>Versions that compare as equal may be written differently ({@code 1.0} and {@code 0:1.0-0}).
 */
public record DebVersion(String text) implements Comparable<DebVersion> {

  @Override
  public int compareTo(DebVersion other) {
    int byEpoch = compareDigits(epoch(), other.epoch());
    if (byEpoch != 0) {
      return byEpoch;
    }
    int byUpstream = comparePart(upstream(), other.upstream());
    return byUpstream != 0 ? byUpstream : comparePart(revision(), other.revision());
  }

  @Override
  public String toString() {
    return text;
  }

  private String epoch() {
    int colon = text.indexOf(':');
    return colon < 0 ? "" : text.substring(0, colon);
  }

  private String upstream() {
    int hyphen = text.lastIndexOf('-');
    return text.substring(text.indexOf(':') + 1, hyphen < 0 ? text.length() : hyphen);
  }

  private String revision() {
    int hyphen = text.lastIndexOf('-');
    return hyphen < 0 ? "" : text.substring(hyphen + 1);
  }

  /** Takes turns between a run of other characters and a run of digits. */
  private static int comparePart(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() || j < b.length()) {
      while (isOther(a, i) || isOther(b, j)) {
        int order = weight(a, i) - weight(b, j);
        if (order != 0) {
          return order;
        }
        i++;
        j++;
      }
      int digitsEndA = digitsEnd(a, i);
      int digitsEndB = digitsEnd(b, j);
      int order = compareDigits(a.substring(i, digitsEndA), b.substring(j, digitsEndB));
      if (order != 0) {
        return order;
      }
      i = digitsEndA;
      j = digitsEndB;
    }
    return 0;
  }

  private static boolean isOther(String s, int at) {
    return at < s.length() && !isDigit(s.charAt(at));
  }

  /** Where a character sorts; the end of the text and a digit sort alike. */
  private static int weight(String s, int at) {
    if (!isOther(s, at)) {
      return 0;
    }
    char c = s.charAt(at);
    if (c == '~') {
      return -1;
    }
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter ? c : c + 0x10000;
  }

  private static int digitsEnd(String s, int from) {
    int at = from;
    while (at < s.length() && isDigit(s.charAt(at))) {
      at++;
    }
    return at;
  }

  /** Compares numbers of any length; the empty one is zero. */
  private static int compareDigits(String a, String b) {
    String left = a.substring(zeros(a));
    String right = b.substring(zeros(b));
    int byLength = Integer.compare(left.length(), right.length());
    return byLength != 0 ? byLength : left.compareTo(right);
  }

  private static int zeros(String digits) {
    int at = 0;
    while (at < digits.length() && digits.charAt(at) == '0') {
      at++;
    }
    return at;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
