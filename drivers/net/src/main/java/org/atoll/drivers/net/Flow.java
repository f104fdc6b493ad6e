package org.atoll.drivers.net;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/**
 * A datagram socket of the VOS that sends to outside, and the host's that does so for it.
 *
 * @param socket as the network server names it
 * @param handle of the host's network
 * @param high of the address that it is connected to
 * @param low of that
 * @param port of that; 0: it is not connected
 */
record Flow(long socket, long handle, long high, long low, long port) {

  boolean goesTo(long[] to) {
    return high == to[0] && low == to[1] && port == to[2];
  }

  boolean isConnected() {
    return port != 0;
  }

  void save(StateWriter out) {
    out.writeLong(socket).writeLong(handle).writeLong(high).writeLong(low).writeLong(port);
  }

  static Flow load(StateReader in) {
    return new Flow(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
  }
}
