package org.atoll.servers.vfs;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.libsys.LongTable;

/**
 * The set of files behind an epoll(7), and which of them may be ready: those that became so since
 * they were reported last, and those that were reported and are to be as long as they are
 * (level-triggered). {@link #readers} are the requests that wait.
 */
final class EventPoll extends Source {

  /** By {@link Interest#key}. */
  final LongTable<Interest> interests = new LongTable<>();

  /** Those that may be ready, the next to be reported first. */
  final LongTable<Interest> queue = new LongTable<>();

  EventPoll(long id) {
    super(id, Kind.EPOLL);
  }

  void add(Interest interest) {
    interests.put(interest.key(), interest);
  }

  void remove(Interest interest) {
    interests.remove(interest.key());
    unqueue(interest);
  }

  /** It may be ready; false when that is known. */
  boolean enqueue(Interest interest) {
    boolean fresh = !interest.queued;
    interest.queued = true;
    queue.put(interest.id, interest);
    return fresh;
  }

  void unqueue(Interest interest) {
    interest.queued = false;
    queue.remove(interest.id);
  }

  @Override
  int ready(long pending) {
    for (int at = queue.first(); at >= 0; at = queue.next(at)) {
      if (queue.value(at).ready(pending) != 0) {
        return Readiness.READABLE;
      }
    }
    return 0;
  }

  /** Its interests are saved by themselves, in the order of {@link #queue} where they are there. */
  @Override
  void saveOwn(StateWriter out) {
    out.writeInt(queue.size());
    for (int at = queue.first(); at >= 0; at = queue.next(at)) {
      out.writeLong(queue.key(at));
    }
  }

  @Override
  void loadOwn(StateReader in) {
    for (int left = in.readInt(); left > 0; left--) {
      order.add(in.readLong());
    }
  }

  /** While it is loaded: the order of the queue. */
  private final LongQueue order = new LongQueue();

  /** All interests are loaded. */
  void loaded(VfsState state) {
    for (long id : order.toArray()) {
      Interest interest = state.interests.get(id);
      if (interest != null) {
        queue.put(id, interest);
      }
    }
    order.clear();
  }
}
