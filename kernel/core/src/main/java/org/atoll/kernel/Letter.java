package org.atoll.kernel;

import org.atoll.abi.Message;
import org.jspecify.annotations.Nullable;

/**
 * A slot of a mailbox: what lies in it, and the message. Hot side: preallocated, filled in place.
 */
final class Letter {

  /** A one-way message. */
  static final int MESSAGE = 0;

  /** A call that waits for its answer. */
  static final int REQUEST = 1;

  /** The caller of {@link #request} wants it to end. */
  static final int CANCEL = 2;

  /** An answer that must not overtake the messages that were held back before it. */
  static final int ANSWER = 3;

  int kind;

  /** Caller and call, of a REQUEST or CANCEL. */
  long request;

  /** The call of a REQUEST, CANCEL or ANSWER; its record may serve another caller by now. */
  @Nullable CallRecord call;

  /** Of a MESSAGE; what a REQUEST asks is in its call. */
  final Message message = new Message();

  void set(int kind, int source, long request, @Nullable CallRecord call, @Nullable Message m) {
    this.kind = kind;
    this.request = request;
    this.call = call;
    if (m != null) {
      message.copyFrom(m);
    }
    message.source = source;
  }

  /** The call that the letter is about, or null when its record serves another caller by now. */
  @Nullable CallRecord call() {
    CallRecord about = call;
    return about == null || kind == ANSWER || about.caller == (int) (request >>> 32) ? about : null;
  }
}
