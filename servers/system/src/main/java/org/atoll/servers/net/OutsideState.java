package org.atoll.servers.net;

import java.util.ArrayDeque;
import org.atoll.abi.Errno;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.protocol.ArrivalProtocol;
import org.atoll.libsys.LongLongTable;
import org.atoll.libsys.LongTable;

/** What the network server remembers of the net driver, and of what it does with it. */
final class OutsideState {

  private static final int VERSION = 1;

  /** The request by which the driver is attached; 0 without a driver. */
  long attached;

  /** What the driver allows, as in ATTACH. */
  long flags;

  /** By the socket that stands for it. */
  final LongTable<FarEnd> farEnds = new LongTable<>();

  /** Datagram sockets that the driver has heard of, as keys. */
  final LongLongTable datagrams = new LongLongTable();

  /** Those of them that are closed, and the driver is still to be told of. */
  final ArrayDeque<Long> forgotten = new ArrayDeque<>();

  /** Whether packets of a socket may go outside; 0 or a negated errno. */
  int reach(Socket s, Address to) {
    long needed = s.isStream() ? ArrivalProtocol.CONNECTS : ArrivalProtocol.DATAGRAMS;
    boolean may = attached != 0 && (flags & needed) != 0 && to.isMapped() && !s.isIcmp();
    return may ? 0 : -Errno.ENETUNREACH;
  }

  /** A socket is closed. */
  void closed(Socket s) {
    if (datagrams.remove(s.handle)) {
      forgotten.addLast(s.handle);
    }
  }

  void save(StateWriter out) {
    out.version(VERSION).writeLong(attached).writeLong(flags).writeInt(farEnds.size());
    for (int at = farEnds.first(); at >= 0; at = farEnds.next(at)) {
      farEnds.value(at).save(out);
    }
    datagrams.save(out);
    out.writeInt(forgotten.size());
    forgotten.forEach(out::writeLong);
  }

  void load(StateReader in) {
    in.version(VERSION);
    attached = in.readLong();
    flags = in.readLong();
    for (int left = in.readCount(8); left > 0; left--) {
      FarEnd end = FarEnd.load(in);
      farEnds.put(end.socket, end);
    }
    datagrams.load(in);
    for (int left = in.readCount(8); left > 0; left--) {
      forgotten.addLast(in.readLong());
    }
  }
}
