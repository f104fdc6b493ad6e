package org.atoll.boot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table of {@code strace -c}: calls by name, how often, how long, how many failed. */
final class StraceCounts {

  private static final String RULE =
      "------ ----------- ----------- --------- --------- ----------------\n";

  private static final class Row {
    private final String name;
    private long nanos;
    private long calls;
    private long errors;

    private Row(String name) {
      this.name = name;
    }
  }

  private final Map<String, Row> rows = new HashMap<>();

  /** A call was answered. */
  void add(String name, long nanos, boolean failed) {
    Row row = rows.computeIfAbsent(name, Row::new);
    row.nanos += nanos;
    row.calls++;
    row.errors += failed ? 1 : 0;
  }

  /** The table, by time. */
  String table() {
    List<Row> sorted = new ArrayList<>(rows.values());
    sorted.sort(
        Comparator.comparingLong((Row row) -> -row.nanos)
            .thenComparingLong(row -> -row.calls)
            .thenComparing(row -> row.name));
    Row total = new Row("total");
    for (Row row : sorted) {
      total.nanos += row.nanos;
      total.calls += row.calls;
      total.errors += row.errors;
    }
    StringBuilder table = new StringBuilder();
    table.append("% time     seconds  usecs/call     calls    errors syscall\n").append(RULE);
    sorted.forEach(row -> table.append(line(row, total)));
    return table.append(RULE).append(line(total, total)).toString();
  }

  private static String line(Row row, Row total) {
    double percent = total.nanos == 0 ? 0 : 100.0 * row.nanos / total.nanos;
    return String.format(
        Locale.ROOT,
        "%6.2f %11.6f %11d %9d %9s %s%n",
        row == total ? 100.0 : percent,
        row.nanos / 1e9,
        row.calls == 0 ? 0 : row.nanos / 1000 / row.calls,
        row.calls,
        row.errors == 0 ? "" : Long.toString(row.errors),
        row.name);
  }
}
