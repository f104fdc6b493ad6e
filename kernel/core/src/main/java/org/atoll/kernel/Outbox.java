package org.atoll.kernel;

import java.util.Arrays;
import org.atoll.abi.Message;
import org.jspecify.annotations.Nullable;

/** What a turn wants to send, in order, until it is committed. Owner: one CPU. */
final class Outbox {

  // What to do with an entry.

  static final int SEND = 0;
  static final int NOTIFY = 1;
  static final int CALL = 2;
  static final int CANCEL = 3;
  static final int REPLY = 4;

  /** One thing to send. */
  static final class Entry {
    int kind;
    int destination;

    /** The call that is made, cancelled or answered; the last two by the number that it had. */
    @Nullable CallRecord call;

    int sequence;

    /** What is sent; a call and its answer have theirs in the record. */
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

  /** Whether that entry is there, and a message for that task. */
  boolean sends(int index, int to) {
    return index < size && entries[index].kind == SEND && entries[index].destination == to;
  }

  /** A new last entry. */
  Entry add(int kind) {
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
