package org.atoll.servers.net;

import org.atoll.abi.Limits;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.libsys.LongLongTable;

/** What setsockopt(2) has set for a socket. */
final class Options {

  /** Bytes of ICMP6_FILTER. */
  static final int FILTER_BYTES = 32;

  int sendBytes = Limits.SOCKET_BYTES;
  int receiveBytes = Limits.SOCKET_BYTES;

  /** How long a receive or a send waits, 0: for ever. */
  long receiveNanos;

  long sendNanos;
  boolean passCredentials;

  /** Bytes that a receive of TCP waits for, and poll (SO_RCVLOWAT). */
  int lowWater = 1;

  /** Number of the interface that it is bound to, or 0. */
  int device;

  /** Of a raw socket, a bit for each kind of message that it does not want. */
  final byte[] filter = new byte[FILTER_BYTES];

  boolean reuseAddress;
  boolean reusePort;
  boolean v6Only;

  /** SO_LINGER: on, and its seconds. */
  boolean lingers;

  int lingerSeconds;

  /** Others, which nothing goes by here, by level and name. */
  final LongLongTable kept = new LongLongTable();

  void inherit(Options from) {
    sendBytes = from.sendBytes;
    receiveBytes = from.receiveBytes;
    receiveNanos = from.receiveNanos;
    sendNanos = from.sendNanos;
    passCredentials = from.passCredentials;
    lowWater = from.lowWater;
    device = from.device;
    reuseAddress = from.reuseAddress;
    reusePort = from.reusePort;
    v6Only = from.v6Only;
    lingers = from.lingers;
    lingerSeconds = from.lingerSeconds;
    for (int at = from.kept.first(); at >= 0; at = from.kept.next(at)) {
      kept.put(from.kept.key(at), from.kept.value(at));
    }
  }

  void save(StateWriter out) {
    out.writeInt(sendBytes).writeInt(receiveBytes).writeLong(receiveNanos).writeLong(sendNanos);
    out.writeBoolean(passCredentials).writeBoolean(reuseAddress).writeBoolean(reusePort);
    out.writeBoolean(v6Only).writeBoolean(lingers).writeInt(lingerSeconds);
    out.writeBytes(filter).writeInt(lowWater).writeInt(device);
    kept.save(out);
  }

  void load(StateReader in) {
    sendBytes = in.readInt();
    receiveBytes = in.readInt();
    receiveNanos = in.readLong();
    sendNanos = in.readLong();
    passCredentials = in.readBoolean();
    reuseAddress = in.readBoolean();
    reusePort = in.readBoolean();
    v6Only = in.readBoolean();
    lingers = in.readBoolean();
    lingerSeconds = in.readInt();
    System.arraycopy(in.readBytes(), 0, filter, 0, FILTER_BYTES);
    lowWater = in.readInt();
    device = in.readInt();
    kept.load(in);
  }
}
