package org.atoll.servers.net;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/**
 * The far end of a connection to outside: a socket that no program has, whose bytes the net driver
 * moves. What a program sends is in that socket's queue, as if its peer were in this VOS.
 */
final class FarEnd {

  /** Handle of the socket that stands for it. */
  final long socket;

  /** What the driver calls the connection; 0 while it is being made. */
  long handle;

  /** The call that makes it, 0 when it was made, or came from outside. */
  long connecting;

  /** The request of the driver that waits for a listener's room; 0 when none does. */
  long arriving;

  /** The call that waits for bytes from outside, or 0. */
  long filling;

  /** The call that waits for room outside, or 0. */
  long transmitting;

  /** Whether the last bytes filled all that was lent: then more is lent. */
  boolean busy;

  /** Outside was told that nothing more follows. */
  boolean ended;

  FarEnd(long socket) {
    this.socket = socket;
  }

  void save(StateWriter out) {
    out.writeLong(socket).writeLong(handle).writeLong(connecting).writeLong(arriving);
    out.writeLong(filling).writeLong(transmitting).writeBoolean(busy).writeBoolean(ended);
  }

  static FarEnd load(StateReader in) {
    FarEnd end = new FarEnd(in.readLong());
    end.handle = in.readLong();
    end.connecting = in.readLong();
    end.arriving = in.readLong();
    end.filling = in.readLong();
    end.transmitting = in.readLong();
    end.busy = in.readBoolean();
    end.ended = in.readBoolean();
    return end;
  }
}
