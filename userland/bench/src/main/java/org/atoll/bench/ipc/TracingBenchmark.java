package org.atoll.bench.ipc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atoll.bench.Comparison;
import org.atoll.bench.Folders;

/**
 * {@code atoll bench tracing}: a null call to a local server by a kernel that could trace and does
 * not, beside one whose source has no trace calls, twice, so that one sees what chance does; and
 * one that traces into a ring, beside the same.
 */
public final class TracingBenchmark {

  private static final int ROUNDS = 8;
  private static final String CALL = "sendrec.local.direct";
  private static final String TRACED = "sendrec.local.traced";
  private static final String OFF = "off";
  private static final String ON = "into a ring";
  private static final String WITHOUT = "compiled without";
  private static final String AGAIN = "compiled without, again";

  private final Map<String, Trial> trials = new LinkedHashMap<>();

  private TracingBenchmark(Path root, Path folder) throws IOException {
    List<String> whole = KernelBuild.asItIs(root, folder.resolve("whole")).flags();
    List<String> without = KernelBuild.untraced(root, folder.resolve("without")).flags();
    trials.put(OFF, trial(CALL, whole));
    trials.put(WITHOUT, trial(CALL, without));
    trials.put(ON, trial(TRACED, whole));
    trials.put(AGAIN, trial(CALL, without));
  }

  private static Trial trial(String row, List<String> flags) {
    return new ForkedTrial(row, Pinning.SAME_CORE, 1, Effort.FULL, flags);
  }

  /** Takes how many rounds, or nothing. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = arguments.length == 0 ? ROUNDS : Integer.parseInt(arguments[0]);
    Path root = Path.of(System.getProperty("atoll.root", "."));
    Path folder = Folders.make();
    try {
      new TracingBenchmark(root, folder).run(rounds);
    } finally {
      Folders.delete(folder);
    }
  }

  private void run(int rounds) throws IOException, InterruptedException {
    Comparison off = new Comparison("a null call, tracing off", OFF, "ns");
    Comparison chance = new Comparison("the same kernel twice", AGAIN, "ns");
    Comparison on = new Comparison("a null call, each message traced", ON, "ns");
    for (int round = 0; round < rounds; round++) {
      Map<String, double[]> nanos = new LinkedHashMap<>();
      for (var trial : trials.entrySet()) {
        nanos.put(trial.getKey(), trial.getValue().round().nanos());
      }
      add(off, nanos, OFF, WITHOUT);
      add(chance, nanos, AGAIN, WITHOUT);
      add(on, nanos, ON, OFF, WITHOUT);
    }
    off.print(System.out);
    chance.print(System.out);
    on.print(System.out);
  }

  private static void add(Comparison to, Map<String, double[]> nanos, String... names) {
    for (String name : names) {
      double[] samples = nanos.get(name);
      if (samples != null) {
        to.addMeans(name, samples);
      }
    }
  }
}
