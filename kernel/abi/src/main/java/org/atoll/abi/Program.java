package org.atoll.abi;

import org.jspecify.annotations.Nullable;

/**
 * What is in a process's task besides its virtual CPU: the machine's traps, and the messages to it.
 * libposix is one.
 *
 * <p>The kernel runs guest code whenever no event waits and {@link #runnable} says so.
 */
public interface Program extends Handler {

  /**
   * The current hart stopped. That its quantum is over is told where there are several harts, so
   * that another may have its turn.
   *
   * @param trap a constant of {@link Trap}
   */
  void trap(Turn turn, int trap);

  /** Whether guest code is to run; false while a call is under way, stopped, or not started. */
  boolean runnable();

  /**
   * A copy for the child of a fork, which has one hart; null when the hart does not wait for a
   * fork's answer.
   *
   * @param hart the one of which the child's is a copy
   */
  @Nullable Program fork(int hart);

  /** A process that fails ends: nothing is kept of it. */
  @Override
  default void restore(StateReader in) {
    throw new IllegalStateException("a process does not begin anew");
  }
}
