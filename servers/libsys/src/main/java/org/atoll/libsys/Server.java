package org.atoll.libsys;

import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;

/**
 * What a server brings to the {@link ServerLoop}: the dispatch of its protocol, what to do when a
 * call that it made is answered, and its state.
 *
 * <p>The rules of a {@link org.atoll.abi.Handler} hold: every method is one turn, or part of one.
 */
public interface Server {

  /** The calls of this server that wait for answers; the loop takes the rows, saves and loads. */
  Rows calls();

  /** A request of the server's protocol: usually one line, the protocol's dispatch. */
  void request(Turn turn, long request, Message m);

  /**
   * A call of this server was answered.
   *
   * @param row what was put in {@link #calls} under the call; already taken out
   * @param answer its first word is the result
   */
  void resume(Turn turn, Row row, Message answer);

  /** The caller of an unanswered request wants it to end. */
  void cancelled(Turn turn, long request);

  /** A one-way message. */
  default void message(Turn turn, Message m) {}

  /** Somebody notified. */
  default void notified(Turn turn, int source) {}

  /** An alarm went off. */
  default void alarm(Turn turn, long tag) {}

  /** The last of each turn: a server that keeps its state for a failure does so here. */
  default void turnEnds(Turn turn) {}

  /** Writes the state without {@link #calls}, versioned. */
  void save(StateWriter out);

  /** Reads into this server, which is fresh, what {@link #save} wrote. */
  void load(StateReader in);

  /** Reads into this server, which is fresh after a failure, what it kept last. */
  default void restore(StateReader in) {}
}
