package org.atoll.servers.net;

import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Errno;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/** The multicast groups that a socket has joined, and by which interface it sends to groups. */
final class Memberships {

  /** Groups of one socket (Linux igmp_max_memberships). */
  private static final int MAX = 20;

  /**
   * A group, on an interface.
   *
   * @param group its address, without port
   * @param device the number of the interface
   */
  private record Membership(Address group, int device) {}

  private final List<Membership> joined = new ArrayList<>();

  /** The interface of IP_MULTICAST_IF, or 0. */
  int device4;

  /** The address that it was named by, or 0. */
  int address4;

  /** The interface of IPV6_MULTICAST_IF, or 0. */
  int device6;

  /** 0 or a negated errno. */
  int join(Address group, int device) {
    Membership wanted = new Membership(group, device);
    if (joined.contains(wanted)) {
      return -Errno.EADDRINUSE;
    }
    if (joined.size() >= MAX) {
      return -Errno.ENOBUFS;
    }
    joined.add(wanted);
    return 0;
  }

  /** 0 or a negated errno; device 0: whichever it was joined on. */
  int leave(Address group, int device) {
    for (Membership each : joined) {
      if (each.group.equals(group) && (device == 0 || each.device == device)) {
        joined.remove(each);
        return 0;
      }
    }
    return -Errno.EADDRNOTAVAIL;
  }

  boolean has(Address group, int device) {
    return !joined.isEmpty() && joined.contains(new Membership(group, device));
  }

  void save(StateWriter out) {
    out.writeInt(device4).writeInt(address4).writeInt(device6).writeInt(joined.size());
    for (Membership each : joined) {
      Address.save(out, each.group);
      out.writeInt(each.device);
    }
  }

  void load(StateReader in) {
    device4 = in.readInt();
    address4 = in.readInt();
    device6 = in.readInt();
    for (int left = in.readCount(5); left > 0; left--) {
      Address group = Address.orAny(Address.load(in), Socket.INET6);
      joined.add(new Membership(group, in.readInt()));
    }
  }
}
