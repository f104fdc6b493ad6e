package org.atoll.loader;

/**
 * Polls that throw from some number on. Each class loader that defines it has counters of its own.
 */
public final class CountedPolls {

  /** Thrown by every poll too many. */
  public static final class Spent extends Error {
    private static final long serialVersionUID = 1;
  }

  /** How many polls are left. */
  public static int left;

  private CountedPolls() {}

  /** A poll. */
  public static void here() {
    if (--left < 0) {
      throw new Spent();
    }
  }
}
