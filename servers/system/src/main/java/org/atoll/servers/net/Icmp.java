package org.atoll.servers.net;

import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Turn;

/**
 * ICMP: what ping sockets and raw sockets send to addresses of this VOS, and what is answered
 * (icmp(7), raw(7)). Packets do not wait: what finds no room, or nobody, is lost.
 */
final class Icmp {

  private static final int OUT_OF_BAND = 0x1;
  private static final int MESSAGE_MAX = 0xffff;
  private static final int IP_BYTES = 20;

  private final State state;
  private final Pump pump;
  private final InetNames inet;

  Icmp(State state, Pump pump, InetNames inet) {
    this.state = state;
    this.pump = pump;
    this.inet = inet;
  }

  /** sendmsg(2); 0 or a negated errno. */
  int send(Turn turn, Waiter w, Socket s, byte[] address) {
    int error = refusal(w, s, address);
    if (error != 0) {
      return error;
    }
    boolean named = address.length > 0;
    Address to = named ? Address.read(address, Address.family(address)) : s.remote;
    if (to == null) {
      return -Errno.EDESTADDRREQ;
    }
    error = reach(s, to);
    if (error != 0) {
      return error;
    }
    byte[] bytes = new byte[w.wanted];
    Ring before = state.gathered.get(w.gathered);
    if (before != null) {
      before.read(turn.kernel(), bytes, w.before);
    }
    int rest = bytes.length - w.before;
    int copied = turn.kernel().copyIn(w.request, w.offset, bytes, w.before, rest);
    if (copied < 0) {
      return copied;
    }
    Address target = to.destination().withPort(0);
    Address from = InetNames.from(s, target).withPort(0);
    Packet packet = new Packet(bytes, from, target, ttl(s), tos(s));
    return s.isRaw() ? sendRaw(turn, s, packet) : ping(turn, s, packet);
  }

  private static int refusal(Waiter w, Socket s, byte[] address) {
    int most = s.domain == Socket.INET && s.isRaw() ? MESSAGE_MAX - IP_BYTES : MESSAGE_MAX;
    if (w.wanted > most) {
      return -Errno.EMSGSIZE;
    }
    if (!s.isRaw() && w.wanted < Packet.HEADER_BYTES) {
      return -Errno.EINVAL;
    }
    if (w.has(OUT_OF_BAND)) {
      return -Errno.EOPNOTSUPP;
    }
    int error = address.length > 0 ? InetNames.check(s, address) : 0;
    if (error == 0 && s.error != 0) {
      return -s.takeError();
    }
    return error == 0 && s.writeOff ? -Errno.EPIPE : error;
  }

  /** Whether there is a way; nothing of ICMP goes outside. */
  private static int reach(Socket s, Address to) {
    Address target = to.destination();
    boolean otherFamily = s.domain == Socket.INET6 && target.isMapped();
    if (otherFamily) {
      return s.isRaw() ? -Errno.ENETUNREACH : -Errno.EINVAL;
    }
    return target.isLocal() ? 0 : -Errno.ENETUNREACH;
  }

  /** The time to live of what a socket sends. */
  static int ttl(Socket s) {
    boolean six = s.domain == Socket.INET6;
    long key = six ? KnownOptions.HOPS_6 : KnownOptions.TTL;
    long set = s.options.kept.get(key, Packet.TTL);
    return set < 0 ? Packet.TTL : (int) set;
  }

  static int tos(Socket s) {
    return (int) s.options.kept.get(KnownOptions.TOS, 0);
  }

  /** A ping socket asks for echoes alone, under an identifier of its own. */
  private int ping(Turn turn, Socket s, Packet packet) {
    if (!packet.isEcho()) {
      return -Errno.EINVAL;
    }
    int error = inet.bindIfNeeded(s);
    if (error != 0) {
      return error;
    }
    Address own = Address.orAny(s.local, s.domain);
    deliver(turn.kernel(), packet.identified(own.port()));
    return 0;
  }

  private int sendRaw(Turn turn, Socket s, Packet packet) {
    boolean sums = s.domain == Socket.INET6;
    deliver(turn.kernel(), sums ? packet.summed() : packet);
    return 0;
  }

  /** Gives a packet to those who want it, and the answer of this VOS to those who want that. */
  private void deliver(KernelCalls kernel, Packet packet) {
    toRaw(kernel, packet);
    if (packet.isEcho() && packet.isSound()) {
      deliver(kernel, packet.reply());
    } else if (packet.isReply() && packet.isSound()) {
      toPings(kernel, packet);
    }
  }

  private void toRaw(KernelCalls kernel, Packet packet) {
    for (int at = state.sockets.first(); at >= 0; at = state.sockets.next(at)) {
      Socket s = state.sockets.value(at);
      boolean fits = s.isRaw() && s.protocol == packet.protocol() && hears(s, packet);
      boolean from = s.remote == null || s.remote.sameHost(packet.from());
      if (fits && from && !RawOptions.isFiltered(s, packet.type())) {
        boolean six = s.domain == Socket.INET6;
        put(kernel, s, packet, six ? packet.bytes() : packet.withHeader());
      }
    }
  }

  private void toPings(KernelCalls kernel, Packet packet) {
    Socket found = null;
    for (Socket s : state.ports.of(packet.protocol(), packet.identifier())) {
      // Of those with the same identifier the newest has it.
      boolean newer = found == null || s.handle > found.handle;
      found = newer && hears(s, packet) ? s : found;
    }
    if (found != null) {
      put(kernel, found, packet, packet.bytes());
    }
  }

  private static boolean hears(Socket s, Packet packet) {
    Address own = Address.orAny(s.local, s.domain);
    return own.isAny() || own.sameHost(packet.to());
  }

  private void put(KernelCalls kernel, Socket s, Packet packet, byte[] bytes) {
    if (Sending.isOver(s, bytes.length)) {
      return;
    }
    byte[] from = packet.from().bytes(s.domain);
    long stamp = Ancillary.stamps(s) ? kernel.wallNanos() : 0;
    Came came = new Came(packet.to(), packet.ttl(), packet.tos(), stamp);
    s.queue.add(kernel, bytes, new Segment(bytes.length, from, came));
    pump.touch(s);
  }

  /** The name of a raw socket has its protocol for a port. */
  static void name(Socket s) {
    s.local = Address.any(s.domain).withPort(s.protocol);
  }

  /** bind(2) of a raw socket, which may be done again. */
  static int bindRaw(Socket s, Address wanted) {
    if (s.connected) {
      return -Errno.EINVAL;
    }
    if (!wanted.isAny() && !wanted.isLocal()) {
      return -Errno.EADDRNOTAVAIL;
    }
    s.local = wanted.withPort(s.protocol);
    return 0;
  }
}
