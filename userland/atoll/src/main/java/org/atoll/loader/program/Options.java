package org.atoll.loader.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words of a {@code java} command, as the real one takes them. */
final class Options {

  /** Where the program comes from. */
  enum Kind {
    SOURCE,
    CLASS,
    JAR,
    VERSION,
    HELP
  }

  /** A use that cannot be; its message is for the person. */
  static final class Misuse extends Exception {
    private static final long serialVersionUID = 1;

    Misuse(String reason) {
      super(reason);
    }
  }

  private static final String SOURCE_OPTION = "--source ";

  final Map<String, String> properties = new LinkedHashMap<>();
  Kind kind = Kind.CLASS;
  String classPath = ".";
  String program = "";
  List<String> arguments = List.of();

  private Options() {}

  /** Reads the words behind the command's name. */
  static Options of(List<String> words) throws Misuse {
    Options options = new Options();
    List<String> rest = new ArrayList<>(split(words));
    while (!rest.isEmpty() && rest.getFirst().startsWith("-")) {
      if (options.ends(rest.removeFirst(), rest)) {
        return options;
      }
    }
    if (rest.isEmpty()) {
      options.kind = Kind.HELP;
      return options;
    }
    options.program = rest.removeFirst();
    options.arguments = rest;
    if (options.kind == Kind.CLASS && options.program.endsWith(".java")) {
      options.kind = Kind.SOURCE;
    }
    return options;
  }

  /** A script's first line comes as one word. */
  private static List<String> split(List<String> words) {
    if (words.isEmpty() || !words.getFirst().startsWith(SOURCE_OPTION)) {
      return words;
    }
    List<String> all = new ArrayList<>(List.of(words.getFirst().trim().split(" +")));
    all.addAll(words.subList(1, words.size()));
    return all;
  }

  /** Takes an option; whether no word after it counts. */
  private boolean ends(String word, List<String> rest) throws Misuse {
    switch (word) {
      case "--version", "-version", "--show-version" -> kind = Kind.VERSION;
      case "--help", "-help", "-h", "-?" -> kind = Kind.HELP;
      case "-cp", "-classpath", "--class-path" -> classPath = value(word, rest, " class path ");
      case "-jar" -> {
        kind = Kind.JAR;
        if (rest.isEmpty()) {
          throw new Misuse("Error: -jar requires jar file specification");
        }
      }
      case "--source" -> {
        value(word, rest, " source version ");
        kind = Kind.SOURCE;
      }
      default -> other(word);
    }
    return kind == Kind.VERSION || kind == Kind.HELP;
  }

  private static String value(String word, List<String> rest, String what) throws Misuse {
    if (rest.isEmpty()) {
      throw new Misuse("Error: " + word + " requires" + what + "specification");
    }
    return rest.removeFirst();
  }

  private void other(String word) throws Misuse {
    if (word.startsWith("-D")) {
      int equals = word.indexOf('=');
      properties.put(
          word.substring(2, equals < 0 ? word.length() : equals),
          equals < 0 ? "" : word.substring(equals + 1));
    } else if (!word.equals("--enable-preview") && !isIgnored(word)) {
      throw new Misuse(
          "Unrecognized option: "
              + word
              + "\nError: Could not create the Java Virtual Machine."
              + "\nError: A fatal exception has occurred. Program will exit.");
    }
  }

  /** What is about a JVM of one's own: here there is one for all. */
  private static boolean isIgnored(String word) {
    return word.startsWith("-X") || word.startsWith("-ea") || word.startsWith("-da");
  }

  /** Whether words of a first line are about this command. */
  static @Nullable String usage() {
    return """
    Usage: java [options] <source file> [args]
       or  java [options] -cp <folders and jars> <main class> [args]
       or  java [options] -jar <jar file> [args]

    Runs a Java program as a process of the VOS. It has org.atoll.posix, and of
    the JDK what does not reach the host.

        --source <release>  the file is a source whatever its name, as in
                            #!/usr/bin/java --source 25
        -D<name>=<value>    sets a system property
        --version           prints the version and exits
        --help              prints this and exits
    """;
  }
}
