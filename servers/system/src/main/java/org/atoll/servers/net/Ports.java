package org.atoll.servers.net;

import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.libsys.LongTable;
import org.jspecify.annotations.Nullable;

/** The ports of TCP and UDP: who has which, and who may have it (ip(7), socket(7)). */
final class Ports {

  /** By protocol and port: sockets that have it, except connections that a listener made. */
  private final LongTable<List<Socket>> taken = new LongTable<>();

  private int next = Limits.FREE_PORT_FIRST;

  private static long key(Socket socket, int port) {
    return (long) socket.protocol << 16 | port;
  }

  private List<Socket> at(Socket socket, int port) {
    return of(socket.protocol, port);
  }

  /** A socket has the port of its address from now on. */
  void enter(Socket socket) {
    Address local = socket.local;
    if (local == null || !socket.hasPort) {
      return;
    }
    long key = key(socket, local.port());
    List<Socket> known = taken.get(key);
    if (known == null) {
      known = new ArrayList<>();
      taken.put(key, known);
    }
    known.add(socket);
  }

  /** A socket is gone. */
  void forget(Socket socket) {
    Address local = socket.local;
    List<Socket> known = local == null ? null : taken.get(key(socket, local.port()));
    if (known != null && local != null) {
      known.remove(socket);
      if (known.isEmpty()) {
        taken.remove(key(socket, local.port()));
      }
    }
  }

  /** Gives a socket an address, with a free port for port 0; 0 or a negated errno. */
  int bind(Socket socket, Address address, boolean root) {
    if (!address.isAny() && !address.isLocal() && !address.isMulticast()) {
      return -Errno.EADDRNOTAVAIL;
    }
    int port = address.port();
    if (port == 0) {
      return bindAnywhere(socket, address);
    }
    if (port < Limits.UNPRIVILEGED_PORT_FIRST && !root && !socket.isIcmp()) {
      return -Errno.EACCES;
    }
    for (Socket other : at(socket, port)) {
      if (conflict(socket, address, other)) {
        return -Errno.EADDRINUSE;
      }
    }
    socket.local = address;
    socket.hasPort = true;
    enter(socket);
    return 0;
  }

  private int bindAnywhere(Socket socket, Address address) {
    for (int tries = Limits.FREE_PORT_FIRST; tries <= Limits.FREE_PORT_LAST; tries++) {
      int port = next;
      next = next == Limits.FREE_PORT_LAST ? Limits.FREE_PORT_FIRST : next + 1;
      if (at(socket, port).isEmpty()) {
        socket.local = address.withPort(port);
        socket.hasPort = true;
        enter(socket);
        return 0;
      }
    }
    return -Errno.EADDRINUSE;
  }

  private static boolean conflict(Socket socket, Address address, Socket other) {
    Address taken = Address.orAny(other.local, other.domain);
    if (!overlap(socket, address, other, taken)) {
      return false;
    }
    if (socket.options.reusePort && other.options.reusePort && samePerson(socket, other)) {
      return false;
    }
    boolean reuse = socket.options.reuseAddress && other.options.reuseAddress;
    return !reuse || socket.isStream() && other.listening;
  }

  private static boolean samePerson(Socket a, Socket b) {
    return (int) a.ids == (int) b.ids;
  }

  private static boolean overlap(Socket a, Address first, Socket b, Address second) {
    if (first.isAny() || second.isAny()) {
      return covers(a, first, second) || covers(b, second, first);
    }
    return first.sameHost(second);
  }

  /** Whether a socket at {@code own} gets what is for {@code other}. */
  private static boolean covers(Socket socket, Address own, Address other) {
    if (!own.isAny()) {
      return own.sameHost(other);
    }
    if (own.isMapped() == other.isMapped()) {
      return true;
    }
    return !own.isMapped() && !socket.options.v6Only;
  }

  /** Whether another one listens already where a socket is to. */
  boolean isListenedTo(Socket socket) {
    Address local = Address.orAny(socket.local, socket.domain);
    for (Socket other : at(socket, local.port())) {
      boolean share = socket.options.reusePort && other.options.reusePort;
      Address taken = Address.orAny(other.local, other.domain);
      if (other != socket && other.listening && !share && overlap(socket, local, other, taken)) {
        return true;
      }
    }
    return false;
  }

  /** Who has a port, or an identifier. */
  List<Socket> of(int protocol, int port) {
    List<Socket> known = taken.get((long) protocol << 16 | port);
    return known == null ? List.of() : known;
  }

  /** Who listens at an address, or null; who names the address comes before who takes any. */
  @Nullable Socket listener(Socket from, Address to) {
    Socket found = null;
    for (Socket other : at(from, to.port())) {
      if (other.listening && receives(other, to) && isBetter(other, found)) {
        found = other;
      }
    }
    return found;
  }

  /** Whose a datagram is, or null; a connected socket takes only its peer's. */
  @Nullable Socket receiver(Socket sender, Address from, Address to) {
    Socket found = null;
    for (Socket other : at(sender, to.port())) {
      Address remote = other.remote;
      if (remote != null && !remote.equals(from)) {
        continue;
      }
      if (remote != null && receives(other, to)) {
        return other;
      }
      if (receives(other, to) && isBetter(other, found)) {
        found = other;
      }
    }
    return found;
  }

  static boolean receives(Socket socket, Address to) {
    return covers(socket, Address.orAny(socket.local, socket.domain), to);
  }

  private static boolean isBetter(Socket socket, @Nullable Socket than) {
    return than == null
        || Address.orAny(than.local, than.domain).isAny()
            && !Address.orAny(socket.local, socket.domain).isAny();
  }

  void save(StateWriter out) {
    out.writeInt(next);
  }

  void load(StateReader in) {
    next = in.readInt();
  }
}
