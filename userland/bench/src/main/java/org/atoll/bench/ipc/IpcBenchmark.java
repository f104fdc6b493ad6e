package org.atoll.bench.ipc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.atoll.drivers.link.Door;
import org.atoll.drivers.link.Ways;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code atoll bench ipc}. */
@Command(
    name = "atoll bench ipc",
    mixinStandardHelpOptions = true,
    description = {
      "Measures local and remote IPC beside pipes, TCP echoes and other peers, in alternating rounds.",
      "Each row of a round has processes of its own. A ratio is of the median of all rounds to the "
          + "peer's best round."
    },
    footer = {
      "",
      "A sample of 'op' is one operation; one of 'batch:N' is the mean of N, because reading the",
      "clock takes as long as a local call: it has no percentiles.",
      "",
      "Exit status: 0; 1 when a local call allocates; 125 when the benchmark fails.",
      "",
      "Examples:",
      "  atoll bench ipc                          the table for this machine",
      "  atoll bench ipc --quick --json out.json  three rounds, and the figures as JSON",
      "  atoll bench ipc --pin host               nodes and echoes on all cores",
      "  atoll bench ipc sendrec                  rows whose names begin so, and their peers"
    })
public final class IpcBenchmark implements Callable<Integer> {

  private static final int ROUNDS = 10;
  private static final int QUICK_ROUNDS = 3;
  private static final int ROUNDS_MAX = 1_000;
  private static final int FAILED = 125;
  private static final int ALLOCATES = 1;

  /** What a round of a row takes on a quiet machine of two cores. */
  private static final Duration ROW = Duration.ofSeconds(3);

  @Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Option(names = "--rounds", paramLabel = "N", description = "Rounds, 1 to 1000 (default: 10).")
  private int rounds = ROUNDS;

  @Option(names = "--quick", description = "Three rounds, about two minutes.")
  private boolean quick;

  @Option(
      names = "--pin",
      paramLabel = "WHERE",
      description = "Where nodes and their peers run: core (all on one, the default) or host.")
  private String pin = "core";

  @Option(
      names = "--transport",
      paramLabel = "WHAT",
      description = "Rows of two nodes over shm, unix or tcp alone (default: auto, all).")
  private String transport = Ways.AUTO;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Writes the figures there, too; - writes them to stdout instead of the table.")
  private @Nullable String json;

  @Parameters(paramLabel = "ROW", description = "Names of rows, or how they begin (default: all).")
  private List<String> names = List.of();

  /** Runs the command and ends with its status. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new IpcBenchmark());
    line.setUsageHelpWidth(100);
    line.setParameterExceptionHandler((failure, words) -> {
      System.err.println("atoll: " + failure.getMessage());
      System.err.println("Try 'atoll bench ipc --help'.");
      return FAILED;
    });
    line.setExecutionExceptionHandler((failure, command, parsed) -> {
      System.err.println("atoll: " + failure.getMessage());
      return FAILED;
    });
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Pinning pinning = pinning();
    int count = quick ? QUICK_ROUNDS : rounds;
    if (count < 1 || count > ROUNDS_MAX) {
      throw misuse("--rounds " + count + ": expected 1 to " + ROUNDS_MAX);
    }
    Path root = Path.of(System.getProperty("atoll.root", "."));
    Environment environment = new Environment(root, pinning, count);
    List<Result> results = measure(rows(pinning), count);
    environment.ends();
    tell(environment, results);
    return results.stream().anyMatch(IpcBenchmark::allocates) ? ALLOCATES : 0;
  }

  /** Those that were asked for, and their peers. */
  private List<Row> rows(Pinning pinning) {
    List<Row> all = Rows.all(pinning, transports());
    Set<String> wanted = new LinkedHashSet<>();
    for (String name : names.isEmpty() ? List.of("") : names) {
      List<Row> found = all.stream().filter(row -> row.name().startsWith(name)).toList();
      if (found.isEmpty()) {
        String known = String.join(", ", all.stream().map(Row::name).toList());
        throw misuse("no row begins with " + name + "; there are: " + known);
      }
      for (Row row : found) {
        wanted.add(row.name());
        wanted.addAll(row.peers());
      }
    }
    return all.stream().filter(row -> wanted.contains(row.name())).toList();
  }

  private List<String> transports() {
    try {
      return Ways.kinds(transport).stream().map(Door.Kind::word).toList();
    } catch (IOException unknown) {
      throw misuse(String.valueOf(unknown.getMessage()));
    }
  }

  private void tell(Environment environment, List<Result> results) throws IOException {
    Report report = new Report(environment, results);
    if ("-".equals(json)) {
      System.out.print(report.text());
      return;
    }
    new Table(System.out, results).print(environment);
    if (json != null) {
      Files.writeString(Path.of(json), report.text());
    }
  }

  private Pinning pinning() {
    return switch (pin) {
      case "core" -> Pinning.SAME_CORE;
      case "host" -> Pinning.HOST;
      default -> throw misuse("--pin " + pin + ": expected core or host");
    };
  }

  private ParameterException misuse(String words) {
    if (spec == null) {
      throw new IllegalStateException("not started by its command line");
    }
    return new ParameterException(spec.commandLine(), words);
  }

  private static List<Result> measure(List<Row> rows, int rounds)
      throws IOException, InterruptedException {
    List<Result> results = new ArrayList<>();
    for (Row row : rows) {
      results.add(new Result(row, new Figures(row.batch()), row.trial().missing()));
    }
    long seconds = ROW.toSeconds() * rounds * rows.size();
    System.err.printf("bench: %d rounds of %d rows, about %d s%n", rounds, rows.size(), seconds);
    for (int round = 1; round <= rounds; round++) {
      System.err.printf("bench: round %d of %d%n", round, rounds);
      for (Result result : results) {
        if (result.skipped() == null) {
          result.figures().add(result.row().trial().round());
        }
      }
    }
    return results;
  }

  /** Less than a byte is what is left of the warm-up. */
  private static boolean allocates(Result result) {
    return result.row().name().equals("sendrec.local.direct")
        && result.figures().allocatedBytes() >= 1;
  }
}
