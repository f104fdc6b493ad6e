package org.atoll.bench.ipc;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results as a person reads them: each row, and under it what it is beside its peers. */
final class Table {

  private static final String LINE = "%-26s %-10s %-10s %10s %10s %10s %12s %9s%n";
  private static final String UNKNOWN = "-";

  private final PrintStream out;
  private final Map<String, Result> results = new LinkedHashMap<>();

  Table(PrintStream out, List<Result> all) {
    this.out = out;
    all.forEach(result -> results.put(result.row().name(), result));
  }

  void print(Environment environment) {
    out.println(environment.line());
    out.println();
    out.printf(
        LINE,
        "",
        "isolation",
        "placement",
        "median ns",
        "p99 ns",
        "p99.9 ns",
        "per second",
        "B/op");
    for (Result result : results.values()) {
      line(result);
      result.row().peers().forEach(peer -> beside(result, peer));
    }
    out.flush();
  }

  private void line(Result result) {
    Row row = result.row();
    if (result.skipped() != null) {
      out.printf("%-26s skipped: %s%n", row.name(), result.skipped());
      return;
    }
    Figures figures = result.figures();
    out.printf(
        LINE,
        row.name(),
        row.isolation(),
        row.placement(),
        number(figures.median()),
        number(figures.p99()),
        number(figures.p999()),
        number(figures.rate()),
        number(figures.allocatedBytes()));
  }

  /** A peer counts with its best round. */
  private void beside(Result result, String peer) {
    Result other = results.get(peer);
    if (other == null || other.skipped() != null || result.skipped() != null) {
      return;
    }
    Figures ours = result.figures();
    double best = other.figures().best();
    double[] interval = ours.interval();
    String tail = number(ours.p99() / other.figures().p99());
    int rounds = other.figures().rounds();
    out.printf(
        "    %s of %s (%s to %s)%s%s%n",
        number(ours.median() / best),
        peer,
        number(interval[0] / best),
        number(interval[1] / best),
        tail.equals(UNKNOWN) ? "" : ", p99 " + tail,
        rounds == ours.rounds()
            ? ""
            : ", which has " + rounds + " of " + ours.rounds() + " rounds");
  }

  /** Three digits that count. */
  private static String number(double value) {
    if (Double.isNaN(value)) {
      return UNKNOWN;
    }
    if (value >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return new BigDecimal(value).round(new MathContext(3)).toPlainString();
  }
}
