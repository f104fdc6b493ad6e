package org.atoll.stress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A fence or second look taken away: what changes in which file, and the test that has to fail.
 *
 * @param name as it is called in docs/concurrency.md
 * @param file the source that changes, from the root of the repository
 * @param test the stress test that fails, by its class's name
 * @param breaks what is wrong then
 * @param hidden why an x86-64 machine does not show it, or nothing
 * @param widening what lets more time pass there, where the mistake is seen too rarely otherwise;
 *     with it alone the test has to pass
 * @param edits what is replaced by what, in one class
 */
record Mutation(
    String name,
    String file,
    String test,
    String breaks,
    String hidden,
    List<Edit> widening,
    List<Edit> edits) {

  private static final String TESTS = "kernel/stress/src/main/java";

  /** A piece of text that is there once, and what takes its place; spaces and breaks are alike. */
  record Edit(String before, String after) {

    private Pattern pattern() {
      return Pattern.compile(
          Stream.of(before.trim().split("\\s+"))
              .map(Pattern::quote)
              .collect(Collectors.joining("\\s+")));
    }

    private String apply(String source) {
      Matcher matcher = pattern().matcher(source);
      long found = matcher.results().count();
      if (found != 1) {
        throw new IllegalArgumentException(found + " times instead of once there: " + before);
      }
      return pattern().matcher(source).replaceFirst(Matcher.quoteReplacement(after));
    }
  }

  /** All of a folder's tables, in the order of the files' names. */
  static List<Mutation> readAll(Path folder) throws IOException {
    List<Mutation> all = new ArrayList<>();
    try (Stream<Path> tables = Files.list(folder)) {
      for (Path table : tables.sorted().toList()) {
        all.addAll(new MutationTable(table).read());
      }
    }
    return all;
  }

  /** The source as it is with the mistake; refuses where it is not as the edits expect. */
  String apply(Path root) throws IOException {
    return edited(widened(root), edits);
  }

  /** The source without the mistake, where more time passes. */
  String widened(Path root) throws IOException {
    Path path = root.resolve(file);
    if (!Files.exists(path)) {
      throw new IllegalArgumentException("no file " + file);
    }
    return edited(Files.readString(path), widening);
  }

  private static String edited(String source, List<Edit> by) {
    String all = source;
    for (Edit edit : by) {
      all = edit.apply(all);
    }
    return all;
  }

  /** Where the test is; refuses when there is none of that name. */
  Path testSource(Path root) throws IOException {
    String outer = test.split("\\.")[0];
    String last = test.substring(test.lastIndexOf('.') + 1);
    try (Stream<Path> sources = Files.walk(root.resolve(TESTS))) {
      for (Path path : sources.filter(p -> p.endsWith(outer + ".java")).toList()) {
        if (Files.readString(path).contains("class " + last + " ")) {
          return path;
        }
      }
    }
    throw new IllegalArgumentException("no test " + test);
  }

  /** The class that changes, as a Java program names it. */
  String changed() {
    return file.substring(file.indexOf("java/") + 5, file.length() - 5).replace('/', '.');
  }
}
