package org.atoll.libposix;

import org.jspecify.annotations.Nullable;

/**
 * A row of the table of system calls.
 *
 * @param number as in a7
 * @param name Linux's
 * @param support how much of it is there
 * @param note what is missing, in a few words, or empty
 * @param arguments their names and how they print, in the notation of {@link
 *     org.atoll.libposix.strace.Arguments}
 * @param interruption what a signal does to it while it waits
 * @param body what it does, or null when it is not there
 */
record SystemCall(
    int number,
    String name,
    Support support,
    String note,
    String arguments,
    Interruption interruption,
    @Nullable Body body) {

  /** How much of a call is there. */
  enum Support {
    FULL,
    PARTIAL,
    NONE
  }

  /** What a call does: one function, run once for each step. */
  @FunctionalInterface
  interface Body {

    /**
     * Runs the step that the call is at.
     *
     * @return the result or a negated errno, or {@link Call#LATER} or {@link Call#DONE}
     */
    long run(Call call);
  }
}
