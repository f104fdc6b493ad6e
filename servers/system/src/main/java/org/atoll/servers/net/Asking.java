package org.atoll.servers.net;

import org.atoll.abi.Errno;

/** TCP sockets that a listener has had no room for: how their asking ends without a connection. */
final class Asking {

  private final State state;
  private final Pump pump;

  Asking(State state, Pump pump) {
    this.state = state;
    this.pump = pump;
  }

  /** Nobody listens there, or not any more. */
  void refuse(Socket s) {
    s.asked = 0;
    s.error = Errno.ECONNREFUSED;
    s.readOff = true;
    s.writeOff = true;
    pump.touch(s);
  }

  /** A listener is gone. */
  void refuseAll(Socket listener) {
    for (long handle : listener.asking) {
      Socket s = state.socket(handle);
      if (s != null && s.asked == listener.handle) {
        refuse(s);
      }
    }
    listener.asking.clear();
  }

  /** Who asks is gone. */
  void forget(Socket s) {
    Socket listener = s.asked == 0 ? null : state.socket(s.asked);
    if (listener != null) {
      listener.asking.remove(s.handle);
    }
  }
}
