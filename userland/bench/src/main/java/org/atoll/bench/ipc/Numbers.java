package org.atoll.bench.ipc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The numbers that a program prints, one a line. */
final class Numbers {

  private Numbers() {}

  /** Runs it to its end. */
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
    Process process = builder.start();
    var _ = unwanted.thenRun(process::destroyForcibly);
    double[] numbers;
    try (var lines = process.inputReader().lines()) {
      numbers = lines.mapToDouble(Double::parseDouble).toArray();
    } finally {
      process.destroy();
    }
    int status = process.waitFor();
    if (status != 0) {
      String program = Path.of(command.getFirst()).getFileName().toString();
      throw new IOException("its process (" + program + " ...) ended with status " + status);
    }
    return numbers;
  }
}
