package org.atoll.bench.ipc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
      "Exit status: 0; 1 when a local call allocates; 125 when a row fails, or all.",
      "",
      "Examples:",
      "  atoll bench ipc                          the table for this machine, in at most 8 minutes",
      "  atoll bench ipc --quick --json out.json  one short round, and the figures as JSON",
      "  atoll bench ipc --pin host               nodes and echoes on all cores",
      "  atoll bench ipc sendrec                  rows whose names begin so, and their peers",
      "  atoll bench ipc --hosts 10.0.0.1,10.0.0.2 --key k   between machines (atoll bench serve)"
    })
public final class IpcBenchmark implements Callable<Integer> {

  private static final int ALLOCATES = 1;

  @Mixin private final IpcOptions options = new IpcOptions();

  @Mixin private final HostOptions hosts = new HostOptions();

  @Option(
      names = "--report",
      paramLabel = "FILE.html",
      description = {
        "Writes a page with drawings there, too. It takes more sizes of copies (1, 4k, 64k, 1m), and",
        "latency against offered load."
      })
  private @Nullable Path page;

  @Mixin private final Output output = new Output();

  @Parameters(paramLabel = "ROW", description = "Names of rows, or how they begin (default: all).")
  private List<String> names = List.of();

  /** Runs the command and ends with its status. */
  public static void main(String[] arguments) {
    Commands.run(new IpcBenchmark(), arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Choice choice = choice();
    checkFiles();
    Path root = Path.of(System.getProperty("atoll.root", "."));
    try (OtherHost other = hosts.open(root)) {
      Environment environment = new Environment(root, options.pinning(), options.rounds());
      List<Result> results = results(environment, choice, other);
      output.tell(environment, results);
      if (page != null) {
        Map<String, List<LoadPoint>> loads = loads(choice, other);
        Files.writeString(page, new Page(environment, results, loads).html());
        if (loads.containsValue(List.<LoadPoint>of())) {
          return Commands.FAILED;
        }
      }
      return status(results);
    }
  }

  private void checkFiles() throws IOException {
    output.check();
    if (page != null) {
      output.checkPage(page);
    }
  }

  private Choice choice() {
    Choice all = page == null ? options.choice() : options.choiceOfPage();
    return hosts.areMeant() ? options.between(all) : all;
  }

  private static List<Row> rows(Choice choice, @Nullable OtherHost other) throws IOException {
    return other == null ? Rows.all(choice) : Rows.between(choice, other);
  }

  private List<Result> results(Environment environment, Choice choice, @Nullable OtherHost other)
      throws IOException, InterruptedException {
    List<Row> rows = wanted(rows(choice, other));
    environment.with(choice);
    environment.begins();
    if (other != null) {
      environment.with(other);
    }
    try (Measurement measurement = new Measurement(rows, IpcBenchmark::say)) {
      List<Result> results = measurement.results(options.rounds(), options.atMost());
      environment.ends(measurement.rounds());
      return results;
    }
  }

  private static int status(List<Result> results) {
    int status = Commands.status(results);
    return status == 0 && results.stream().anyMatch(IpcBenchmark::allocates) ? ALLOCATES : status;
  }

  private static Map<String, List<LoadPoint>> loads(Choice choice, @Nullable OtherHost other)
      throws InterruptedException {
    Map<String, List<LoadPoint>> loads = new LinkedHashMap<>();
    say("bench: latency against offered load");
    if (other == null) {
      loads.put("local", load("local", () -> LoadCurve.local(choice.pinning())));
    }
    Place place = other == null ? new OneMachine(choice) : new TwoMachines(choice, other);
    if (choice.nodes() > 1) {
      for (String transport : choice.transports()) {
        loads.put(transport, load(transport, () -> place.load(transport)));
      }
    }
    return loads;
  }

  /** Measures latency against offered load. */
  private interface Curve {
    List<LoadPoint> measure() throws IOException, InterruptedException;
  }

  /** A curve, which is empty when it failed. */
  private static List<LoadPoint> load(String where, Curve curve) throws InterruptedException {
    try {
      return curve.measure();
    } catch (IOException failed) {
      say("bench: latency against offered load, " + where + ": failed: " + failed.getMessage());
      return List.of();
    }
  }

  private static void say(String line) {
    System.err.println(line);
  }

  /** Those that were asked for, and their peers. */
  private List<Row> wanted(List<Row> all) {
    Set<String> wanted = new LinkedHashSet<>();
    for (String name : names.isEmpty() ? List.of("") : names) {
      List<Row> found = all.stream().filter(row -> row.name().startsWith(name)).toList();
      if (found.isEmpty()) {
        String known = String.join(", ", all.stream().map(Row::name).toList());
        throw options.misuse("no row begins with " + name + "; there are: " + known);
      }
      for (Row row : found) {
        wanted.add(row.name());
        wanted.addAll(row.peers());
      }
    }
    return all.stream().filter(row -> wanted.contains(row.name())).toList();
  }

  /** Less than a byte is what is left of the warm-up. */
  private static boolean allocates(Result result) {
    return result.row().name().equals("sendrec.local.direct")
        && result.figures().rounds() > 0
        && result.figures().allocatedBytes() >= 1;
  }
}
