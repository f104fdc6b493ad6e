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

  /** Sends bytes, and releases them when it needs them no more. */
  void send(ByteBuf bytes);

  /** Everything that was sent goes, and then nothing more; what arrives is still heard. */
  void finish();

  /** Ends it at once, both ways. */
  void close();
}
