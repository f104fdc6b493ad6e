package org.atoll.boot;

import java.util.Set;

/**
 * What strace shows and how.
 *
 * @param calls names of the system calls
 * @param signals names of the signals
 * @param stringBytes how much of a string is shown
 * @param follow whether the children of the first process are followed
 * @param counting whether calls are counted
 * @param durations whether the time that a call took is shown
 * @param stamp what a line begins with
 * @param nodes whether a line shows its node
 * @param intoFile whether the lines go into a file
 */
public record StraceOptions(
    Set<String> calls,
    Set<String> signals,
    int stringBytes,
    boolean follow,
    Counting counting,
    boolean durations,
    Stamp stamp,
    boolean nodes,
    boolean intoFile) {

  /** Whether calls are counted. */
  public enum Counting {
    NO,
    /** Lines, then the table. */
    ALSO,
    /** The table in place of lines. */
    ONLY
  }

  /** The time that a line begins with. */
  public enum Stamp {
    NONE,
    SECONDS,
    MICROS,
    EPOCH,
    RELATIVE
  }

  /** Whether there are no lines. */
  boolean silent() {
    return counting == Counting.ONLY;
  }
}
