package org.atoll.drivers.link.netty;

import io.netty.buffer.ByteBuf;

/**
 * What carries a session's bytes to the other end, in order, from when a connection is trusted
 * until it is closed. What becomes of the bytes is the session's affair: a wire that ends may lose
 * those under way. Owner: the CPU that the link belongs to.
 */
interface Wire {

  /** What it is, in one word for a person: the kind of the door. */
  String via();

  /** Takes bytes to send, at the latest with {@link #flush}; releases them when they are sent. */
  void send(ByteBuf bytes);

  /** Sends what was taken, in one go where it can: a reader that wakes then finds all of it. */
  void flush();

  /** Everything that was sent goes, and then nothing more; what arrives is still heard. */
  void finish();

  /** Ends it at once, both ways. */
  void close();
}
