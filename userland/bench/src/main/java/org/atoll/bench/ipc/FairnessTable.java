package org.atoll.bench.ipc;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a pair gets beside others, as a person reads it. */
final class FairnessTable {

  private static final double NANOS_PER_MICRO = 1e3;

  private final PrintStream out;
  private final Map<String, Result> results = new LinkedHashMap<>();

  FairnessTable(PrintStream out, List<Result> all) {
    this.out = out;
    all.forEach(result -> results.put(result.row().name(), result));
  }

  void print(Environment environment) {
    out.println(environment.line());
    out.println();
    out.printf(
        "%-22s %11s %11s %11s %12s   %s%n",
        "", "median us", "p99 us", "longest us", "per second", "of the rate alone");
    results.values().forEach(this::line);
    out.println();
    out.println("Beside each pair two other tasks are always ready. A slice is 1,000 turns, fewer");
    out.println("where they copy, or 0.1 ms; a call waits for one of each task that is ready.");
    out.flush();
  }

  private void line(Result result) {
    if (result.skipped() != null) {
      out.printf("%-22s skipped: %s%n", result.row().name(), result.skipped());
      return;
    }
    Figures figures = result.figures();
    out.printf(
        Locale.ROOT,
        "%-22s %11.2f %11s %11.1f %,12.0f   %s%n",
        result.row().name(),
        figures.median() / NANOS_PER_MICRO,
        micros(figures.p99()),
        figures.longest() / NANOS_PER_MICRO,
        figures.rate(),
        result.row().peers().isEmpty() ? "" : share(result));
  }

  private static String micros(double nanos) {
    return Double.isNaN(nanos) ? "-" : String.format(Locale.ROOT, "%.2f", nanos / NANOS_PER_MICRO);
  }

  /** What is left of the rate, within each round. */
  private String share(Result result) {
    Result alone = results.get(result.row().peers().getFirst());
    if (alone == null || alone.skipped() != null) {
      return "-";
    }
    double[] ours = result.figures().rates();
    double[] theirs = alone.figures().rates();
    double[] shares = new double[Math.min(ours.length, theirs.length)];
    Arrays.setAll(shares, round -> ours[round] / theirs[round]);
    Arrays.sort(shares);
    return String.format(
        Locale.ROOT,
        "%.3f (%.3f - %.3f)",
        shares[(shares.length - 1) / 2],
        shares[0],
        shares[shares.length - 1]);
  }
}
