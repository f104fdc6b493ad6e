package org.atoll.bench.ipc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Rounds of rows, each row once in each round, so that what else the machine does hits all. */
final class Measurement implements AutoCloseable {

  private static final double NANOS = 1e9;

  private final List<Result> results = new ArrayList<>();
  private final Consumer<String> progress;

  /**
   * @param progress takes a line for each round
   */
  Measurement(List<Row> rows, Consumer<String> progress) {
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
      long left = Math.round(used / round * (rounds - round));
      tell("round " + round + " of " + rounds + " is over, about " + left + " s left");
    }
    return results;
  }

  private void announce(int rounds) {
    List<Result> measured = results.stream().filter(each -> each.skipped() == null).toList();
    double each = measured.stream().mapToLong(one -> one.row().trial().nanos()).sum() / NANOS;
    int skipped = results.size() - measured.size();
    long seconds = Math.round(rounds * each);
    String rows = measured.size() + " rows (" + skipped + " more are skipped)";
    tell(rounds + " rounds of " + rows + ", about " + seconds + " s");
  }

  private void tell(String line) {
    progress.accept("bench: " + line);
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
      tell(result.row().name() + " failed: " + reason);
      return result.failed(reason);
    }
  }

  /** Gives back what rows have kept for further rounds. */
  @Override
  public void close() throws IOException {
    for (Result result : results) {
      result.row().trial().close();
    }
  }
}
