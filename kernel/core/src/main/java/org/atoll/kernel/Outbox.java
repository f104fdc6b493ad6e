package org.atoll.kernel;

import java.util.Arrays;
import org.atoll.abi.Message;
import org.jspecify.annotations.Nullable;

/** What a turn wants to send, in order, until it is committed. Owner: one CPU. */
final class Outbox {

  /** What to do with an entry. */
  enum Kind {
    SEND,
    NOTIFY,
    CALL,
    CANCEL,
    REPLY
  }

  /** One thing to send. */
  static final class Entry {
    Kind kind = Kind.SEND;
    int destination;

    /** The request that is answered. */
    long request;

    /** The call that is made or cancelled. */
    @Nullable CallRecord call;

    /** The cancelled call's sequence. */
    int sequence;

    final Message message = new Message();
  }

  private Entry[] entries = {};
  private int size;

  /** How many entries there are. */
  int size() {
    return size;
  }

  Entry at(int index) {
    return entries[index];
  }

  /** A new last entry. */
  Entry add(Kind kind) {
    if (size == entries.length) {
      grow();
    }
    Entry entry = entries[size++];
    entry.kind = kind;
    return entry;
  }

  private void grow() {
    int old = entries.length;
    entries = Arrays.copyOf(entries, Math.max(16, 2 * old));
    for (int i = old; i < entries.length; i++) {
      entries[i] = new Entry();
    }
  }

  void clear() {
    size = 0;
  }
}
