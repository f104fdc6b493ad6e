package org.atoll.servers.net;

import java.util.Arrays;
import org.atoll.abi.Errno;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.SocketProtocol;
import org.jspecify.annotations.Nullable;

/** sendmsg(2) and write(2). */
final class Sending implements Pump.Attempt {

  /** Messages that a datagram socket holds before others wait (Linux max_dgram_qlen). */
  static final int MESSAGES_MAX = 10;

  private static final int UDP_MESSAGE_MAX = 65_507;

  /** What a header of IP and one of UDP take of a packet's 64 KiB. */
  private static final int IP_BYTES = 28;

  private final State state;
  private final Pump pump;
  private final InetNames inet;
  private final OutsideDatagrams outside;
  private final Icmp icmp;
  private final Netlink netlink;
  private final Multicast multicast;

  Sending(State state, Pump pump, InetNames inet, OutsideDatagrams outside, Netlink netlink) {
    this.outside = outside;
    this.state = state;
    this.pump = pump;
    this.inet = inet;
    this.icmp = new Icmp(state, pump, inet);
    this.netlink = netlink;
    this.multicast = new Multicast(state);
  }

  /** A message and where it goes: an inode, an address in front of the data, or the peer. */
  record Sent(long flags, int fs, long target, long rights, long pid, long ids) {

    boolean has(long flag) {
      return (flags & flag) != 0;
    }

    long thread() {
      return flags >>> SocketProtocol.MESSAGE_SHIFT;
    }

    boolean hasAddress() {
      return fs >= 0 || target > 0;
    }
  }

  void send(Turn turn, long request, Socket s, Sent sent) {
    int in = Math.max(0, turn.kernel().inBytes(request));
    long addressBytes = sent.fs >= 0 ? 0 : sent.target;
    if (addressBytes < 0 || addressBytes > Math.min(in, SocketProtocol.ADDRESS_BYTES_MAX)) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    byte[] address = new byte[(int) addressBytes];
    turn.kernel().copyIn(request, 0, address, 0, address.length);
    int bytes = in - address.length;
    Ring before = before(s, sent);
    if (!s.isStream() && gathers(turn, request, s, sent, before, bytes, address.length)) {
      return;
    }
    int gathered = before == null ? 0 : before.count();
    Waiter w =
        new Waiter(request, Waiter.Kind.SEND, s, gathered + bytes, sent.flags)
            .by(sent.pid, sent.ids);
    w.before = gathered;
    w.gathered = before == null ? 0 : Pieces.key(s, sent.thread());
    w.offset = address.length;
    w.rights = sent.rights;
    boolean udp = s.isDatagram() && !s.isUnix();
    int error = udp ? sendPacket(turn, w, s, address) : direct(w, s, sent, address);
    if (error == LATER) {
      return;
    }
    if (error != 0 || udp) {
      pump.end(turn, w, error != 0 ? error : bytes);
    } else {
      pump.begin(w);
    }
  }

  /** What was gathered of a message that goes on, or null. */
  private @Nullable Ring before(Socket s, Sent sent) {
    return sent.has(SocketProtocol.CONTINUES) && !s.isStream()
        ? state.gathered.get(Pieces.key(s, sent.thread()))
        : null;
  }

  /** Takes a piece of a message that is not the last; false for what is to be sent now. */
  private boolean gathers(
      Turn turn, long request, Socket s, Sent sent, @Nullable Ring before, int bytes, int offset) {
    if (before == null && sent.has(SocketProtocol.CONTINUES)) {
      turn.reply(request, -Errno.ENOBUFS);
      return true;
    }
    if (!sent.has(SocketProtocol.MORE)) {
      return false;
    }
    long key = Pieces.key(s, sent.thread());
    int most = s.isUnix() ? s.sendLimit() : UDP_MESSAGE_MAX + IP_BYTES;
    int there = before == null ? 0 : before.count();
    if (there + bytes > most) {
      state.gathered.drop(turn.kernel(), key);
      turn.reply(request, -Errno.EMSGSIZE);
      return true;
    }
    Ring ring = before == null ? state.gathered.begin(turn.kernel(), key) : before;
    int taken = ring.fill(turn.kernel(), request, offset, bytes);
    if (taken < bytes) {
      state.gathered.drop(turn.kernel(), key);
      turn.reply(request, taken < 0 ? taken : -Errno.ENOMEM);
    } else {
      turn.reply(request, taken, SocketProtocol.GATHERED);
    }
    return true;
  }

  /** Finds who receives; 0 or a negated errno. */
  private int direct(Waiter w, Socket s, Sent sent, byte[] address) {
    int error = w.has(OutOfBand.FLAG) ? OutOfBand.refusalToSend(s, w.wanted) : 0;
    if (error != 0) {
      return error;
    }
    if (s.isDatagram()) {
      return directUnix(w, s, sent, address);
    }
    if (s.type == Socket.SEQPACKET && w.wanted > s.sendLimit() - 32) {
      return -Errno.EMSGSIZE;
    }
    if (s.isUnix() && s.isStream() && sent.hasAddress()) {
      return s.connected ? -Errno.EISCONN : -Errno.EOPNOTSUPP;
    }
    if (!s.connected && !(s.isTcp() && s.connecting)) {
      return s.isTcp() ? -Errno.EPIPE : -Errno.ENOTCONN;
    }
    w.at = s.peer == 0 ? s.handle : s.peer;
    return 0;
  }

  private int directUnix(Waiter w, Socket s, Sent sent, byte[] address) {
    if (w.wanted > s.sendLimit() - 32) {
      return -Errno.EMSGSIZE;
    }
    Socket target = sent.hasAddress() ? null : state.peerOf(s);
    if (sent.hasAddress()) {
      int error = sent.fs >= 0 ? 0 : UnixNames.check(address);
      if (error != 0) {
        return error;
      }
      target = state.unixNames.find(s.type, address, sent.fs, sent.target);
    } else if (target == null) {
      boolean lost = s.connected;
      s.connected = false;
      return lost ? -Errno.ECONNREFUSED : -Errno.ENOTCONN;
    }
    int error = refusal(s, target);
    if (error == 0 && target != null) {
      nameIfAsked(s, target);
      w.at = target.handle;
    }
    return error;
  }

  private static int refusal(Socket s, @Nullable Socket target) {
    if (target == null) {
      return -Errno.ECONNREFUSED;
    }
    if (target.type != s.type) {
      return -Errno.EPROTOTYPE;
    }
    return target.peer != 0 && target.peer != s.handle ? -Errno.EPERM : 0;
  }

  /** Who wants to know senders gets a name to know them by. */
  private void nameIfAsked(Socket s, Socket target) {
    if (s.options.passCredentials && s.name.length == 0 && target.isUnix()) {
      state.unixNames.bindAnywhere(s);
    }
  }

  // ---- UDP never waits: what finds no room, or nobody, is lost

  private int sendPacket(Turn turn, Waiter w, Socket s, byte[] address) {
    if (s.isNetlink()) {
      return netlink.send(turn, w, s, address);
    }
    return s.isIcmp() ? icmp.send(turn, w, s, address) : sendUdp(turn, w, s, address);
  }

  /** The net driver answers. */
  private static final int LATER = 1;

  /** 0, a negated errno, or {@link #LATER}. */
  private int sendUdp(Turn turn, Waiter w, Socket s, byte[] address) {
    int error = refusalOfUdp(w, s, address);
    if (error != 0) {
      return error;
    }
    Address named = address.length > 0 ? Address.read(address, Address.family(address)) : s.remote;
    if (named == null) {
      return -Errno.EDESTADDRREQ;
    }
    Address to = named.destination();
    error = inet.reach(s, to);
    if (error == 0) {
      error = inet.bindIfNeeded(s);
    }
    if (error != 0) {
      return error;
    }
    if (to.isMulticast()) {
      return sendToGroup(turn, w, s, to);
    }
    if (!to.isLocal()) {
      error = outside.send(turn, w, s, to);
      return error == 0 ? LATER : error;
    }
    Address from = InetNames.from(s, to);
    Socket target = state.ports.receiver(s, from, to);
    if (target == null && to.equals(s.remote)) {
      s.error = Errno.ECONNREFUSED;
      pump.touch(s);
    }
    boolean lost = target == null || isOver(target, w.wanted);
    return target == null || lost ? 0 : deliver(turn, w, s, new Way(from, to), target);
  }

  /** A group has nobody who could refuse; outside, nobody hears of it. */
  private int sendToGroup(Turn turn, Waiter w, Socket s, Address to) {
    Address from = InetNames.from(s, to);
    int error = 0;
    for (Socket target : multicast.receivers(s, from, to)) {
      if (error == 0 && !isOver(target, w.wanted)) {
        error = deliver(turn, w, s, new Way(from, to), target);
      }
    }
    return error;
  }

  private static int refusalOfUdp(Waiter w, Socket s, byte[] address) {
    if (w.has(OutOfBand.FLAG)) {
      return -Errno.EOPNOTSUPP;
    }
    if (w.wanted > UDP_MESSAGE_MAX) {
      return -Errno.EMSGSIZE;
    }
    int error = address.length > 0 ? InetNames.check(s, address) : 0;
    if (error == 0 && s.error != 0) {
      return -s.takeError();
    }
    return error == 0 && s.writeOff ? -Errno.EPIPE : error;
  }

  /** From where to where a datagram goes. */
  private record Way(Address from, Address to) {}

  private int deliver(Turn turn, Waiter w, Socket s, Way way, Socket target) {
    long stamp = Ancillary.stamps(target) ? turn.kernel().wallNanos() : 0;
    int hops = way.to.isMulticast() ? MulticastOptions.hops(s, way.to) : Icmp.ttl(s);
    Came came = new Came(way.to, hops, Icmp.tos(s), stamp);
    Segment message = new Segment(w.wanted, way.from.bytes(target.domain), came);
    Ring before = state.gathered.get(w.gathered);
    int taken = target.queue.add(turn.kernel(), before, w.request, w.offset, message);
    pump.touch(target);
    return Math.min(0, taken == -1 ? -Errno.ENOMEM : taken);
  }

  static boolean isOver(Socket target, int bytes) {
    return target.queue.cost() + bytes > target.options.receiveBytes;
  }

  // ---- go on

  @Override
  public boolean attempt(Turn turn, Waiter w, Socket s) {
    Socket target = state.socket(w.at);
    if (s.isStream()) {
      return stream(turn, w, s);
    }
    if (s.error != 0 && s.connects()) {
      return pump.end(turn, w, -s.takeError());
    }
    if (target == null) {
      return pump.end(turn, w, s.isDatagram() ? -Errno.ECONNREFUSED : -Errno.EPIPE);
    }
    boolean alone = s.connects() && s.peer == 0;
    if (s.writeOff || alone || target.readOff) {
      return pump.end(turn, w, -Errno.EPIPE);
    }
    return !hasNoRoom(s, target, w.wanted) && message(turn, w, s, target);
  }

  private static boolean hasNoRoom(Socket s, Socket target, int bytes) {
    boolean mutual = target.peer == s.handle || target == s;
    boolean full = s.isDatagram() && !mutual && isFull(target);
    full |= !target.queue.isEmpty() && !target.queue.hasPlace(bytes);
    return full || target.queue.cost() >= s.sendLimit();
  }

  /** Whether a datagram socket makes others wait. */
  static boolean isFull(Socket target) {
    return target.queue.messages() > MESSAGES_MAX;
  }

  private boolean message(Turn turn, Waiter w, Socket s, Socket target) {
    Segment message = new Segment(w.wanted, s.name, w.rights, w.pid, w.ids);
    Ring before = state.gathered.get(w.gathered);
    int taken = target.queue.add(turn.kernel(), before, w.request, w.offset, message);
    if (taken < 0) {
      return pump.end(turn, w, taken == -1 ? -Errno.ENOMEM : taken);
    }
    w.done = taken;
    pump.touch(target);
    return pump.endSent(turn, w);
  }

  private boolean stream(Turn turn, Waiter w, Socket s) {
    if (s.isTcp() && s.connecting && !s.connected && s.error == 0) {
      return false;
    }
    if (s.writeOff || s.error != 0) {
      return broken(turn, w, s);
    }
    Socket peer = state.peerOf(s);
    if (peer == null) {
      return s.isTcp() ? intoTheVoid(turn, w, s) : broken(turn, w, s);
    }
    if (s.isUnix() && peer.readOff) {
      return broken(turn, w, s);
    }
    int room = Math.max(0, s.sendLimit() - peer.queue.bytes());
    int left = w.wanted - w.done;
    if (left > 0 && room == 0) {
      return false;
    }
    byte[] from = s.isUnix() ? s.name : new byte[0];
    long rights = w.done == 0 ? w.rights : 0;
    Segment as = new Segment(0, Arrays.copyOf(from, from.length), rights, w.pid, w.ids);
    int offset = w.offset + w.done;
    int taken = peer.queue.append(turn.kernel(), w.request, offset, Math.min(left, room), as);
    if (taken < 0) {
      return w.done > 0 ? pump.endSent(turn, w) : pump.end(turn, w, taken);
    }
    w.done += taken;
    if (w.has(OutOfBand.FLAG) && w.done == w.wanted && !peer.outside && taken > 0) {
      OutOfBand.mark(turn.kernel(), peer);
    }
    pump.touch(peer);
    return w.done == w.wanted && pump.endSent(turn, w);
  }

  private boolean broken(Turn turn, Waiter w, Socket s) {
    if (w.done > 0) {
      return pump.endSent(turn, w);
    }
    int error = s.isUnix() ? 0 : s.takeError();
    return pump.end(turn, w, error == 0 ? -Errno.EPIPE : -error);
  }

  /** TCP: the peer closed; what comes now is answered by a reset, which the next call is told. */
  private boolean intoTheVoid(Turn turn, Waiter w, Socket s) {
    s.error = Errno.EPIPE;
    s.readOff = true;
    s.writeOff = true;
    pump.touch(s);
    w.done = w.wanted;
    return pump.endSent(turn, w);
  }
}
