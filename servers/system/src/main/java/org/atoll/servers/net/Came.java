package org.atoll.servers.net;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * How a datagram came, which control messages tell who asks (ip(7), ipv6(7)).
 *
 * @param to where it was sent to
 * @param ttl what was left of its time to live
 * @param tos its type of service, or traffic class
 * @param wallNanos when it came; 0 when nobody asked then
 */
record Came(Address to, int ttl, int tos, long wallNanos) {

  static void save(StateWriter out, @Nullable Came came) {
    out.writeBoolean(came != null);
    if (came != null) {
      Address.save(out, came.to);
      out.writeInt(came.ttl).writeInt(came.tos).writeLong(came.wallNanos);
    }
  }

  static @Nullable Came load(StateReader in) {
    Address to = in.readBoolean() ? Address.load(in) : null;
    return to == null ? null : new Came(to, in.readInt(), in.readInt(), in.readLong());
  }
}
