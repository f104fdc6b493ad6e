package org.atoll.boot;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.atoll.kernel.Tracer;
import org.atoll.libposix.Watcher;

/**
 * What is looked at while a VOS runs, and where it goes: messages, by the tracer of each node;
 * system calls, by the watcher of each node.
 *
 * <p>Other nodes are processes of their own, with an observer of their own that is made of {@link
 * #options}; what it has to say to node 0 it writes to its standard output, a line each.
 */
public interface Observer extends Closeable {

  /** Looks at nothing. */
  Observer NONE = new Observer() {};

  /**
   * What looks at one node.
   *
   * @param tracer sees its messages
   * @param watcher sees what its programs ask for
   */
  record Looking(Tracer tracer, Watcher watcher) {

    /** Looks at messages alone. */
    static Looking at(Tracer tracer) {
      return new Looking(tracer, Watcher.NONE);
    }

    /** Looks at system calls alone. */
    static Looking at(Watcher watcher) {
      return new Looking(Tracer.NONE, watcher);
    }
  }

  /** Begins to look at a node; once for each node of this process. */
  default Looking looking() {
    return new Looking(Tracer.NONE, Watcher.NONE);
  }

  /** The options of {@code atoll node} that make the observer of another node. */
  default List<String> options() {
    return List.of();
  }

  /** The same for a node of another machine, which reaches nothing of this one but node 0. */
  default List<String> toldOptions() {
    return options();
  }

  /** Whether other nodes of this machine have something to say to this one. */
  default boolean listens() {
    return false;
  }

  /** What another node said. */
  default void heard(String line) {}

  /** The tasks of node 0 are known: fails when it was asked for one that is not there. */
  default void booted(List<String> tasks) throws IOException {}

  @Override
  default void close() throws IOException {}
}
