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

  private static final String STDOUT = "-";

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

  /** Refuses what cannot be written, before anything is measured. */
  void check() throws IOException {
    if (json != null && !json.equals(STDOUT)) {
      check("--json", Path.of(json));
    }
    if (raw != null) {
      check("--raw", raw);
      if (json != null && raw.equals(Path.of(json))) {
        throw new IOException("--json and --raw " + raw + ": both would be written there");
      }
    }
    if (histograms != null) {
      checkFolder("--hgrm", histograms);
    }
  }

  /** Refuses the page's file if anything else is written there, or nothing can be. */
  void checkPage(Path page) throws IOException {
    check("--report", page);
    if (page.equals(raw) || json != null && page.equals(Path.of(json))) {
      throw new IOException("--report " + page + ": something else is written there, too");
    }
  }

  /**
   * Refuses a file that cannot be written.
   *
   * @param option that names it
   */
  static void check(String option, Path file) throws IOException {
    Path folder = folder(file);
    if (file.equals(Path.of(STDOUT))) {
      throw new IOException(option + " -: expected a file; --json alone can go to stdout");
    }
    if (Files.isDirectory(file)) {
      throw new IOException(option + " " + file + ": is a folder, expected a file");
    }
    if (!Files.isDirectory(folder)) {
      throw new IOException(option + " " + file + ": there is no folder " + folder);
    }
    if (!Files.isWritable(Files.exists(file) ? file : folder)) {
      throw new IOException(option + " " + file + ": may not be written");
    }
  }

  /** The same of a folder, which is made with those above it where it is not there. */
  private static void checkFolder(String option, Path folder) throws IOException {
    Path there = folder.toAbsolutePath();
    while (!Files.exists(there)) {
      there = folder(there);
    }
    if (!Files.isDirectory(there)) {
      throw new IOException(option + " " + folder + ": " + there + " is no folder");
    }
    if (!Files.isWritable(there)) {
      throw new IOException(option + " " + folder + ": " + there + " may not be written");
    }
  }

  private static Path folder(Path of) {
    Path absolute = of.toAbsolutePath();
    Path above = absolute.getParent();
    return above == null ? absolute : above;
  }

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
    if (STDOUT.equals(json)) {
      System.out.print(report.text());
    } else {
      table.accept(environment);
      if (json != null) {
        Files.writeString(Path.of(json), report.text());
      }
    }
    flush();
  }

  /**
   * Has all that was printed go out.
   *
   * @throws IOException when it did not
   */
  static void flush() throws IOException {
    if (System.out.checkError()) {
      throw new IOException("cannot write to stdout");
    }
  }
}
