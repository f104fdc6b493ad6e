package org.atoll.bench.ipc;

import java.util.Locale;
import org.atoll.bench.ipc.ReportFile.Measured;

/**
 * What became of a row from one report to another.
 *
 * @param ratio of the later median to the earlier one; NaN where one is missing
 */
record Change(String row, Verdict verdict, double ratio) {

  /** What the figures allow to say. */
  enum Verdict {
    SLOWER,
    FASTER,
    /** A call that allocated nothing does so now. */
    ALLOCATES,
    /** It may be chance. */
    SAME,
    /** Too few rounds to say anything. */
    UNKNOWN,
    /** It was measured, and is no more. */
    GONE,
    /** It was not measured before. */
    NEW,
    /** It was measured neither time. */
    MISSING
  }

  /** The fewest rounds of both, all of which on one side are chance in less than 5 % of cases. */
  static final int ROUNDS_MIN = 4;

  /** A difference that nobody should care for, whatever the rounds say. */
  static final double SMALL = 0.03;

  /**
   * Compares a row with its earlier self. It has changed when the 95 % intervals of both medians do
   * not overlap and the medians differ by 3 %. Of four or five rounds, whose interval is all of
   * them, that is the exact rank test of Mann and Whitney at its extreme: p = 2 / (2n over n), 2.9
   * % for four; of more rounds it is less than 1 %.
   */
  static Change of(String row, Measured before, Measured after) {
    if (before.skipped() || after.skipped()) {
      Verdict verdict = after.skipped() ? Verdict.GONE : Verdict.NEW;
      boolean neither = before.skipped() && after.skipped();
      return new Change(row, neither ? Verdict.MISSING : verdict, Double.NaN);
    }
    double ratio = after.median() / before.median();
    if (before.allocated() < 1 && after.allocated() >= 1) {
      return new Change(row, Verdict.ALLOCATES, ratio);
    }
    if (Math.min(before.forks(), after.forks()) < ROUNDS_MIN) {
      return new Change(row, Verdict.UNKNOWN, ratio);
    }
    boolean small = Math.abs(ratio - 1) < SMALL;
    if (!small && after.low() > before.high()) {
      return new Change(row, Verdict.SLOWER, ratio);
    }
    if (!small && after.high() < before.low()) {
      return new Change(row, Verdict.FASTER, ratio);
    }
    return new Change(row, Verdict.SAME, ratio);
  }

  boolean isWorse() {
    return verdict == Verdict.SLOWER || verdict == Verdict.ALLOCATES || verdict == Verdict.GONE;
  }

  String words() {
    String percent = String.format(Locale.ROOT, "%+.1f %%", 100 * (ratio - 1));
    return switch (verdict) {
      case SLOWER -> percent + ", slower";
      case FASTER -> percent + ", faster";
      case ALLOCATES -> percent + ", and a call allocates now";
      case SAME -> percent + ", within the noise";
      case UNKNOWN -> percent + ", too few rounds to say more";
      case GONE -> "was measured, and is not any more";
      case NEW -> "was not measured before";
      case MISSING -> "measured neither time";
    };
  }
}
