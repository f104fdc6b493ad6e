package org.atoll.hypercall;

/**
 * The numbered hypercalls. A task's rights are a set of these, bit {@code 1 << number()}; one that
 * is not in the set answers {@code -EPERM} and is counted as refused.
 */
public enum Hypercall {
  /** Nothing: the cost of the gate itself. */
  NULL(0),
  /** The monotonic clock. */
  CLOCK_MONOTONIC(1),
  /** The clock of the wall. */
  CLOCK_WALL(2),
  /** Random bytes. */
  RANDOM(3),
  /** Memory for frames. */
  MEMORY_RESERVE(4),
  /** What a stream of the command is, and whether it is ready. */
  STREAM_STATUS(5),
  /** Takes input of a stream that is there. */
  STREAM_READ(6),
  /** Hands output to a stream. */
  STREAM_WRITE(7),
  /** Asks to be told when a stream is ready. */
  STREAM_WATCH(8),
  /** Takes back a watch of a stream. */
  STREAM_CANCEL(9),
  /** Reads the boot image. */
  IMAGE_READ(10),
  /** Ends the VOS. */
  HALT(11);

  /** How many hypercalls there are; their numbers are below. */
  public static final int COUNT = values().length;

  /** Every hypercall. */
  public static final long ALL = (1L << COUNT) - 1;

  private final int number;

  Hypercall(int number) {
    this.number = number;
  }

  /** Its number, from 0 on. */
  public int number() {
    return number;
  }

  /** The right to make this hypercall. */
  public long right() {
    return 1L << number;
  }
}
