package org.atoll.servers.net;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.OutsideProtocol;

/** Datagrams to outside and from there. */
final class OutsideDatagrams {

  private final State state;
  private final Pump pump;

  /** Stands for whoever sends from outside, where its kind is asked for. */
  private final Socket anybody = new Socket(0, Socket.INET, Socket.DATAGRAM, Socket.UDP);

  OutsideDatagrams(State state, Pump pump) {
    this.state = state;
    this.pump = pump;
  }

  /** Lends a program's datagram to the driver, whose answer is the program's; 0 or an error. */
  int send(Turn turn, Waiter w, Socket s, Address to) {
    if (w.gathered != 0) {
      return -Errno.EMSGSIZE;
    }
    Address own = Address.orAny(s.local, s.domain);
    Message m =
        OutsideProtocol.Call.SEND.encode(
            turn.scratch(),
            s.handle,
            own.port(),
            to.equals(s.remote) ? 1 : 0,
            to.high(),
            to.low(),
            to.port());
    long call =
        turn.callLending(turn.role(Role.NET_DRIVER), m, w.request, w.offset, w.wanted, 0, 0);
    if (call < 0) {
      return -Errno.ENETUNREACH;
    }
    state.outside.datagrams.put(s.handle, 0);
    state.calls.add(call, Outside.STEP_SENT, w.request);
    return 0;
  }

  /** Gives a datagram to its receiver; one that finds no room is lost. */
  int deliver(Turn turn, long request, long socket, int port, Address from) {
    Socket s =
        socket != 0
            ? state.socket(socket)
            : state.ports.receiver(anybody, from, Address.OWN.withPort(port));
    if (s == null || !s.isDatagram() || s.remote != null && !s.remote.equals(from)) {
      return -Errno.ECONNREFUSED;
    }
    int bytes = Math.max(0, turn.kernel().inBytes(request));
    boolean told = from.isMapped() || s.domain == Socket.INET6;
    if (!told || Sending.isOver(s, bytes)) {
      return 0;
    }
    Address to = Address.OWN.withPort(Address.orAny(s.local, s.domain).port());
    long stamp = Ancillary.stamps(s) ? turn.kernel().wallNanos() : 0;
    Segment message = new Segment(bytes, from.bytes(s.domain), new Came(to, Packet.TTL, 0, stamp));
    int taken = s.queue.add(turn.kernel(), request, 0, message);
    pump.touch(s);
    return Math.min(0, taken == -1 ? -Errno.ENOMEM : taken);
  }

  /** Tells the driver of sockets that are closed. */
  void settle(Turn turn) {
    while (!state.outside.forgotten.isEmpty()) {
      long socket = state.outside.forgotten.peekFirst();
      Message m = OutsideProtocol.Call.FORGET.encode(turn.scratch(), socket);
      long call = turn.call(turn.role(Role.NET_DRIVER), m);
      if (call > 0) {
        state.calls.add(call, Outside.STEP_TOLD);
      }
      state.outside.forgotten.removeFirst();
    }
  }
}
