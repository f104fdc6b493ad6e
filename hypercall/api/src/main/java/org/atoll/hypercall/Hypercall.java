package org.atoll.hypercall;

/**
 * The numbered hypercalls. A task's rights are a set of these, bit {@code 1 << number()}; one that
 * is not in the set answers {@code -EPERM} and is counted as refused.
 */
public enum Hypercall {
  /** Nothing: the cost of the gate itself. */
  NULL(0, ""),
  /** The monotonic clock. */
  CLOCK_MONOTONIC(1, ""),
  /** The clock of the wall. */
  CLOCK_WALL(2, ""),
  /** Random bytes. */
  RANDOM(3, "bytes"),
  /** Memory for frames. */
  MEMORY_RESERVE(4, "bytes"),
  /** What a stream of the command is, and whether it is ready. */
  STREAM_STATUS(5, "stream"),
  /** Takes input of a stream that is there. */
  STREAM_READ(6, "stream"),
  /** Hands output to a stream. */
  STREAM_WRITE(7, "stream"),
  /** Asks to be told when a stream is ready. */
  STREAM_WATCH(8, "stream"),
  /** Takes back a watch of a stream. */
  STREAM_CANCEL(9, "stream"),
  /** Makes the terminal of the command raw, or what it was. */
  TERMINAL_MODE(10, "raw");

  /** How many hypercalls there are; their numbers are below. */
  public static final int COUNT = values().length;

  /** Every hypercall. */
  public static final long ALL = (1L << COUNT) - 1;

  private final int number;
  private final String argument;

  Hypercall(int number, String argument) {
    this.number = number;
    this.argument = argument;
  }

  /** What its first argument is called in traces; empty when it has none. */
  public String argument() {
    return argument;
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
