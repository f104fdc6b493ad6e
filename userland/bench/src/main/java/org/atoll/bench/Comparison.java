package org.atoll.bench;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One subject and its peers over several rounds. In each round all are measured one after the
 * other, so that what else the machine does hits them alike; the ratio is taken within a round, and
 * the median of the rounds is shown with the lowest and highest.
 */
public final class Comparison {

  private static final double P99 = 0.99;

  /** Samples of a round from which on a 99th percentile is shown. */
  private static final int TAIL_SAMPLES = 100;

  private static final String ROW = "  %-44s %10s %10s   %s%n";

  private final String title;
  private final String subject;
  private final String unit;

  /** By name, for each round its samples in ascending order. */
  private final Map<String, List<double[]>> rounds = new LinkedHashMap<>();

  /** Of whom samples are of single operations. */
  private final Set<String> tails = new HashSet<>();

  /**
   * @param subject what the ratios are of
   * @param unit of the samples
   */
  public Comparison(String title, String subject, String unit) {
    this.title = title;
    this.subject = subject;
    this.unit = unit;
  }

  /** Takes one round's samples of the subject or a peer, each of a single operation. */
  public void addTimes(String name, double... samples) {
    tails.add(name);
    addMeans(name, samples);
  }

  /** The same, each sample the mean of many operations: they have no 99th percentile. */
  public void addMeans(String name, double... samples) {
    if (samples.length == 0) {
      throw new IllegalArgumentException(name + ": a round without samples");
    }
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    rounds.computeIfAbsent(name, any -> new ArrayList<>()).add(sorted);
  }

  /** Prints medians, the 99th percentile where a round has samples enough, and ratios. */
  public void print(PrintStream out) {
    out.printf("%s (%d rounds, %s)%n", title, of(subject).size(), unit);
    out.printf(ROW, "", "median", "p99", "ratio " + subject + " / this (lowest - highest)");
    for (String name : rounds.keySet()) {
      String ratio = name.equals(subject) ? "" : ratio(name);
      out.printf(ROW, name, number(median(name)), p99(name), ratio);
    }
    out.flush();
  }

  private List<double[]> of(String name) {
    return rounds.getOrDefault(name, List.of());
  }

  private double median(String name) {
    return middle(of(name).stream().mapToDouble(Comparison::middle).toArray());
  }

  private boolean hasTail(String name) {
    return tails.contains(name)
        && of(name).stream().allMatch(round -> round.length >= TAIL_SAMPLES);
  }

  private String p99(String name) {
    double[] all = of(name).stream().mapToDouble(Comparison::tail).toArray();
    return hasTail(name) ? number(middle(all)) : "-";
  }

  private String ratio(String peer) {
    int common = Math.min(of(subject).size(), of(peer).size());
    double[] ratios = new double[common];
    double[] ratiosOfTails = new double[common];
    for (int i = 0; i < common; i++) {
      double[] ours = of(subject).get(i);
      double[] theirs = of(peer).get(i);
      ratios[i] = middle(ours) / middle(theirs);
      ratiosOfTails[i] = tail(ours) / tail(theirs);
    }
    Arrays.sort(ratios);
    String text =
        number(middle(ratios))
            + "  ("
            + number(ratios[0])
            + " - "
            + number(ratios[common - 1])
            + ")";
    boolean both = hasTail(subject) && hasTail(peer);
    return both ? text + "; of the p99 " + number(middle(ratiosOfTails)) : text;
  }

  private static double middle(double[] samples) {
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  private static double tail(double[] sorted) {
    return sorted[Math.min(sorted.length - 1, (int) (P99 * sorted.length))];
  }

  /** Three digits that count. */
  private static String number(double value) {
    if (value >= 100) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    return new BigDecimal(value).round(new MathContext(3)).toPlainString();
  }
}
