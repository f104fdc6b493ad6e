package org.atoll.bench.ipc;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Rounds of rows, each row once in each round, so that what else the machine does hits all. */
final class Measurement {

  private static final double NANOS = 1e9;

  private final List<Result> results = new ArrayList<>();
  private final PrintStream progress;

  Measurement(List<Row> rows, PrintStream progress) {
    this.progress = progress;
    rows.forEach(row -> results.add(Result.of(row)));
  }

  /** Makes all rounds. A row that fails is left out from then on, and says so. */
  List<Result> results(int rounds) throws InterruptedException {
    announce(rounds);
    long start = System.nanoTime();
    for (int round = 1; round <= rounds; round++) {
      for (int i = 0; i < results.size(); i++) {
        results.set(i, round(results.get(i)));
      }
      double used = (System.nanoTime() - start) / NANOS;
      progress.printf(
          "bench: round %d of %d is over, about %.0f s left%n",
          round, rounds, used / round * (rounds - round));
    }
    return results;
  }

  private void announce(int rounds) {
    List<Result> measured = results.stream().filter(each -> each.skipped() == null).toList();
    double each = measured.stream().mapToLong(one -> one.row().trial().nanos()).sum() / NANOS;
    int skipped = results.size() - measured.size();
    progress.printf(
        "bench: %d rounds of %d rows (%d more are skipped), about %.0f s%n",
        rounds, measured.size(), skipped, rounds * each);
  }

  private Result round(Result result) throws InterruptedException {
    if (result.skipped() != null) {
      return result;
    }
    try {
      result.figures().add(result.row().trial().round());
      return result;
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage());
      progress.printf("bench: %s failed: %s%n", result.row().name(), reason);
      return result.failed(reason);
    }
  }
}
