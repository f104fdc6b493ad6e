package org.atoll.servers.net;

import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.ArrivalProtocol;
import org.atoll.abi.protocol.OutsideProtocol;
import org.atoll.libsys.Row;
import org.jspecify.annotations.Nullable;

/** What the net driver says, and how connections to outside begin and end. */
final class Outside implements ArrivalProtocol.Service {

  private static final int TCP = 6;

  /** The answer of CONNECT; the row's word is the far end. */
  static final int STEP_CONNECTED = 1;

  /** The answer of TRANSMIT; the far end, and the grants that were lent. */
  static final int STEP_TRANSMITTED = 2;

  /** The answer of FILL; the same words. */
  static final int STEP_FILLED = 3;

  /** An answer that changes nothing. */
  static final int STEP_TOLD = 4;

  /** The answer of SEND; the request of the program. */
  static final int STEP_SENT = 5;

  private final State state;
  private final Pump pump;
  private final InetNames inet;
  private final Closing closing;
  private final Relaying relaying;
  private final OutsideDatagrams datagrams;

  Outside(State state, Pump pump, InetNames inet, Closing closing, OutsideDatagrams datagrams) {
    this.state = state;
    this.pump = pump;
    this.inet = inet;
    this.closing = closing;
    this.datagrams = datagrams;
    this.relaying = new Relaying(state, pump, closing, this::lose);
  }

  // ---- the driver begins and ends

  @Override
  public void attach(Turn turn, long request, long flags) {
    if (state.outside.attached != 0) {
      turn.reply(state.outside.attached, -Errno.EINTR);
      detach(turn);
    }
    state.outside.attached = request;
    state.outside.flags = flags;
  }

  /** The caller of a request does not wait any more; the driver's end is told so. */
  void cancelled(Turn turn, long request) {
    if (request == state.outside.attached) {
      turn.reply(request, -Errno.EINTR);
      detach(turn);
    }
  }

  private void detach(Turn turn) {
    state.outside.attached = 0;
    state.outside.flags = 0;
    int at = state.outside.farEnds.first();
    while (at >= 0) {
      FarEnd end = state.outside.farEnds.value(at);
      at = state.outside.farEnds.next(at);
      lose(turn, end, Errno.ECONNRESET);
    }
    while (state.outside.datagrams.size() > 0) {
      state.outside.datagrams.remove(state.outside.datagrams.key(state.outside.datagrams.first()));
    }
    state.outside.forgotten.clear();
  }

  // ---- from outside

  @Override
  public void connection(
      Turn turn, long request, long handle, long port, long high, long low, long from) {
    Address to = Address.OWN.withPort((int) port & 0xffff);
    Socket far = makeFar(turn, new Address(high, low, (int) from), to);
    Socket listener = far == null ? null : state.ports.listener(far, to);
    if (far == null || listener == null || listener.readOff) {
      forget(far);
      turn.reply(request, -Errno.ECONNREFUSED);
      return;
    }
    FarEnd end = new FarEnd(far.handle);
    end.handle = handle;
    end.arriving = request;
    state.outside.farEnds.put(end.socket, end);
    Waiter w = new Waiter(request, Waiter.Kind.CONNECT, far, 0, 0);
    w.at = listener.handle;
    pump.begin(w);
  }

  private @Nullable Socket makeFar(Turn turn, Address local, Address remote) {
    if (state.outside.farEnds.size() >= Limits.OUTSIDE_CONNECTIONS_MAX) {
      return null;
    }
    Socket far = state.make(turn.kernel(), Socket.INET, Socket.STREAM, TCP);
    if (far != null) {
      far.outside = true;
      far.local = local;
      far.remote = remote;
    }
    return far;
  }

  private void forget(@Nullable Socket far) {
    if (far != null) {
      state.sockets.remove(far.handle);
    }
  }

  @Override
  public void datagram(
      Turn turn, long request, long socket, long port, long high, long low, long from) {
    Address sender = new Address(high, low, (int) from);
    turn.reply(request, datagrams.deliver(turn, request, socket, (int) port, sender));
  }

  @Override
  public void refused(Turn turn, long request, long socket, long error) {
    Socket s = state.socket(socket);
    if (s != null && s.isDatagram() && s.connected) {
      s.error = (int) error;
      pump.touch(s);
    }
    turn.reply(request, 0);
  }

  // ---- to outside

  /** Whether a connection to outside is being made for a socket. */
  boolean isConnecting(Socket s) {
    Socket far = s.connected ? null : state.peerOf(s);
    return far != null && far.outside;
  }

  /** connect(2) to an address that is not of this VOS; 0 or a negated errno when that begins. */
  int connect(Turn turn, Socket s, Address to) {
    int error = inet.bindIfNeeded(s);
    if (error != 0) {
      return error;
    }
    Address from = InetNames.from(s, to);
    Socket far = makeFar(turn, to, from);
    if (far == null) {
      return -Errno.ENOBUFS;
    }
    long call =
        turn.call(
            turn.role(Role.NET_DRIVER),
            OutsideProtocol.Call.CONNECT.encode(turn.scratch(), to.high(), to.low(), to.port()));
    if (call < 0) {
      forget(far);
      return -Errno.ENETUNREACH;
    }
    state.calls.add(call, STEP_CONNECTED, far.handle);
    FarEnd end = new FarEnd(far.handle);
    end.connecting = call;
    state.outside.farEnds.put(end.socket, end);
    s.local = from;
    s.remote = to;
    s.connecting = true;
    s.peer = far.handle;
    far.peer = s.handle;
    return 0;
  }

  private void connected(Turn turn, FarEnd end, long result) {
    end.connecting = 0;
    end.handle = Math.max(0, result);
    Socket far = state.socket(end.socket);
    Socket s = far == null ? null : state.peerOf(far);
    if (far == null || s == null || result < 0) {
      lose(turn, end, (int) -withoutDriver(result));
      return;
    }
    Connections.join(s, far);
    pump.touch(s);
    pump.touch(far);
  }

  /** What a program is told of an answer: that the driver ended is no errno of its. */
  private static long withoutDriver(long result) {
    return result == -Errno.EDEADSRCDST ? -Errno.ENETUNREACH : result;
  }

  // ---- on and off

  void resume(Turn turn, Row row, Message answer) {
    FarEnd end = state.outside.farEnds.get(row.w0);
    switch (row.step) {
      case STEP_CONNECTED -> {
        if (end != null) {
          connected(turn, end, answer.w0);
        } else if (answer.w0 > 0) {
          Relaying.release(state, turn, answer.w0, true);
        }
      }
      case STEP_TRANSMITTED -> relaying.transmitted(turn, row, end, answer.w0);
      case STEP_FILLED -> relaying.filled(turn, row, end, answer.w0);
      case STEP_SENT -> turn.reply(row.w0, withoutDriver(answer.w0));
      default -> {}
    }
  }

  /** A socket changed: what stands for a far end is moved on. */
  void changed(Turn turn, Socket s) {
    FarEnd end = s.outside ? state.outside.farEnds.get(s.handle) : null;
    if (end == null) {
      return;
    }
    if (end.connecting != 0) {
      if (s.peer == 0) {
        turn.cancel(end.connecting);
        state.outside.farEnds.remove(s.handle);
        closing.close(turn, s);
      }
    } else if (s.connected) {
      end.arriving = 0;
      relaying.move(turn, end, s);
    }
  }

  /** At the end of each event: connections that found no listener go, and datagram sockets. */
  void settle(Turn turn) {
    int at = state.outside.farEnds.first();
    while (at >= 0) {
      FarEnd end = state.outside.farEnds.value(at);
      at = state.outside.farEnds.next(at);
      if (end.arriving != 0 && state.waiters.get(end.arriving) == null) {
        state.outside.farEnds.remove(end.socket);
        state.sockets.remove(end.socket);
      }
    }
    datagrams.settle(turn);
  }

  /** A connection is no more: its program learns why. */
  private void lose(Turn turn, FarEnd end, int error) {
    state.outside.farEnds.remove(end.socket);
    Socket far = state.socket(end.socket);
    if (far == null) {
      return;
    }
    Socket s = state.peerOf(far);
    if (s != null) {
      far.peer = 0;
      s.peer = 0;
      s.error = error;
      s.readOff = true;
      s.writeOff = true;
      pump.touch(s);
    }
    closing.close(turn, far);
  }
}
