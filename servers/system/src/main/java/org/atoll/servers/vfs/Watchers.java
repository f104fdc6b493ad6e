package org.atoll.servers.vfs;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/** Who is to be told when the readiness of something changes: polls, epolls, owners of files. */
final class Watchers {

  /** Requests of polls; one that has it twice in its set is here twice. */
  final LongQueue polls = new LongQueue();

  /** Numbers of {@link Interest}s. */
  final LongQueue interests = new LongQueue();

  /** Numbers of open files whose owners are told by signals. */
  final LongQueue signals = new LongQueue();

  boolean isEmpty() {
    return polls.isEmpty() && interests.isEmpty() && signals.isEmpty();
  }

  void save(StateWriter out) {
    polls.save(out);
    interests.save(out);
    signals.save(out);
  }

  void load(StateReader in) {
    polls.load(in);
    interests.load(in);
    signals.load(in);
  }
}
