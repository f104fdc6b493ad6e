package org.atoll.servers.net;

/** What poll(2) says of a socket, as on Linux. */
final class Readiness {

  private static final int IN = 0x1 | 0x40;
  private static final int URGENT = 0x2;
  private static final int OUT = 0x4 | 0x100;
  private static final int UNIX_OUT = OUT | 0x200;
  private static final int ERROR = 0x8;
  private static final int HUNG_UP = 0x10;
  private static final int PEER_SHUT = 0x2000;

  /** Reported although nobody asks. */
  static final int ALWAYS = ERROR | HUNG_UP;

  /** Of a handle that is there no more. */
  static final int GONE = IN | OUT | ERROR | HUNG_UP;

  private Readiness() {}

  static int ready(State state, Socket s) {
    if (s.listening) {
      return s.arrived.isEmpty() ? 0 : IN;
    }
    int events = s.error != 0 ? ERROR : 0;
    events |= s.readOff ? IN | PEER_SHUT : 0;
    events |= isReadable(state, s) ? IN : 0;
    events |= s.urgent.isThere() ? URGENT : 0;
    events |= s.readOff && s.writeOff || isUnconnected(s) ? HUNG_UP : 0;
    return events | (isWritable(state, s) ? s.isUnix() ? UNIX_OUT : OUT : 0);
  }

  private static boolean isReadable(State state, Socket s) {
    int bytes = s.queue.bytes() - (s.isTcp() ? OutOfBand.hole(s) : 0);
    return !s.queue.isEmpty() && (!s.isTcp() || bytes > 0 && isEnough(state, s, bytes));
  }

  /** Whether a reader need not wait for more: who sends has no room for that, or will not. */
  static boolean isEnough(State state, Socket s, int bytes) {
    Socket peer = state.peerOf(s);
    if (bytes >= s.options.lowWater || s.readOff || s.error != 0) {
      return true;
    }
    return peer == null || s.queue.bytes() >= peer.sendLimit();
  }

  private static boolean isUnconnected(Socket s) {
    return s.connects() && !s.connected && !s.connecting;
  }

  static boolean isWritable(State state, Socket s) {
    if (s.isTcp() && (s.writeOff || !s.connecting && !s.connected)) {
      return true;
    }
    Socket peer = state.peerOf(s);
    return s.isTcp() && s.connecting ? s.connected || s.error != 0 : peer == null || room(s, peer);
  }

  /** Linux lets a quarter of the buffer be under way, and then waits for less. */
  private static boolean room(Socket s, Socket peer) {
    if (!s.isUnix() && s.isDatagram()) {
      return true;
    }
    if (s.isDatagram() && peer.peer != s.handle && Sending.isFull(peer)) {
      return false;
    }
    int used = s.isStream() ? peer.queue.bytes() : peer.queue.cost();
    return 4L * used <= s.sendLimit();
  }
}
