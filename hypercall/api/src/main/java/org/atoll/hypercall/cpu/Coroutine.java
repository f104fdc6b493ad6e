package org.atoll.hypercall.cpu;

/**
 * Code with a stack of its own that runs from a {@link #resume} to its next {@link #suspend}, and
 * only then.
 *
 * <p>Owner: whoever resumes it, one thread at a time, which may be another each time; the body
 * between a resume and its return. Each sees what the other wrote before.
 */
public interface Coroutine {

  /**
   * Runs the body from its start, or from where it suspended, until it suspends again or ends.
   *
   * @return false when it has ended; then it must not be resumed again
   */
  boolean resume();

  /**
   * Leaves the body, which goes on here with the next resume. The body alone calls it.
   *
   * @throws IllegalStateException when the body cannot be left here: it has not been, and is to end
   */
  void suspend();

  /**
   * The same where the body did not ask for it. Locks that it holds are those of the thread that
   * has resumed it: who interrupts bodies that may hold some resumes them on the same thread.
   *
   * @return false when the body cannot be left here: it goes on
   */
  boolean interrupt();
}
