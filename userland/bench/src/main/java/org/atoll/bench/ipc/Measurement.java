package org.atoll.bench.ipc;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Rounds of rows, each row once in each round, so that what else the machine does hits all. */
final class Measurement implements AutoCloseable {

  /** Longer than anybody waits. */
  static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(365);

  private static final double NANOS = 1e9;

  private final List<Result> results = new ArrayList<>();
  private final Consumer<String> progress;
  private int made;

  /**
   * @param progress takes a line for each round
   */
  Measurement(List<Row> rows, Consumer<String> progress) {
    this.progress = progress;
    rows.forEach(row -> results.add(Result.of(row)));
  }

  /**
   * Makes rounds, the first one in any case, another one where there is time for it. A row that
   * fails is left out from then on, and says so.
   *
   * @param rounds how many, if there is time for them
   * @return what was measured; {@link #rounds} says how often
   */
  List<Result> results(int rounds, Duration atMost) throws InterruptedException {
    announce(rounds, atMost);
    long start = System.nanoTime();
    long end = start + atMost.toNanos();
    long before;
    do {
      before = System.nanoTime();
      for (int i = 0; i < results.size(); i++) {
        results.set(i, round(results.get(i)));
      }
      made++;
      tellTime(rounds, start);
    } while (made < rounds && 2 * System.nanoTime() - before <= end);
    if (made < rounds) {
      tell("there is no time for another round: --rounds " + rounds + " makes them all");
    }
    return results;
  }

  /** How many rounds were made. */
  int rounds() {
    return made;
  }

  private void tellTime(int rounds, long start) {
    double used = (System.nanoTime() - start) / NANOS;
    double next = measured().mapToLong(Trial::nanos).sum() / NANOS;
    double factor = used / Math.max(1, made * next + first());
    long left = Math.round(factor * next * (rounds - made));
    String over = "round " + made + " of " + rounds + " is over, after " + Math.round(used) + " s";
    tell(left == 0 ? over : over + "; about " + left + " s left");
  }

  private void announce(int rounds, Duration atMost) {
    long each = measured().mapToLong(Trial::nanos).sum();
    double seconds = Math.min(rounds * each / NANOS + first(), atMost.toNanos() / NANOS);
    long rows = measured().count();
    String what = rows + " rows (" + (results.size() - rows) + " more are skipped)";
    tell(rounds + " rounds of " + what + ", about " + Math.round(seconds) + " s");
  }

  private double first() {
    return measured().mapToLong(Trial::nanosOfFirst).sum() / NANOS;
  }

  private Stream<Trial> measured() {
    return results.stream().filter(each -> each.skipped() == null).map(each -> each.row().trial());
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
