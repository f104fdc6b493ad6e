package org.atoll.bench.ipc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the rounds of a row come to. */
final class Figures {

  private static final double P99 = 0.99;
  private static final double P999 = 0.999;

  /** How often the median may lie outside of the interval. */
  private static final double OUTSIDE = 0.05;

  /** Samples below which a percentile is one of a handful, and not told. */
  private static final int TAIL_SAMPLES = 10;

  private final int batch;
  private final List<Burst> rounds = new ArrayList<>();

  Figures(int batch) {
    this.batch = batch;
  }

  void add(Burst round) {
    rounds.add(round);
  }

  int rounds() {
    return rounds.size();
  }

  /** Nanoseconds of an operation, a sample each, in the order in which a round took them. */
  List<double[]> samplesOfRounds() {
    return rounds.stream().map(Burst::nanos).toList();
  }

  /** Operations that were made. */
  long operations() {
    return (long) samples().length * batch;
  }

  /** Nanoseconds of an operation: the median of the rounds' medians. */
  double median() {
    return middle(medians());
  }

  /** The best round's median: what a peer counts with. */
  double best() {
    return medians()[0];
  }

  /**
   * An interval that holds the median of all possible rounds with a probability of 95 %, by order
   * statistics; from less than six rounds, lowest and highest.
   */
  double[] interval() {
    return interval(medians());
  }

  private static double[] interval(double[] sorted) {
    int below = 0;
    while (2 * tail(sorted.length, below + 1) <= OUTSIDE) {
      below++;
    }
    return new double[] {sorted[below], sorted[sorted.length - 1 - below]};
  }

  /** How probable it is that at most so many of n rounds lie below the median. */
  private static double tail(int n, int most) {
    double ways = 1;
    double sum = 0;
    for (int below = 0; below <= most; below++) {
      sum += ways;
      ways = ways * (n - below) / (below + 1);
    }
    return sum / StrictMath.pow(2, n);
  }

  /** Nanoseconds that 99 % of all operations took at most; NaN when only batches were timed. */
  double p99() {
    return percentile(P99);
  }

  /** The same of 99.9 %. */
  double p999() {
    return percentile(P999);
  }

  private double percentile(double part) {
    double[] all = samples();
    if (batch > 1 || all.length * (1 - part) < TAIL_SAMPLES) {
      return Double.NaN;
    }
    return all[(int) (part * all.length)];
  }

  /** Nanoseconds of the longest operation; NaN when only batches were timed. */
  double longest() {
    return batch > 1 ? Double.NaN : Arrays.stream(samples()).max().orElse(Double.NaN);
  }

  /** Operations a second, one after the other. */
  double rate() {
    return rate(samples());
  }

  /** The same of each round. */
  double[] rates() {
    return rounds.stream().mapToDouble(round -> rate(round.nanos())).toArray();
  }

  /** The same of rates as {@link #interval} of medians. */
  double[] rateInterval() {
    return interval(sorted(rates()));
  }

  private static double rate(double[] nanos) {
    return 1e9 / Arrays.stream(nanos).average().orElse(Double.NaN);
  }

  /** Bytes that an operation allocated: the round with most. */
  double allocatedBytes() {
    return rounds.stream().mapToDouble(Burst::allocatedBytes).max().orElse(Double.NaN);
  }

  /** CPU time of an operation: the median of the rounds. */
  double cpuNanos() {
    return middle(rounds.stream().mapToDouble(Burst::cpuNanos).sorted().toArray());
  }

  private double[] medians() {
    return rounds.stream().mapToDouble(round -> middle(sorted(round.nanos()))).sorted().toArray();
  }

  private double[] samples() {
    return rounds.stream()
        .flatMapToDouble(round -> Arrays.stream(round.nanos()))
        .sorted()
        .toArray();
  }

  private static double[] sorted(double[] samples) {
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  private static double middle(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
