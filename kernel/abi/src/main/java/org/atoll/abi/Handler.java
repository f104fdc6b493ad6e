package org.atoll.abi;

/**
 * What a task does: from one event and its private state to a new state and messages.
 *
 * <p>Each method is one turn. A turn never waits, takes no lock and reads no clock: time,
 * randomness and devices are asked for through {@link Turn#kernel()} or arrive as events. What a
 * turn sends is committed when it ends; a turn that throws sends nothing and ends the task.
 *
 * <p>Owner: whichever CPU holds the task's run token; never two at once.
 */
public interface Handler {

  /**
   * Somebody calls and waits: answer exactly once with {@link Turn#reply}, in this turn or in a
   * later one.
   *
   * @param request names the call in {@link Turn#reply} and the copies; a plain word that may be
   *     kept and saved
   * @param m the request, valid during this turn only
   */
  void request(Turn turn, long request, Message m);

  /** A one-way message; valid during this turn only. */
  void message(Turn turn, Message m);

  /** At least one {@code notify} of {@code source} arrived ({@link Endpoint#HOST}: a channel). */
  void notified(Turn turn, int source);

  /**
   * A call of this task was answered, or failed: then {@code w0} is {@code -EDEADSRCDST} or another
   * negated errno.
   *
   * @param call what {@link Turn#call} returned
   */
  void answered(Turn turn, long call, Message m);

  /** An alarm set with this tag went off. */
  void alarm(Turn turn, long tag);

  /**
   * The caller of a request that is still unanswered wants it to end: answer it now, with the
   * progress made, or with {@code -EINTR} when there is none. A request that will be answered soon
   * anyway may be left alone. Called also when the caller is dead; the answer then goes nowhere,
   * and the request may be one that this task has answered in the meantime.
   */
  void cancelled(Turn turn, long request);

  /**
   * Whether its turns may be interrupted where they say {@link KernelCalls#passed}: for turns that
   * may go on for long.
   */
  default boolean mayBeInterrupted() {
    return false;
  }

  /** Writes the whole private state, versioned. */
  void save(StateWriter out);

  /** Replaces the private state by what {@link #save} wrote. */
  void load(StateReader in);

  /**
   * Takes up what was kept of this task before it failed: this handler is fresh, and nothing has
   * reached it yet. Not called for a task that keeps nothing. Abstract, so that a handler around
   * another one cannot forget to pass it on.
   */
  void restore(StateReader in);
}
