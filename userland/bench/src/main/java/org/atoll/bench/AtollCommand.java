package org.atoll.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Commands of this tree, started as a person starts them. */
public final class AtollCommand {

  private static final String ROOT = "atoll.root";
  private static final double NANOS_PER_SECOND = 1e9;

  private AtollCommand() {}

  /** The folder of the sources. */
  static Path root() {
    return Path.of(System.getProperty(ROOT, "."));
  }

  /** {@code ./atoll} with arguments. */
  public static List<String> atoll(String... arguments) {
    return command(root().resolve("atoll"), arguments);
  }

  /** The same command under Linux and {@code qemu-riscv64}, in the base image. */
  public static List<String> oracle(String... arguments) {
    List<String> command =
        command(root().resolve("userland/oracle/oracle"), "--image", "base", "--timeout", "600");
    command.add("--");
    command.addAll(List.of(arguments));
    return command;
  }

  private static List<String> command(Path program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Runs a command to its end, which must be a good one, without output; answers seconds. */
  static double seconds(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    long start = System.nanoTime();
    int status = builder.start().waitFor();
    double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
    if (status != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + status);
    }
    return seconds;
  }

  /** Whether a program is on this machine. */
  public static boolean isOnPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
    return Stream.of(path.split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** Whether a command can be run here and ends well. */
  static boolean works(List<String> command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException missing) {
      return false;
    }
  }
}
