package org.atoll.bench.ipc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where results go besides the table. */
final class Output {

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Writes the figures there, too; - writes them to stdout instead of the table.")
  private @Nullable String json;

  @Option(
      names = "--raw",
      paramLabel = "FILE.csv",
      description = "Writes all samples there, too, a line each.")
  private @Nullable Path raw;

  @Option(
      names = "--hgrm",
      paramLabel = "FOLDER",
      description = "Writes the latency distribution of each row to FOLDER/ROW.hgrm, too.")
  private @Nullable Path histograms;

  /** Writes all that was asked for. */
  void tell(Environment environment, List<Result> results) throws IOException {
    tell(environment, results, new Table(System.out, results)::print);
  }

  /** The same with a table of one's own. */
  void tell(Environment environment, List<Result> results, Consumer<Environment> table)
      throws IOException {
    Samples samples = new Samples(results);
    if (raw != null) {
      samples.write(raw);
    }
    if (histograms != null) {
      samples.writeHistograms(histograms);
    }
    Report report = new Report(environment, results);
    if ("-".equals(json)) {
      System.out.print(report.text());
      return;
    }
    table.accept(environment);
    if (json != null) {
      Files.writeString(Path.of(json), report.text());
    }
  }
}
