package org.atoll.bench.ipc;

import com.google.gson.GsonBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The results as programs read them: an object with {@code schema}, {@code environment} and {@code
 * rows}. What is undefined is null; times are nanoseconds of an operation.
 */
final class Report {

  /** Grows when a member changes its meaning; members may be added. */
  static final int SCHEMA = 1;

  private final Map<String, Object> report = new LinkedHashMap<>();

  Report(Environment environment, List<Result> results) {
    report.put("schema", SCHEMA);
    report.put("environment", environment.values());
    report.put("rows", results.stream().map(Report::row).toList());
  }

  String text() {
    var gson =
        new GsonBuilder().serializeNulls().disableHtmlEscaping().setPrettyPrinting().create();
    return gson.toJson(report) + "\n";
  }

  private static Map<String, @Nullable Object> row(Result result) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    Row row = result.row();
    members.put("name", row.name());
    members.put("isolation", row.isolation());
    members.put("placement", row.placement());
    members.put("sample", row.sample());
    if (result.skipped() != null) {
      members.put("skipped", result.skipped());
      return members;
    }
    Figures figures = result.figures();
    members.put("n", figures.operations());
    members.put("forks", figures.rounds());
    members.put("median_ns", known(figures.median()));
    members.put("ci95_ns", figures.interval());
    members.put("p99_ns", known(figures.p99()));
    members.put("p999_ns", known(figures.p999()));
    members.put("max_ns", known(figures.longest()));
    members.put("rate_per_s", known(figures.rate()));
    members.put("rate_ci95_per_s", figures.rateInterval());
    members.put("alloc_bytes_per_op", known(figures.allocatedBytes()));
    members.put("cpu_ns_per_op", known(figures.cpuNanos()));
    return members;
  }

  private static @Nullable Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
