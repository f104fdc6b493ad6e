package org.atoll.servers.vfs;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/** Who is to be told when the readiness of something changes: polls, and interests of epolls. */
final class Watchers {

  /** Requests of polls; one that has it twice in its set is here twice. */
  final LongQueue polls = new LongQueue();

  /** Numbers of {@link Interest}s. */
  final LongQueue interests = new LongQueue();

  boolean isEmpty() {
    return polls.isEmpty() && interests.isEmpty();
  }

  void save(StateWriter out) {
    polls.save(out);
    interests.save(out);
  }

  void load(StateReader in) {
    polls.load(in);
    interests.load(in);
  }
}
