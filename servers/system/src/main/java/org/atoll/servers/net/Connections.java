package org.atoll.servers.net;

import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Turn;

/** listen(2), connect(2) and accept(2) of sockets that have connections. */
final class Connections {

  private final State state;
  private final Pump pump;
  private final Asking asking;
  private final InetNames inet;
  private final Outside outside;
  private final Closing closing;

  Connections(State state, Pump pump, InetNames inet, Outside outside, Closing closing) {
    this.state = state;
    this.closing = closing;
    this.pump = pump;
    this.asking = new Asking(state, pump);
    this.inet = inet;
    this.outside = outside;
  }

  // ---- listen

  int listen(Socket s, long backlog, long pid, long ids) {
    if (s.isDatagram()) {
      return -Errno.EOPNOTSUPP;
    }
    boolean nameless = s.isUnix() && s.key == null;
    if (nameless || s.connected || s.connecting) {
      return -Errno.EINVAL;
    }
    int error = s.isUnix() || s.listening ? 0 : takePort(s);
    if (error == 0) {
      s.listening = true;
      long wanted = backlog & 0xffff_ffffL;
      s.backlog = (int) Math.min(wanted, Limits.BACKLOG_MAX);
      s.pid = pid;
      s.ids = ids;
      letIn(s);
      pump.touch(s);
    }
    return error;
  }

  private int takePort(Socket s) {
    if (s.local == null) {
      return state.ports.bind(s, Address.any(s.domain), true);
    }
    return state.ports.isListenedTo(s) ? -Errno.EADDRINUSE : 0;
  }

  // ---- connect

  /** Where a connection goes. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Target(int fs, long inode, byte[] address) {}

  void connect(Turn turn, Socket s, Waiter w, Target to) {
    if (s.isTcp() && isUnspecified(to.address)) {
      turn.reply(w.request, closing.disconnect(turn, s));
      return;
    }
    int error = s.isUnix() ? toUnix(s, w, to) : toTcp(turn, s, w, to.address);
    if (error == WAITS) {
      pump.begin(w);
    } else {
      turn.reply(w.request, error);
    }
  }

  private static final int WAITS = 1;

  private int toUnix(Socket s, Waiter w, Target to) {
    int error = to.fs >= 0 ? 0 : UnixNames.check(to.address);
    if (error == 0 && to.fs < 0 && UnixNames.isAnonymous(to.address)) {
      error = -Errno.EINVAL;
    }
    if (error != 0) {
      return error;
    }
    Socket target = state.unixNames.find(s.type, to.address, to.fs, to.inode);
    if (target == null) {
      return -Errno.ECONNREFUSED;
    }
    if (target.type != s.type) {
      return -Errno.EPROTOTYPE;
    }
    if (!target.listening || target.readOff) {
      return -Errno.ECONNREFUSED;
    }
    if (s.connected || s.listening) {
      return s.connected ? -Errno.EISCONN : -Errno.EINVAL;
    }
    w.at = target.handle;
    return WAITS;
  }

  private int toTcp(Turn turn, Socket s, Waiter w, byte[] address) {
    int error = InetNames.check(s, address);
    if (error != 0) {
      return error;
    }
    if (outside.isConnecting(s)) {
      return w.mayWait() ? WAITS : -Errno.EALREADY;
    }
    if (s.connecting) {
      return s.asked != 0 ? waitForRoom(s, w) : goOn(s);
    }
    if (s.connected || s.listening) {
      return -Errno.EISCONN;
    }
    Address to = Address.read(address, Address.family(address)).destination();
    error = inet.reach(s, to);
    if (error != 0) {
      return error;
    }
    if (!to.isLocal()) {
      error = outside.connect(turn, s, to);
      return error != 0 ? error : w.mayWait() ? WAITS : -Errno.EINPROGRESS;
    }
    Socket target = state.ports.listener(s, to);
    s.remote = target == null ? null : to;
    s.error = 0;
    if (w.mayWait() && target == null) {
      return -Errno.ECONNREFUSED;
    }
    s.connecting = true;
    if (target == null) {
      asking.refuse(s);
    } else {
      s.asked = target.handle;
      target.asking.addLast(s.handle);
      letIn(target);
    }
    if (!w.mayWait()) {
      return -Errno.EINPROGRESS;
    }
    return s.asked == 0 ? goOn(s) : waitForRoom(s, w);
  }

  /** Waits at the listener that has no room; another connect(2) may come meanwhile. */
  private static int waitForRoom(Socket s, Waiter w) {
    w.at = s.asked;
    return w.mayWait() ? WAITS : -Errno.EALREADY;
  }

  /** TCP: a listener takes as many of those who ask as it has room for. */
  private void letIn(Socket listener) {
    while (!listener.asking.isEmpty() && listener.hasRoom()) {
      Socket s = state.socket(listener.asking.removeFirst());
      if (s != null && s.asked == listener.handle) {
        s.asked = 0;
        if (!establish(s, listener)) {
          asking.refuse(s);
        }
      }
    }
  }

  /** The second connect(2) of a program that did not wait. */
  static int goOn(Socket s) {
    s.connecting = false;
    if (s.connected) {
      return 0;
    }
    int error = s.takeError();
    s.readOff = false;
    s.writeOff = false;
    return error == 0 ? -Errno.ECONNABORTED : -error;
  }

  /**
   * CONNECT: waits as long as the listener has no room. TCP of this VOS is let in by its listener;
   * Unix sockets, and what comes from outside, let themselves in.
   */
  boolean tryConnect(Turn turn, Waiter w, Socket s) {
    if (s.isLetIn()) {
      boolean begins = s.asked != 0 || outside.isConnecting(s);
      return !begins && pump.end(turn, w, goOn(s));
    }
    Socket target = state.socket(w.at);
    if (target == null || !target.listening || target.readOff) {
      s.remote = null;
      return pump.end(turn, w, -Errno.ECONNREFUSED);
    }
    if (s.connected) {
      return pump.end(turn, w, -Errno.EISCONN);
    }
    if (!target.hasRoom()) {
      return false;
    }
    s.pid = w.pid;
    s.ids = w.ids;
    return pump.end(turn, w, establish(s, target) ? 0 : -Errno.ENOMEM);
  }

  /** Makes the other end, which waits to be accepted; false: there are too many sockets. */
  private boolean establish(Socket s, Socket target) {
    boolean named = s.isUnix() || inet.bindIfNeeded(s) == 0;
    Socket other = named ? state.copy(target) : null;
    if (other == null) {
      return false;
    }
    other.options.inherit(target.options);
    other.name = target.name;
    other.local = s.remote;
    other.remote = s.isUnix() ? null : InetNames.from(s, Address.orAny(s.remote, s.domain));
    other.listener = target.handle;
    s.peerName = target.name;
    if (other.remote != null) {
      s.local = other.remote;
    }
    join(s, other);
    other.peerName = s.name;
    tell(s, target.pid, target.ids);
    tell(other, s.pid, s.ids);
    target.arrived.addLast(other.handle);
    target.connectionsCome++;
    pump.touch(target);
    pump.touch(s);
    return true;
  }

  private static void tell(Socket s, long pid, long ids) {
    s.peerPid = pid;
    s.peerIds = ids;
  }

  /** Makes two sockets each other's peers. */
  static void join(Socket a, Socket b) {
    a.peer = b.handle;
    b.peer = a.handle;
    a.connected = true;
    b.connected = true;
  }

  /** socketpair(2): both are its maker's. */
  static void pair(Socket a, Socket b) {
    join(a, b);
    tell(a, a.pid, a.ids);
    tell(b, b.pid, b.ids);
  }

  // ---- datagrams

  /** connect(2) of a datagram socket: from whom and to whom, from now on. */
  int connectDatagram(Socket s, Target to) {
    byte[] address = to.address;
    if (isUnspecified(address)) {
      disconnect(s);
      return 0;
    }
    return s.isUnix() ? toUnixDatagram(s, to) : toUdp(s, address);
  }

  /** To nobody: a connection is no more. */
  private static boolean isUnspecified(byte[] address) {
    return address.length >= 2 && Address.family(address) == InetNames.UNSPECIFIED;
  }

  private void disconnect(Socket s) {
    Socket before = state.peerOf(s);
    s.peer = 0;
    s.connected = false;
    s.peerName = new byte[0];
    s.remote = null;
    pump.touch(before);
    pump.touch(s);
  }

  private int toUnixDatagram(Socket s, Target to) {
    int error = to.fs >= 0 ? 0 : UnixNames.check(to.address);
    if (error == 0 && to.fs < 0 && UnixNames.isAnonymous(to.address)) {
      error = -Errno.EINVAL;
    }
    if (error != 0) {
      return error;
    }
    Socket target = state.unixNames.find(s.type, to.address, to.fs, to.inode);
    if (target == null) {
      return -Errno.ECONNREFUSED;
    }
    if (target.type != s.type) {
      return -Errno.EPROTOTYPE;
    }
    if (target.peer != 0 && target.peer != s.handle) {
      return -Errno.EPERM;
    }
    s.peer = target.handle;
    s.connected = true;
    s.peerName = target.name;
    return 0;
  }

  private int toUdp(Socket s, byte[] address) {
    int error = InetNames.check(s, address);
    if (error != 0) {
      return error;
    }
    Address to = Address.read(address, Address.family(address)).destination();
    error = to.isLocal() || to.isMulticast() ? 0 : state.outside.reach(s, to);
    if (error == 0) {
      error = inet.bindIfNeeded(s);
    }
    if (error == 0) {
      s.remote = to;
      s.connected = true;
      s.local = InetNames.from(s, to);
    }
    return error;
  }

  // ---- accept

  void accept(Turn turn, long request, Socket s, long flags) {
    if (s.isDatagram()) {
      turn.reply(request, -Errno.EOPNOTSUPP);
    } else if (!s.listening || s.readOff) {
      turn.reply(request, -Errno.EINVAL);
    } else {
      pump.begin(new Waiter(request, Waiter.Kind.ACCEPT, s, 0, flags));
    }
  }

  /** ACCEPT: takes the connection that waits longest. */
  boolean tryAccept(Turn turn, Waiter w, Socket s) {
    if (s.readOff) {
      return pump.end(turn, w, -Errno.EINVAL);
    }
    Long handle = s.arrived.pollFirst();
    Socket taken = handle == null ? null : state.socket(handle);
    if (taken == null) {
      return false;
    }
    taken.listener = 0;
    letIn(s);
    byte[] address = taken.peerBytes();
    int room = Math.max(0, turn.kernel().outBytes(w.request));
    turn.kernel().copyOut(w.request, 0, address, 0, Math.min(room, address.length));
    pump.touch(s);
    return pump.endAccepted(turn, w, taken.handle, address.length);
  }
}
