package org.atoll.bench.ipc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.atoll.bench.ipc.ReportFile.Measured;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code atoll bench compare}. */
@Command(
    name = "atoll bench compare",
    mixinStandardHelpOptions = true,
    description = {
      "Says what changed from one report of 'atoll bench ipc --json' to another, beyond the noise:",
      "the 95 %% intervals of the medians do not overlap, of at least four rounds each, and the",
      "medians differ by 3 %%. Of four rounds that happens by chance in 2.9 %% of rows, of six in",
      "0.2 %%. What changed in the machine between the two runs is no noise of rounds: the peers,",
      "which no change of Atoll's moves, show it. Reports of 'atoll bench syscall' are compared so,",
      "too, and those of 'atoll bench fairness' by their rates."
    },
    footer = {
      "",
      "Exit status: 0; 1 when a row of Atoll's is slower, or allocates and did not, or was measured",
      "and is not any more; 125 when a report cannot be read."
    })
public final class CompareReports implements Callable<Integer> {

  private static final int WORSE = 1;
  private static final String PEER = "peer.";

  /** What makes figures different without a change of Atoll's. */
  private static final List<String> MACHINE =
      List.of("cpu", "cores", "kernel", "jdk", "flags", "pinning", "nodes", "effort", "hosts");

  @Parameters(index = "0", paramLabel = "A.json", description = "The earlier report.")
  private Path before = Path.of("");

  @Parameters(index = "1", paramLabel = "B.json", description = "The later report.")
  private Path after = Path.of("");

  /** Runs the command and ends with its status. */
  public static void main(String[] arguments) {
    Commands.run(new CompareReports(), arguments);
  }

  @Override
  public Integer call() throws IOException {
    ReportFile first = ReportFile.read(before);
    ReportFile then = ReportFile.read(after);
    machines(first, then);
    List<Change> changes = changes(first, then);
    changes.forEach(each -> System.out.printf("%-26s %s%n", each.row(), each.words()));
    Output.flush();
    boolean worse = changes.stream().anyMatch(each -> !isPeer(each) && each.isWorse());
    return worse ? WORSE : 0;
  }

  private static boolean isPeer(Change change) {
    return change.row().startsWith(PEER);
  }

  /** One for each row that one of them has, the earlier one's order first. */
  static List<Change> changes(ReportFile first, ReportFile then) {
    Set<String> names = new LinkedHashSet<>(first.rows().keySet());
    names.addAll(then.rows().keySet());
    List<Change> changes = new ArrayList<>();
    for (String name : names) {
      Measured earlier = first.rows().getOrDefault(name, Measured.SKIPPED);
      Measured later = then.rows().getOrDefault(name, Measured.SKIPPED);
      changes.add(Change.of(name, earlier, later));
    }
    return changes;
  }

  private static void machines(ReportFile first, ReportFile then) {
    for (String what : MACHINE) {
      String earlier = first.environment().get(what);
      String later = then.environment().get(what);
      if (!Objects.equals(earlier, later)) {
        System.out.printf("not the same %s: %s, then %s%n", what, earlier, later);
      }
    }
  }
}
