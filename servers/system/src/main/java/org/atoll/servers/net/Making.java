package org.atoll.servers.net;

import org.atoll.abi.Errno;
import org.atoll.abi.Turn;
import org.jspecify.annotations.Nullable;

/** socket(2) and socketpair(2): which kinds there are. */
final class Making {

  private static final int RAW = 3;
  private static final int TYPES = 11;
  private static final int FAMILIES = 46;
  private static final int TCP = 6;
  private static final int UDP = 17;

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
    Socket s = make(turn, domain, type, pid, ids);
    turn.reply(request, s == null ? -Errno.ENFILE : s.handle);
  }

  void pair(Turn turn, long request, long domain, long type, long protocol, long pid, long ids) {
    int error = refusal((int) domain, (int) type, (int) protocol, (int) ids == 0);
    if (error != 0 || domain != Socket.UNIX) {
      turn.reply(request, error != 0 ? error : -Errno.EOPNOTSUPP);
      return;
    }
    Socket first = make(turn, domain, type, pid, ids);
    Socket second = first == null ? null : make(turn, domain, type, pid, ids);
    if (first == null || second == null) {
      state.sockets.remove(first == null ? 0 : first.handle);
      turn.reply(request, -Errno.ENFILE);
      return;
    }
    Connections.pair(first, second);
    turn.reply(request, first.handle, second.handle);
  }

  private @Nullable Socket make(Turn turn, long domain, long type, long pid, long ids) {
    boolean unixRaw = domain == Socket.UNIX && type == RAW;
    int kind = unixRaw ? Socket.DATAGRAM : (int) type;
    int known = domain == Socket.UNIX ? 0 : kind == Socket.STREAM ? TCP : UDP;
    Socket s = state.make(turn.kernel(), (int) domain, kind, known);
    if (s != null) {
      s.pid = pid;
      s.ids = ids;
    }
    return s;
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
      case Socket.INET, Socket.INET6 -> refusalOfInet(type, protocol, root);
      default -> -Errno.EAFNOSUPPORT;
    };
  }

  private static int refusalOfUnix(int type, int protocol) {
    if (protocol != 0 && protocol != Socket.UNIX) {
      return -Errno.EPROTONOSUPPORT;
    }
    return switch (type) {
      case Socket.STREAM, Socket.DATAGRAM, Socket.SEQPACKET, RAW -> 0;
      default -> -Errno.ESOCKTNOSUPPORT;
    };
  }

  private static int refusalOfInet(int type, int protocol, boolean root) {
    if (protocol < 0 || protocol > 255) {
      return -Errno.EINVAL;
    }
    return switch (type) {
      case Socket.STREAM -> protocol == 0 || protocol == TCP ? 0 : -Errno.EPROTONOSUPPORT;
      case Socket.DATAGRAM -> protocol == 0 || protocol == UDP ? 0 : -Errno.EPROTONOSUPPORT;
      case RAW -> root ? -Errno.EPROTONOSUPPORT : -Errno.EPERM;
      default -> -Errno.ESOCKTNOSUPPORT;
    };
  }
}
