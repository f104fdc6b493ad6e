package org.atoll.hypercall;

/**
 * The numbered hypercalls. A task's rights are a set of these, bit {@code 1 << ordinal()}; one that
 * is not in the set answers {@code -EPERM} and is counted as refused.
 */
public enum Hypercall {
  /** Nothing: the cost of the gate itself. */
  NULL,
  /** The monotonic clock. */
  CLOCK_MONOTONIC,
  /** The clock of the wall. */
  CLOCK_WALL,
  /** Random bytes. */
  RANDOM,
  /** Memory for frames. */
  MEMORY_RESERVE,
  /** What a stream of the command is, and whether it is ready. */
  STREAM_STATUS,
  /** Takes input of a stream that is there. */
  STREAM_READ,
  /** Hands output to a stream. */
  STREAM_WRITE,
  /** Asks to be told when a stream is ready. */
  STREAM_WATCH,
  /** Takes back a watch of a stream. */
  STREAM_CANCEL,
  /** Reads the boot image. */
  IMAGE_READ,
  /** Ends the VOS. */
  HALT;

  /** Every hypercall. */
  public static final long ALL = (1L << values().length) - 1;

  /** The right to make this hypercall. */
  public long right() {
    return 1L << ordinal();
  }
}
