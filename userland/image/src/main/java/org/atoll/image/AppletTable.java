package org.atoll.image;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.atoll.image.root.ImageException;

/**
 * The names of the programs in a busybox, found in the binary, because it cannot be asked: a build
 * runs nothing.
 *
 * <p>Busybox searches its own names by halving, so its read-only data has them as one run of
 * strings that end with NUL, in rising order, after which comes an empty one. {@code [} and {@code
 * [[} are the first. A run is believed when it has the names that every busybox of Debian has.
 */
final class AppletTable {
  private static final byte[] START = "[\0[[\0".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9\\[][A-Za-z0-9._+\\[-]{0,31}");
  private static final List<String> SENTINELS =
      List.of("ash", "busybox", "cat", "echo", "grep", "ls", "mount", "sh", "true", "uname", "wc");

  private AppletTable() {}

  /** The names in rising order. */
  static List<String> find(byte[] program) throws ImageException {
    for (int at = indexOf(program, 0); at >= 0; at = indexOf(program, at + 1)) {
      List<String> names = run(program, at);
      if (names.containsAll(SENTINELS)) {
        return names;
      }
    }
    throw new ImageException("cannot find the names of the applets in this busybox");
  }

  private static List<String> run(byte[] program, int start) {
    List<String> names = new ArrayList<>();
    String last = "";
    for (int at = start; at < program.length; at += last.length() + 1) {
      String name = string(program, at);
      if (!NAME.matcher(name).matches() || name.compareTo(last) <= 0) {
        break;
      }
      names.add(name);
      last = name;
    }
    return names;
  }

  private static String string(byte[] program, int start) {
    int end = start;
    while (end < program.length && program[end] != 0) {
      end++;
    }
    return new String(program, start, end - start, StandardCharsets.ISO_8859_1);
  }

  private static int indexOf(byte[] program, int from) {
    for (int at = from; at <= program.length - START.length; at++) {
      int same = 0;
      while (same < START.length && program[at + same] == START[same]) {
        same++;
      }
      if (same == START.length) {
        return at;
      }
    }
    return -1;
  }
}
