package org.atoll.bench.ipc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code atoll bench fairness}. */
@Command(
    name = "atoll bench fairness",
    mixinStandardHelpOptions = true,
    description = {
      "Measures what a pair of tasks that makes null calls gets beside others: a full mailbox, a slow",
      "reader, a copy of 64 MiB, a flood of notifications, a flood of messages; on one node, and",
      "between two. Rates are beside that of the pair alone in the same round."
    },
    footer = {
      "",
      "Exit status: 0; 125 when a row fails, or all.",
      "",
      "Example:",
      "  atoll bench fairness --rounds 10 --json fairness.json"
    })
public final class FairnessBenchmark implements Callable<Integer> {

  private static final int FAILED = 125;
  private static final int ROUNDS = 5;
  private static final int ROUNDS_MAX = 1_000;
  private static final List<String> TRANSPORTS = List.of("shm", "unix", "tcp");

  @Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds, 1 to 1000 (default: 5, some six minutes).")
  private int rounds = ROUNDS;

  @Option(
      names = "--transport",
      paramLabel = "WHAT",
      description = "What is between the two nodes: shm, unix or tcp (the default).")
  private String transport = "tcp";

  @Mixin private final Output output = new Output();

  /** Runs the command and ends with its status. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new FairnessBenchmark());
    line.setUsageHelpWidth(100);
    line.setParameterExceptionHandler((failure, words) -> {
      System.err.println("atoll bench fairness: " + failure.getMessage() + "; see --help");
      return FAILED;
    });
    line.setExecutionExceptionHandler((failure, command, parsed) -> {
      System.err.println("atoll bench fairness: " + failure.getMessage());
      return FAILED;
    });
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (rounds < 1 || rounds > ROUNDS_MAX) {
      throw misuse("--rounds " + rounds + ": expected 1 to " + ROUNDS_MAX);
    }
    if (!TRANSPORTS.contains(transport)) {
      throw misuse("--transport " + transport + ": expected shm, unix or tcp");
    }
    Path root = Path.of(System.getProperty("atoll.root", "."));
    Environment environment = new Environment(root, Pinning.SAME_CORE, rounds);
    environment.begins();
    List<Result> results;
    try (Measurement all = new Measurement(FairnessRows.all(transport), FairnessBenchmark::say)) {
      results = all.results(rounds, Measurement.AS_LONG_AS_IT_TAKES);
      environment.ends(all.rounds());
    }
    output.tell(environment, results, new FairnessTable(System.out, results)::print);
    return results.stream().anyMatch(Result::failed) ? FAILED : 0;
  }

  private ParameterException misuse(String words) {
    if (spec == null) {
      throw new IllegalStateException("not started by its command line");
    }
    return new ParameterException(spec.commandLine(), words);
  }

  private static void say(String line) {
    System.err.println(line);
  }
}
