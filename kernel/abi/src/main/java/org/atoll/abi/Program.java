package org.atoll.abi;

/**
 * What is in a process's task besides its virtual CPU: the machine's traps, and the messages to it.
 * libposix is one.
 *
 * <p>The kernel runs guest code whenever no event waits and {@link #runnable} says so.
 */
public interface Program extends Handler {

  /**
   * The virtual CPU stopped for a reason other than the end of its quantum.
   *
   * @param trap a constant of {@link Trap}
   */
  void trap(Turn turn, int trap);

  /** Whether guest code is to run; false while a call is under way, stopped, or not started. */
  boolean runnable();

  /** A copy for the child of a fork, made while this process waits for the fork's answer. */
  Program fork();
}
