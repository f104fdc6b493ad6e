package org.atoll.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The page of {@code atoll bench}, which the launcher itself starts: its JVM is another one. */
@Command(
    name = "bench",
    description = "Measures IPC and whole systems, each beside its peers (atoll bench --list).")
final class BenchCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ARG", description = "Arguments of the benchmark.")
  private List<String> arguments = List.of();

  @Override
  public Integer call() {
    throw new IllegalStateException(
        "benchmarks are started by the launcher: ./atoll bench " + String.join(" ", arguments));
  }
}
