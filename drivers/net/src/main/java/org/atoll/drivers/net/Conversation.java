package org.atoll.drivers.net;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.protocol.OutsideProtocol;

/** A connection, and the requests of the network server that wait at it: a row of the state. */
final class Conversation {

  final long handle;

  /** CONNECT, or 0. */
  long connect;

  /** FILL, or 0. */
  long fill;

  final long[] room = new long[OutsideProtocol.SPANS];

  /** TRANSMIT, or 0. */
  long transmit;

  final long[] bytes = new long[OutsideProtocol.SPANS];

  Conversation(long handle) {
    this.handle = handle;
  }

  void save(StateWriter out) {
    out.writeLong(handle).writeLong(connect).writeLong(fill).writeLong(transmit);
    for (int i = 0; i < OutsideProtocol.SPANS; i++) {
      out.writeLong(room[i]).writeLong(bytes[i]);
    }
  }

  static Conversation load(StateReader in) {
    Conversation row = new Conversation(in.readLong());
    row.connect = in.readLong();
    row.fill = in.readLong();
    row.transmit = in.readLong();
    for (int i = 0; i < OutsideProtocol.SPANS; i++) {
      row.room[i] = in.readLong();
      row.bytes[i] = in.readLong();
    }
    return row;
  }
}
