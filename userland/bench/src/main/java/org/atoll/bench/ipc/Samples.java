package org.atoll.bench.ipc;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;

/** All samples of the rows, for other tools: as comma-separated values, and as histograms. */
final class Samples {

  private static final int DIGITS = 3;
  private static final int TICKS_PER_HALF_DISTANCE = 5;

  private final List<Result> results;

  Samples(List<Result> results) {
    this.results = results.stream().filter(result -> result.skipped() == null).toList();
  }

  /** A line for each sample: row, round from 1 on, number in the round from 1 on, nanoseconds. */
  void write(Path file) throws IOException {
    try (var out = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
      out.println("row,sample,round,number,ns");
      results.forEach(result -> write(result, out));
      if (out.checkError()) {
        throw new IOException("cannot write " + file);
      }
    }
  }

  private static void write(Result result, PrintStream out) {
    String start = result.row().name() + "," + result.row().sample() + ",";
    int round = 0;
    for (double[] samples : result.figures().samplesOfRounds()) {
      round++;
      for (int i = 0; i < samples.length; i++) {
        out.println(start + round + "," + (i + 1) + "," + samples[i]);
      }
    }
  }

  /**
   * The percentile distribution of each row whose operations were timed one by one, in a file
   * ROW.hgrm that HdrHistogram's plotters read.
   */
  void writeHistograms(Path folder) throws IOException {
    Files.createDirectories(folder);
    try {
      results.stream()
          .filter(result -> result.row().batch() == 1)
          .forEach(result -> writeHistogram(result, folder));
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static void writeHistogram(Result result, Path folder) {
    Path file = folder.resolve(result.row().name() + ".hgrm");
    try (var out = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
      histogram(result.figures()).outputPercentileDistribution(out, TICKS_PER_HALF_DISTANCE, 1.0);
      if (out.checkError()) {
        throw new IOException("cannot write " + file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The samples of all rounds in nanoseconds, with three digits. */
  static Histogram histogram(Figures figures) {
    Histogram histogram = new Histogram(DIGITS);
    for (double[] samples : figures.samplesOfRounds()) {
      for (double nanos : samples) {
        histogram.recordValue(Math.max(1, Math.round(nanos)));
      }
    }
    return histogram;
  }
}
