package org.atoll.servers.net;

import org.atoll.abi.Errno;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.DeviceProtocol;
import org.atoll.abi.protocol.NetProtocol;

/** What VFS asks about a socket as about every driver's handle: close, ioctl, watch. */
final class Devices implements DeviceProtocol.Service {

  private static final int FIONREAD = 0x541b;
  private static final int TIOCOUTQ = 0x5411;
  private static final int SIOCATMARK = 0x8905;

  private final State state;
  private final Pump pump;
  private final Closing closing;

  Devices(State state, Pump pump, Closing closing) {
    this.state = state;
    this.pump = pump;
    this.closing = closing;
  }

  @Override
  public void open(Turn turn, long request, long device, long flags, long pid, long uid, long gid) {
    turn.reply(request, -Errno.ENXIO);
  }

  @Override
  public void close(Turn turn, long request, long handle) {
    close(turn, handle);
    turn.reply(request, 0);
  }

  void close(Turn turn, long handle) {
    Socket s = state.socket(handle);
    if (s != null) {
      closing.close(turn, s);
    }
  }

  @Override
  public void read(Turn turn, long request, long handle, long bytes, long flags, long pid) {
    turn.reply(request, -Errno.ENOSYS);
  }

  @Override
  public void write(Turn turn, long request, long handle, long bytes, long flags, long pid) {
    turn.reply(request, -Errno.ENOSYS);
  }

  @Override
  public void ioctl(
      Turn turn, long request, long handle, long operation, long argument, long flags, long pid) {
    Socket s = state.socket(handle);
    if (s == null) {
      turn.reply(request, State.GONE);
      return;
    }
    if (s.isIcmp() && !s.isRaw() && (operation == FIONREAD || operation == TIOCOUTQ)) {
      turn.reply(request, -Errno.ENOTTY);
      return;
    }
    if (operation == SIOCATMARK && s.isStream()) {
      turn.reply(request, put(turn, request, s.urgent.isAtMark() ? 1 : 0));
      return;
    }
    switch ((int) operation) {
      case FIONREAD ->
          turn.reply(request, s.listening ? -Errno.EINVAL : put(turn, request, unread(s)));
      case TIOCOUTQ ->
          turn.reply(request, s.listening ? -Errno.EINVAL : put(turn, request, unsent(s)));
      default -> turn.reply(request, InterfaceCalls.ioctl(turn, request, s, (int) operation));
    }
  }

  /** All that is there; of datagrams the next one. */
  private static int unread(Socket s) {
    if (s.isTcp()) {
      return s.urgent.isMarked() && !OutOfBand.isInLine(s) ? s.urgent.at() : s.queue.bytes();
    }
    if (s.connects() || s.queue.isEmpty()) {
      return s.queue.bytes();
    }
    return s.queue.first().bytes;
  }

  private int unsent(Socket s) {
    Socket peer = state.peerOf(s);
    return peer == null || !s.isUnix() ? 0 : peer.queue.bytes();
  }

  private static int put(Turn turn, long request, int value) {
    byte[] bytes = new byte[Integer.BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (value >>> 8 * i);
    }
    return Math.min(0, turn.kernel().copyOut(request, 0, bytes, 0, bytes.length));
  }

  @Override
  public void watch(Turn turn, long request, long handle, long events, long flags) {
    watch(turn, request, handle, events, flags, 0);
  }

  /** Watches for what happens after a count of news. */
  void watch(Turn turn, long request, long handle, long events, long flags, long since) {
    Socket s = state.socket(handle);
    if (s == null) {
      turn.reply(request, Readiness.GONE & (events | Readiness.ALWAYS), since);
      return;
    }
    long waits = (flags & DeviceProtocol.NO_WAIT) != 0 ? NetProtocol.NO_WAIT : 0;
    Waiter w = new Waiter(request, Waiter.Kind.WATCH, s, (int) events, waits);
    w.since = since;
    pump.begin(w);
  }
}
