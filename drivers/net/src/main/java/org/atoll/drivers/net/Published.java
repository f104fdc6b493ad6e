package org.atoll.drivers.net;

import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Errno;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.hypercall.Network;
import org.atoll.libsys.LongLongTable;
import org.jspecify.annotations.Nullable;

/** The ports that are published, and who has sent datagrams to them and may be answered. */
final class Published {

  /** Senders that are remembered; of more, those who were silent longest are not answered. */
  static final int SENDERS_MAX = 4_096;

  /**
   * A port.
   *
   * @param handle of the host's network
   * @param kind {@link Network#STREAM} or {@link Network#DATAGRAM}
   * @param port in the VOS
   */
  record Port(long handle, int kind, int port) {}

  private final List<Port> ports = new ArrayList<>();

  /** The handle that an address has sent something to, by address and port in the VOS. */
  private final List<LongLongTable> senders = new ArrayList<>();

  /** Reads the list of the host, in the place of what there was. */
  void read(Network network) {
    ports.clear();
    senders.clear();
    long[] row = new long[2];
    long handle = network.published(0, row);
    for (int next = 1; handle != -Errno.ENOENT; next++) {
      add(new Port(handle, (int) row[0], (int) row[1]));
      handle = network.published(next, row);
    }
  }

  private void add(Port port) {
    ports.add(port);
    senders.add(new LongLongTable());
  }

  List<Port> all() {
    return ports;
  }

  boolean hasDatagrams() {
    return ports.stream().anyMatch(port -> port.kind == Network.DATAGRAM);
  }

  @Nullable Port find(long handle) {
    for (Port port : ports) {
      if (port.handle == handle) {
        return port;
      }
    }
    return null;
  }

  /** IPv4 alone: a socket of the VOS answers nobody else. */
  private static long key(long[] address) {
    return address[1] << 16 | address[2];
  }

  /** An address has sent a datagram to a port. */
  void heard(Port port, long[] from) {
    LongLongTable known = senders.get(ports.indexOf(port));
    known.put(key(from), 0);
    known.touch(key(from));
    if (known.size() > SENDERS_MAX) {
      known.remove(known.key(known.first()));
    }
  }

  /** Where a datagram from a port of the VOS goes out that answers somebody, or null. */
  @Nullable Port answering(int port, long[] to) {
    for (int i = 0; i < ports.size(); i++) {
      Port candidate = ports.get(i);
      boolean datagrams = candidate.kind == Network.DATAGRAM && candidate.port == port;
      if (datagrams && senders.get(i).contains(key(to))) {
        return candidate;
      }
    }
    return null;
  }

  void save(StateWriter out) {
    out.writeInt(ports.size());
    for (int i = 0; i < ports.size(); i++) {
      Port port = ports.get(i);
      out.writeLong(port.handle).writeInt(port.kind).writeInt(port.port);
      senders.get(i).save(out);
    }
  }

  void load(StateReader in) {
    for (int left = in.readCount(16); left > 0; left--) {
      add(new Port(in.readLong(), in.readInt(), in.readInt()));
      senders.getLast().load(in);
    }
  }
}
