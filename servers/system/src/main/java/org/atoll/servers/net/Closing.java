package org.atoll.servers.net;

import org.atoll.abi.Errno;
import org.atoll.abi.Turn;

/** The end of sockets: close(2) and shutdown(2). */
final class Closing {

  private static final int RECEIVING = 1;
  private static final int SENDING = 2;
  private static final int BOTH = RECEIVING | SENDING;

  private final State state;
  private final Pump pump;
  private final Asking asking;

  Closing(State state, Pump pump) {
    this.state = state;
    this.pump = pump;
    this.asking = new Asking(state, pump);
  }

  // ---- shutdown

  int shutdown(Socket s, long how) {
    if (how < 0 || how > 2) {
      return -Errno.EINVAL;
    }
    int ends = (int) how + 1;
    if (!s.isUnix() && s.listening) {
      return shutdownListener(s, ends);
    }
    boolean unconnected = !s.isUnix() && !s.connected || state.isOver(s);
    off(s, unconnected && s.connects() ? 0 : ends);
    Socket peer = state.peerOf(s);
    if (peer != null && s.connects()) {
      int receiving = (ends & SENDING) != 0 ? RECEIVING : 0;
      int sending = s.isUnix() && (ends & RECEIVING) != 0 ? SENDING : 0;
      off(peer, receiving | sending);
    }
    return unconnected ? -Errno.ENOTCONN : 0;
  }

  /** TCP: who no longer listens refuses those who wait. */
  private int shutdownListener(Socket s, int ends) {
    if ((ends & RECEIVING) == 0) {
      return -Errno.ENOTCONN;
    }
    s.listening = false;
    s.readOff = false;
    asking.refuseAll(s);
    pump.touch(s);
    return 0;
  }

  private void off(Socket s, int ends) {
    s.readOff |= (ends & RECEIVING) != 0;
    s.writeOff |= (ends & SENDING) != 0;
    pump.touch(s);
    pump.touch(state.peerOf(s));
  }

  // ---- close

  /** A socket is used by nobody any more. */
  void close(Turn turn, Socket s) {
    asking.forget(s);
    boolean unread = !s.queue.isEmpty();
    dropUnread(turn, s);
    state.sockets.remove(s.handle);
    state.unixNames.forget(s);
    state.ports.forget(s);
    state.outside.closed(s);
    state.gathered.forget(turn.kernel(), s);
    state.fetched.forget(turn.kernel(), s);
    refuseThoseWhoWait(turn, s);
    Socket peer = state.peerOf(s);
    if (peer != null && s.connects()) {
      leave(s, peer, unread || s.listener != 0);
    } else if (s.isUnix() && s.isDatagram()) {
      leaveDatagrams(s);
    }
  }

  /** TCP's connect(2) to nobody: a connection is reset, and the socket is as it was before it. */
  int disconnect(Turn turn, Socket s) {
    asking.forget(s);
    boolean resets = s.connected || s.connecting;
    s.asked = 0;
    s.connecting = false;
    s.listening = false;
    asking.refuseAll(s);
    refuseArrived(turn, s);
    Socket peer = state.peerOf(s);
    if (peer != null) {
      leave(s, peer, true);
    }
    dropUnread(turn, s);
    s.peer = 0;
    s.connected = false;
    s.remote = null;
    s.error = resets ? Errno.ECONNRESET : 0;
    s.readOff = false;
    s.writeOff = false;
    pump.touch(s);
    return 0;
  }

  private void dropUnread(Turn turn, Socket s) {
    for (Segment segment : s.queue.all()) {
      if (segment.rights != 0) {
        state.rightsGone.addLast(segment.rights);
      }
    }
    s.queue.clear(turn.kernel());
  }

  /** Connections that nobody accepted, and requests for what is not there any more. */
  private void refuseThoseWhoWait(Turn turn, Socket s) {
    asking.refuseAll(s);
    refuseArrived(turn, s);
    int at = s.waiting.first();
    while (at >= 0) {
      Waiter w = s.waiting.value(at);
      at = s.waiting.next(at);
      Socket own = state.socket(w.handle);
      if (w.kind == Waiter.Kind.SEND && own != null && own.isStream()) {
        moveHome(w, own);
      } else if (w.kind == Waiter.Kind.CONNECT && own != null && own != s && own.isLetIn()) {
        pump.end(turn, w, Connections.goOn(own));
      } else {
        pump.end(turn, w, w.handle == s.handle ? -Errno.EBADF : -Errno.ECONNREFUSED);
      }
    }
  }

  private void refuseArrived(Turn turn, Socket s) {
    while (!s.arrived.isEmpty()) {
      Socket waiting = state.socket(s.arrived.removeFirst());
      if (waiting != null) {
        close(turn, waiting);
      }
    }
  }

  /** What was under way to a stream that is gone is tried once more, and fails there. */
  private void moveHome(Waiter w, Socket own) {
    state.waiters.remove(w.request);
    w.at = own.handle;
    state.add(w);
    pump.touch(own);
  }

  private void leave(Socket s, Socket peer, boolean lost) {
    boolean reset = lost || s.isTcp() && s.options.lingers && s.options.lingerSeconds == 0;
    peer.peer = 0;
    peer.error = reset ? Errno.ECONNRESET : peer.error;
    off(peer, s.isTcp() && !reset ? RECEIVING : BOTH);
  }

  /** Who was connected to it is told when it sends. */
  private void leaveDatagrams(Socket s) {
    for (int at = state.sockets.first(); at >= 0; at = state.sockets.next(at)) {
      Socket other = state.sockets.value(at);
      if (other.peer == s.handle) {
        other.peer = 0;
        pump.touch(other);
      }
    }
  }
}
