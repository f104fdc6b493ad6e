package org.atoll.servers.net;

import org.atoll.abi.Errno;
import org.atoll.abi.Turn;
import org.jspecify.annotations.Nullable;

/** socket(2) and socketpair(2): which kinds there are. */
final class Making {

  private static final int TYPES = 11;
  private static final int FAMILIES = 46;

  private final State state;

  Making(State state) {
    this.state = state;
  }

  void socket(Turn turn, long request, long domain, long type, long protocol, long pid, long ids) {
    int error = refusal((int) domain, (int) type, (int) protocol, (int) ids == 0);
    if (error != 0) {
      turn.reply(request, error);
      return;
    }
    Socket s = make(turn, domain, type, protocol, pid, ids);
    turn.reply(request, s == null ? -Errno.ENFILE : s.handle);
  }

  void pair(Turn turn, long request, long domain, long type, long protocol, long pid, long ids) {
    int error = refusal((int) domain, (int) type, (int) protocol, (int) ids == 0);
    if (error != 0 || domain != Socket.UNIX) {
      turn.reply(request, error != 0 ? error : -Errno.EOPNOTSUPP);
      return;
    }
    Socket first = make(turn, domain, type, protocol, pid, ids);
    Socket second = first == null ? null : make(turn, domain, type, protocol, pid, ids);
    if (first == null || second == null) {
      state.sockets.remove(first == null ? 0 : first.handle);
      turn.reply(request, -Errno.ENFILE);
      return;
    }
    Connections.pair(first, second);
    turn.reply(request, first.handle, second.handle);
  }

  private @Nullable Socket make(
      Turn turn, long domain, long type, long protocol, long pid, long ids) {
    boolean unixRaw = domain == Socket.UNIX && type == Socket.RAW;
    int kind = unixRaw ? Socket.DATAGRAM : (int) type;
    boolean inet = domain == Socket.INET || domain == Socket.INET6;
    int known = inet ? known(kind, (int) protocol) : 0;
    Socket s = state.make(turn.kernel(), (int) domain, kind, known);
    if (s != null) {
      s.pid = pid;
      s.ids = ids;
      s.options.reuseAddress = s.isIcmp();
      if (s.isRaw()) {
        Icmp.name(s);
      }
    }
    return s;
  }

  private static int known(int kind, int protocol) {
    return protocol != 0 ? protocol : kind == Socket.STREAM ? Socket.TCP : Socket.UDP;
  }

  private static int refusal(int domain, int type, int protocol, boolean root) {
    if (domain < 0 || domain >= FAMILIES) {
      return -Errno.EAFNOSUPPORT;
    }
    if (type < 0 || type >= TYPES) {
      return -Errno.EINVAL;
    }
    return switch (domain) {
      case Socket.UNIX -> refusalOfUnix(type, protocol);
      case Socket.INET, Socket.INET6 -> refusalOfInet(type, protocol, icmp(domain), root);
      case Socket.NETLINK -> refusalOfNetlink(type, protocol);
      default -> -Errno.EAFNOSUPPORT;
    };
  }

  /** NETLINK_ROUTE, the lowest protocol, is the only one. */
  private static int refusalOfNetlink(int type, int protocol) {
    if (type != Socket.RAW && type != Socket.DATAGRAM) {
      return -Errno.ESOCKTNOSUPPORT;
    }
    return protocol == 0 ? 0 : -Errno.EPROTONOSUPPORT;
  }

  private static int refusalOfUnix(int type, int protocol) {
    if (protocol != 0 && protocol != Socket.UNIX) {
      return -Errno.EPROTONOSUPPORT;
    }
    return switch (type) {
      case Socket.STREAM, Socket.DATAGRAM, Socket.SEQPACKET, Socket.RAW -> 0;
      default -> -Errno.ESOCKTNOSUPPORT;
    };
  }

  private static int icmp(int domain) {
    return domain == Socket.INET ? Packet.ICMP : Packet.ICMP_6;
  }

  /** Ping sockets are for everybody, as in most containers (ping_group_range 0 to the last). */
  private static int refusalOfInet(int type, int protocol, int icmp, boolean root) {
    if (protocol < 0 || protocol > 255) {
      return -Errno.EINVAL;
    }
    return switch (type) {
      case Socket.STREAM -> among(protocol, 0, Socket.TCP);
      case Socket.DATAGRAM -> Math.max(among(protocol, 0, Socket.UDP), among(protocol, icmp, icmp));
      case Socket.RAW -> protocol == 0 || root ? among(protocol, icmp, icmp) : -Errno.EPERM;
      default -> -Errno.ESOCKTNOSUPPORT;
    };
  }

  private static int among(int protocol, int first, int second) {
    return protocol == first || protocol == second ? 0 : -Errno.EPROTONOSUPPORT;
  }
}
