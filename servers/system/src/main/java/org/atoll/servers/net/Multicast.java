package org.atoll.servers.net;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Datagrams to groups: where they leave from, and who gets them (ip(7), RFC 1112). */
final class Multicast {

  private static final long LOOP = KnownOptions.key(KnownOptions.LEVEL_IP, 34);
  private static final long LOOP_6 = KnownOptions.key(KnownOptions.LEVEL_IPV6, 19);
  private static final long ALL = KnownOptions.key(KnownOptions.LEVEL_IP, 49);
  private static final long ALL_6 = KnownOptions.key(KnownOptions.LEVEL_IPV6, 29);

  /** The interface that routes to groups lead to. */
  static final int ROUTED = 2;

  private final State state;

  Multicast(State state) {
    this.state = state;
  }

  /** The number of the interface that a socket sends to a group by. */
  static int device(Socket s, Address group) {
    if (s.options.device != 0) {
      return s.options.device;
    }
    int set = group.isMapped() ? s.groups.device4 : s.groups.device6;
    return set == 0 ? ROUTED : set;
  }

  /** Where a datagram to a group comes from, when its sender has not said; without port. */
  static Address source(Socket s, Address group) {
    if (!group.isMapped()) {
      return new Address(0, 1, 0);
    }
    boolean named = s.options.device == 0 && s.groups.address4 != 0;
    Interfaces.@Nullable Interface device = Interfaces.of(device(s, group));
    int own = device == null ? 0 : device.address();
    return Address.of4(named ? s.groups.address4 : own, 0);
  }

  /** Whose a datagram is: of the sockets of its port those that joined, or take what any joined. */
  List<Socket> receivers(Socket sender, Address from, Address to) {
    Address group = to.withPort(0);
    int device = device(sender, to);
    List<Socket> found = new ArrayList<>();
    if (device != Interfaces.LOOPBACK && !loops(sender, to) || !isJoined(group, device)) {
      return found;
    }
    for (Socket other : state.ports.of(sender.protocol, to.port())) {
      Address remote = other.remote;
      boolean bound = other.options.device == 0 || other.options.device == device;
      boolean peer = remote == null || remote.equals(from);
      boolean member = other.groups.has(group, device) || takesAll(other, to);
      if (bound && peer && member && Ports.receives(other, to)) {
        found.add(other);
      }
    }
    return found;
  }

  private static boolean loops(Socket sender, Address to) {
    return sender.options.kept.get(to.isMapped() ? LOOP : LOOP_6, 1) != 0;
  }

  private static boolean takesAll(Socket s, Address to) {
    return s.options.kept.get(to.isMapped() ? ALL : ALL_6, 1) != 0;
  }

  /** Whether anybody here has joined a group. */
  private boolean isJoined(Address group, int device) {
    for (int at = state.sockets.first(); at >= 0; at = state.sockets.next(at)) {
      if (state.sockets.value(at).groups.has(group, device)) {
        return true;
      }
    }
    return false;
  }
}
