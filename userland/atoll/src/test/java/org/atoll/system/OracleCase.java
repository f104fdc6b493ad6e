package org.atoll.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A script of {@code userland/oracle/cases} with the keys of its leading comment.
 *
 * @param text what follows {@code -c}; without newlines at its end
 * @param input what is read as standard input
 */
record OracleCase(
    String name,
    String text,
    Path input,
    String image,
    String shell,
    int nodes,
    List<String> args,
    boolean comparesStderr) {

  static final String BASE_IMAGE = "base";

  private static final String SCRIPT = ".sh";

  /**
   * All cases, by name; those alone that match the glob {@code atoll.system.cases}, if it is set.
   */
  static List<OracleCase> all() {
    Path folder = folder().resolve("cases");
    String glob = System.getProperty("atoll.system.cases", "*");
    var matcher = folder.getFileSystem().getPathMatcher("glob:" + glob + SCRIPT);
    return scripts(folder)
        .filter(f -> matcher.matches(f.getFileName()))
        .map(OracleCase::of)
        .toList();
  }

  /** The folder of the oracle in the source tree. */
  static Path folder() {
    return AtollCommand.root().resolve("userland/oracle");
  }

  /** The record of this case. */
  Path record() {
    return folder().resolve("records").resolve(name + ".txt");
  }

  private static Stream<Path> scripts(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(SCRIPT)).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static OracleCase of(Path script) {
    String file = script.getFileName().toString();
    String name = file.substring(0, file.length() - SCRIPT.length());
    String text = read(script).replaceAll("\n+$", "");
    String args = key(text, "args", "");
    String program = key(text, "program", "");
    Path input =
        program.isEmpty() ? script.resolveSibling(name + ".in") : OracleProgram.named(program);
    return new OracleCase(
        name,
        text,
        Files.exists(input) ? input : Path.of("/dev/null"),
        key(text, "image", BASE_IMAGE),
        key(text, "shell", "sh"),
        Integer.parseInt(key(text, "nodes", "1")),
        args.isEmpty() ? List.of() : List.of(args.split("\\s+")),
        !key(text, "stderr", "compared").equals("any"));
  }

  private static String key(String text, String name, String otherwise) {
    String start = "# " + name + ":";
    return text.lines()
        .takeWhile(line -> line.startsWith("#"))
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .findFirst()
        .orElse(otherwise);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
