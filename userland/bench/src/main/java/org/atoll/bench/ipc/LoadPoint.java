package org.atoll.bench.ipc;

import java.util.ArrayList;
import java.util.List;

/**
 * What calls cost at some load.
 *
 * @param offered calls a second that were due
 * @param achieved calls a second that were answered
 * @param p50 nanoseconds from when a call was due to its answer, of half of them at most
 * @param p99 the same of 99 %
 * @param p999 the same of 99.9 %
 */
record LoadPoint(double offered, double achieved, double p50, double p99, double p999) {

  private static final int MEMBERS = 5;

  /** The members in lines. */
  String lines() {
    return offered + "\n" + achieved + "\n" + p50 + "\n" + p99 + "\n" + p999;
  }

  /** Reads lines of several. */
  static List<LoadPoint> of(double[] numbers) {
    List<LoadPoint> points = new ArrayList<>();
    for (int i = 0; i + MEMBERS <= numbers.length; i += MEMBERS) {
      points.add(
          new LoadPoint(
              numbers[i], numbers[i + 1], numbers[i + 2], numbers[i + 3], numbers[i + 4]));
    }
    return points;
  }
}
