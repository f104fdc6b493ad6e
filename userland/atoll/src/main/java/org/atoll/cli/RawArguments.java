package org.atoll.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of this process as bytes: the JVM decodes them by the locale, which loses what is
 * no text in it, but a guest's command gets its arguments byte by byte.
 */
final class RawArguments {

  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  private RawArguments() {}

  /**
   * The last arguments of this process, one char for each byte (ISO 8859-1).
   *
   * @param decoded the same arguments as the JVM decoded them; the answer where Linux does not tell
   */
  static List<String> last(List<String> decoded) {
    try {
      String line = new String(Files.readAllBytes(COMMAND_LINE), StandardCharsets.ISO_8859_1);
      List<String> all = new ArrayList<>(List.of(line.split("\0", -1)));
      all.removeLast();
      int from = all.size() - decoded.size();
      return from < 0 ? bytes(decoded) : List.copyOf(all.subList(from, all.size()));
    } catch (IOException e) {
      return bytes(decoded);
    }
  }

  /** Texts as bytes of UTF-8, one char for each. */
  static List<String> bytes(List<String> texts) {
    return texts.stream().map(RawArguments::bytes).toList();
  }

  /** A text as bytes of UTF-8, one char for each. */
  static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
