package org.atoll.hypercall.sim;

import java.util.List;

/**
 * What happens to the packets of a simulation, besides that they take their time.
 *
 * @param lostPerMille of a thousand packets, those that never arrive
 * @param doubledPerMille those that arrive twice
 * @param latePerMille those that arrive late, after others that were sent later
 * @param lateNanos how late at most
 * @param cuts when which nodes do not reach each other
 */
public record Weather(
    int lostPerMille, int doubledPerMille, int latePerMille, long lateNanos, List<Cut> cuts) {

  /** Every packet arrives once, in order. */
  public static final Weather CALM = new Weather(0, 0, 0, 0, List.of());

  /**
   * Between two moments of virtual time, packets between nodes of the set and others are lost.
   *
   * @param nodes a bit for each node on one side
   */
  public record Cut(long nodes, long fromNanos, long untilNanos) {

    boolean parts(int one, int other, long nanos) {
      boolean sides = ((nodes >>> one ^ nodes >>> other) & 1) != 0;
      return sides && nanos >= fromNanos && nanos < untilNanos;
    }
  }

  /** Whether packets arrive once and in order. */
  boolean isCalm() {
    return lostPerMille + doubledPerMille + latePerMille == 0 && cuts.isEmpty();
  }

  boolean parts(int one, int other, long nanos) {
    return cuts.stream().anyMatch(cut -> cut.parts(one, other, nanos));
  }
}
