package org.atoll.bench.ipc;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code atoll bench fairness}. */
@Command(
    name = "atoll bench fairness",
    mixinStandardHelpOptions = true,
    description = {
      "Measures what a pair of tasks that makes null calls gets beside others: a full mailbox, a slow",
      "reader, a copy of 64 MiB, a flood of notifications, a flood of messages; on one node, and",
      "between two. Rates are beside that of the pair alone in the same round, which takes about a",
      "minute."
    },
    footer = {
      "",
      "Exit status: 0; 125 when a row fails, or all.",
      "",
      "Example:",
      "  atoll bench fairness --rounds 10 --json fairness.json"
    })
public final class FairnessBenchmark implements Callable<Integer> {

  private static final List<String> TRANSPORTS = List.of("shm", "unix", "tcp");

  @Mixin private final AllRounds rounds = new AllRounds();

  @Option(
      names = "--transport",
      paramLabel = "WHAT",
      description = "What is between the two nodes: shm, unix or tcp (the default).")
  private String transport = "tcp";

  /** Runs the command and ends with its status. */
  public static void main(String[] arguments) {
    Commands.run(new FairnessBenchmark(), arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    rounds.check();
    if (!TRANSPORTS.contains(transport)) {
      throw rounds.misuse("--transport " + transport + ": expected shm, unix or tcp");
    }
    return rounds.run(
        FairnessRows.all(transport), results -> new FairnessTable(System.out, results)::print);
  }
}
