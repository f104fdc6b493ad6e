package org.atoll.servers.net;

import org.atoll.abi.Errno;

/** The names of Internet sockets: addresses checked, ports given, where a packet comes from. */
final class InetNames {

  static final int UNSPECIFIED = 0;

  private final State state;

  InetNames(State state) {
    this.state = state;
  }

  /** 0, or the negated errno of what is no address for a socket. */
  static int check(Socket s, byte[] address) {
    if (address.length < 2) {
      return -Errno.EINVAL;
    }
    int family = Address.family(address);
    int least = s.domain == Socket.INET ? Address.BYTES_4 : Address.BYTES_6_MIN;
    boolean four = s.domain == Socket.INET6 && family == Socket.INET;
    if (family != s.domain && !four) {
      return -Errno.EAFNOSUPPORT;
    }
    return address.length < (four ? Address.BYTES_4 : least) ? -Errno.EINVAL : 0;
  }

  /** bind(2). */
  int bind(Socket s, byte[] address, boolean root) {
    int least = s.domain == Socket.INET ? Address.BYTES_4 : Address.BYTES_6_MIN;
    if (address.length < least) {
      return -Errno.EINVAL;
    }
    int family = Address.family(address);
    Address wanted = Address.read(address, s.domain);
    boolean unspecified = family == UNSPECIFIED && s.domain == Socket.INET && wanted.isAny();
    if (family != s.domain && !unspecified) {
      return -Errno.EAFNOSUPPORT;
    }
    if (s.isRaw()) {
      return Icmp.bindRaw(s, wanted);
    }
    return s.local != null || s.connected ? -Errno.EINVAL : state.ports.bind(s, wanted, root);
  }

  /** Whether packets can go there; 0 or a negated errno. */
  int reach(Socket s, Address to) {
    if (to.port() == 0 && s.isDatagram()) {
      return -Errno.EINVAL;
    }
    if (to.isMulticast()) {
      return s.isDatagram() ? 0 : -Errno.ENETUNREACH;
    }
    if (!to.isLocal()) {
      return state.outside.reach(s, to);
    }
    boolean otherFamily = s.domain == Socket.INET6 && to.isMapped() && s.options.v6Only;
    return otherFamily ? -Errno.ENETUNREACH : 0;
  }

  /** Gives a socket a port that has none; 0 or a negated errno. */
  int bindIfNeeded(Socket s) {
    return s.local != null ? 0 : state.ports.bind(s, Address.any(s.domain), true);
  }

  /** Where a packet to an address comes from, when its sender has not said. */
  static Address from(Socket s, Address to) {
    Address own = Address.orAny(s.local, s.domain);
    boolean open = own.isAny() || own.isMulticast();
    if (open && to.isMulticast()) {
      return Multicast.source(s, to).withPort(own.port());
    }
    if (open && !to.isLocal()) {
      return Address.OWN.withPort(own.port());
    }
    return open ? to.neighbour().withPort(own.port()) : own;
  }
}
