package org.atoll.bench.ipc;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The numbers that a program prints, one a line. */
final class Numbers {

  private Numbers() {}

  /**
   * Runs it to its end.
   *
   * @throws IOException when that is not status 0, or it has printed anything else
   */
  static double[] printedBy(List<String> command) throws IOException, InterruptedException {
    return printedBy(command, Map.of());
  }

  /**
   * Runs it to its end.
   *
   * @param environment besides this process's
   */
  static double[] printedBy(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    return printedBy(command, environment, new CompletableFuture<>());
  }

  /**
   * Runs it to its end, or until nobody wants it any more.
   *
   * @param unwanted ends it
   */
  static double[] printedBy(
      List<String> command, Map<String, String> environment, CompletableFuture<?> unwanted)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    String program = "its process (" + Path.of(command.getFirst()).getFileName() + " ...)";
    Process process = builder.start();
    var _ = unwanted.thenRun(process::destroyForcibly);
    List<String> lines;
    try (BufferedReader printed = process.inputReader()) {
      lines = printed.readAllLines();
    } finally {
      process.destroy();
    }
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(program + " ended with status " + status);
    }
    return numbers(lines, program);
  }

  private static double[] numbers(List<String> lines, String program) throws IOException {
    double[] numbers = new double[lines.size()];
    for (int i = 0; i < numbers.length; i++) {
      try {
        numbers[i] = Double.parseDouble(lines.get(i));
      } catch (NumberFormatException odd) {
        throw new IOException(program + " printed '" + lines.get(i) + "' for a number", odd);
      }
    }
    return numbers;
  }
}
