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
   * Makes rounds, the first one in any case, another one where there is time for it. Where time is
   * short, the {@linkplain Trial#slow slow} rows are in the first round alone. A row that fails is
   * left out from then on, and says so.
   *
   * @param rounds how many, if there is time for them
   * @return what was measured; {@link #rounds} says how often
   */
  List<Result> results(int rounds, Duration atMost) throws InterruptedException {
    boolean once = atMost.compareTo(AS_LONG_AS_IT_TAKES) < 0;
    announce(rounds, atMost, once);
    long start = System.nanoTime();
    long end = start + atMost.toNanos();
    long again;
    do {
      again = 0;
      for (int i = 0; i < results.size(); i++) {
        again += round(i, once);
      }
      made++;
      tellTime(rounds, System.nanoTime() - start, again);
    } while (made < rounds && System.nanoTime() + again <= end);
    if (made < rounds) {
      tell("there is no time for another round: --rounds " + rounds + " makes them all");
    }
    return results;
  }

  /** How many rounds were made. */
  int rounds() {
    return made;
  }

  /** Measures a row, if it has a part in this round; how long it would take in the next one. */
  private long round(int row, boolean once) throws InterruptedException {
    Result result = results.get(row);
    boolean last = once && result.row().trial().slow();
    if (last && made > 0) {
      return 0;
    }
    long start = System.nanoTime();
    results.set(row, round(result));
    return last ? 0 : System.nanoTime() - start;
  }

  private void tellTime(int rounds, long used, long again) {
    long left = Math.round(again / NANOS * (rounds - made));
    long seconds = Math.round(used / NANOS);
    String over = "round " + made + " of " + rounds + " is over, after " + seconds + " s";
    tell(left == 0 ? over : over + "; about " + left + " s left");
  }

  private void announce(int rounds, Duration atMost, boolean once) {
    long each = measured().filter(row -> !once || !row.slow()).mapToLong(Trial::nanos).sum();
    long slow = measured().filter(row -> once && row.slow()).mapToLong(Trial::nanos).sum();
    long first = measured().mapToLong(Trial::nanosOfFirst).sum();
    double seconds = Math.min((rounds * each + slow + first) / NANOS, atMost.toNanos() / NANOS);
    long rows = measured().count();
    String what = rows + " rows (" + (results.size() - rows) + " more are skipped)";
    tell(rounds + " rounds of " + what + ", about " + Math.round(seconds) + " s");
    if (slow > 0 && rounds > 1) {
      tell("rows that take long are in the first round alone: --rounds N has them in each");
    }
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
