package org.atoll.bench.ipc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures rows in as many rounds as a person says, however long it takes, and tells of them. */
final class AllRounds {

  private static final int MOST = 1_000;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Rounds, 1 to 1000 (default: ${DEFAULT-VALUE}).")
  private int count;

  @Mixin private final Output output = new Output();

  /** Refuses what cannot be done, before anything is. */
  void check() throws IOException {
    if (count < 1 || count > MOST) {
      throw misuse("--rounds " + count + ": expected 1 to " + MOST);
    }
    output.check();
  }

  /**
   * Measures rows that run on one core.
   *
   * @param table makes what prints the results
   * @return the exit status
   */
  int run(List<Row> rows, Function<List<Result>, Consumer<Environment>> table)
      throws IOException, InterruptedException {
    Path root = Path.of(System.getProperty("atoll.root", "."));
    Environment environment = new Environment(root, Pinning.SAME_CORE, count);
    environment.begins();
    List<Result> results;
    try (Measurement all = new Measurement(rows, AllRounds::say)) {
      results = all.results(count, Measurement.AS_LONG_AS_IT_TAKES);
      environment.ends(all.rounds());
    }
    output.tell(environment, results, table.apply(results));
    return Commands.status(results);
  }

  private static void say(String line) {
    System.err.println(line);
  }

  /** What is wrong with the command line, in one line. */
  ParameterException misuse(String words) {
    if (spec == null) {
      throw new IllegalStateException("not started by its command line");
    }
    return new ParameterException(spec.commandLine(), words);
  }
}
