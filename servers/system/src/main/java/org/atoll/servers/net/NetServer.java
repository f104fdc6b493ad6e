package org.atoll.servers.net;

import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.ArrivalProtocol;
import org.atoll.abi.protocol.DeviceProtocol;
import org.atoll.abi.protocol.NetProtocol;
import org.atoll.abi.protocol.SocketProtocol;
import org.atoll.libsys.Row;
import org.atoll.libsys.Rows;
import org.atoll.libsys.Server;
import org.jspecify.annotations.Nullable;

/** The network server: brings each call to the class of its theme. */
public final class NetServer implements Server, NetProtocol.Service {

  /** Tag of the alarm for what one turn could not send; requests, the other tags, are positive. */
  private static final long LATER = -1;

  private final State state = new State();
  private final Pump pump = new Pump(state);
  private final InetNames inet = new InetNames(state);
  private final Netlink netlink = new Netlink(state, pump);
  private final Making making = new Making(state);
  private final Receiving receiving = new Receiving(state, pump);
  private final Closing closing = new Closing(state, pump);
  private final OutsideDatagrams datagrams = new OutsideDatagrams(state, pump);
  private final Outside outside = new Outside(state, pump, inet, closing, datagrams);
  private final Sending sending = new Sending(state, pump, inet, datagrams, netlink);
  private final Connections connections = new Connections(state, pump, inet, outside, closing);
  private final Devices devices = new Devices(state, pump, closing);

  /** A server without sockets. */
  public NetServer() {
    pump.attempts(
        new Pump.Attempts(
            receiving, sending, connections::tryAccept, connections::tryConnect, outside::changed));
  }

  @Override
  public Rows calls() {
    return state.calls;
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    if (ArrivalProtocol.isCall(m.type)) {
      arrival(turn, request, m);
      endTurn(turn);
      return;
    }
    boolean forAll = m.type == NetProtocol.Call.TABLE.number();
    if (!forAll && Turn.caller(request) != turn.role(Role.VFS)) {
      turn.reply(request, -Errno.EPERM);
    } else if (DeviceProtocol.isCall(m.type)) {
      DeviceProtocol.dispatch(devices, turn, request, m);
    } else {
      NetProtocol.dispatch(this, turn, request, m);
    }
    endTurn(turn);
  }

  private void arrival(Turn turn, long request, Message m) {
    if (Turn.caller(request) == turn.role(Role.NET_DRIVER)) {
      ArrivalProtocol.dispatch(outside, turn, request, m);
    } else {
      turn.reply(request, -Errno.EPERM);
    }
  }

  @Override
  public void message(Turn turn, Message m) {
    boolean closes = m.type == DeviceProtocol.Call.CLOSE.number();
    if (closes && m.source == turn.role(Role.VFS)) {
      devices.close(turn, m.w0);
    }
    endTurn(turn);
  }

  @Override
  public void resume(Turn turn, Row row, Message answer) {
    outside.resume(turn, row, answer);
    endTurn(turn);
  }

  @Override
  public void cancelled(Turn turn, long request) {
    outside.cancelled(turn, request);
    Waiter w = state.waiters.get(request);
    if (w != null) {
      pump.cancel(turn, w);
      pump.touch(state.socket(w.at));
    }
    endTurn(turn);
  }

  @Override
  public void alarm(Turn turn, long tag) {
    Waiter w = state.waiters.get(tag);
    if (w != null) {
      w.timed = false;
      pump.timeOut(turn, w);
      pump.touch(state.socket(w.at));
    }
    endTurn(turn);
  }

  /** Lets go on what can, and tells VFS of descriptors that nobody received. */
  private void endTurn(Turn turn) {
    pump.settle(turn);
    outside.settle(turn);
    while (!state.rightsGone.isEmpty()) {
      long rights = state.rightsGone.peekFirst();
      Message m = SocketProtocol.Call.RIGHTS_GONE.encode(turn.scratch(), rights);
      if (turn.send(turn.role(Role.VFS), m) == -Errno.ENOBUFS) {
        turn.kernel().setAlarm(LATER, 0);
        return;
      }
      state.rightsGone.removeFirst();
    }
  }

  /** The socket of a handle; answers ECONNRESET when an earlier beginning of the server had it. */
  private @Nullable Socket known(Turn turn, long request, long handle) {
    Socket s = state.socket(handle);
    if (s == null) {
      turn.reply(request, State.GONE);
    }
    return s;
  }

  // ---- calls of VFS

  @Override
  public void socket(
      Turn turn, long request, long domain, long type, long protocol, long pid, long ids) {
    making.socket(turn, request, domain, type, protocol, pid, ids);
  }

  @Override
  public void pair(
      Turn turn, long request, long domain, long type, long protocol, long pid, long ids) {
    making.pair(turn, request, domain, type, protocol, pid, ids);
  }

  @Override
  public void reserve(Turn turn, long request, long handle, long on) {
    Socket s = known(turn, request, handle);
    if (s == null) {
      return;
    }
    if (on != 0 && (s.reserved || s.key != null)) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    s.reserved = on != 0;
    turn.reply(request, 0);
  }

  @Override
  public void bind(Turn turn, long request, long handle, long fs, long inode, long pid, long ids) {
    Socket s = known(turn, request, handle);
    if (s != null) {
      byte[] address = address(turn, request);
      boolean root = (int) ids == 0;
      int error =
          switch (s.domain) {
            case Socket.UNIX -> bindUnix(s, address, fs, inode);
            case Socket.NETLINK -> netlink.bind(s, address);
            default -> inet.bind(s, address, root);
          };
      turn.reply(request, error);
    }
  }

  private int bindUnix(Socket s, byte[] address, long fs, long inode) {
    int error = UnixNames.check(address);
    if (error != 0) {
      return error;
    }
    boolean anonymous = fs < 0 && UnixNames.isAnonymous(address);
    if (s.key != null || fs < 0 && s.reserved) {
      return anonymous && s.key != null ? 0 : -Errno.EINVAL;
    }
    s.reserved = false;
    return anonymous
        ? state.unixNames.bindAnywhere(s)
        : state.unixNames.bind(s, address, (int) fs, inode);
  }

  private static byte[] address(Turn turn, long request) {
    int bytes = Math.clamp(turn.kernel().inBytes(request), 0, SocketProtocol.ADDRESS_BYTES_MAX);
    byte[] address = new byte[bytes];
    turn.kernel().copyIn(request, 0, address, 0, bytes);
    return address;
  }

  @Override
  public void connect(
      Turn turn, long request, long handle, long fs, long inode, long flags, long pid, long ids) {
    Socket s = known(turn, request, handle);
    if (s == null) {
      return;
    }
    Connections.Target to = new Connections.Target((int) fs, inode, address(turn, request));
    if (s.isNetlink()) {
      turn.reply(request, netlink.connect(s, to.address()));
    } else if (s.isDatagram()) {
      turn.reply(request, connections.connectDatagram(s, to));
    } else {
      Waiter w = new Waiter(request, Waiter.Kind.CONNECT, s, 0, flags).by(pid, ids);
      connections.connect(turn, s, w, to);
    }
  }

  @Override
  public void listen(Turn turn, long request, long handle, long backlog, long pid, long ids) {
    Socket s = known(turn, request, handle);
    if (s != null) {
      turn.reply(request, connections.listen(s, backlog, pid, ids));
    }
  }

  @Override
  public void accept(Turn turn, long request, long handle, long flags) {
    Socket s = known(turn, request, handle);
    if (s != null) {
      connections.accept(turn, request, s, flags);
    }
  }

  @Override
  public void send(
      Turn turn,
      long request,
      long handle,
      long flags,
      long fs,
      long target,
      long rights,
      long pid,
      long ids) {
    Socket s = known(turn, request, handle);
    if (s != null) {
      sending.send(turn, request, s, new Sending.Sent(flags, (int) fs, target, rights, pid, ids));
    }
  }

  @Override
  public void receive(
      Turn turn, long request, long handle, long bytes, long flags, long controlRoom) {
    Socket s = known(turn, request, handle);
    if (s != null) {
      receiving.receive(turn, request, s, bytes, flags, controlRoom);
    }
  }

  @Override
  public void shutdown(Turn turn, long request, long handle, long how) {
    Socket s = known(turn, request, handle);
    if (s != null) {
      turn.reply(request, s.isNetlink() ? -Errno.EOPNOTSUPP : closing.shutdown(s, how));
    }
  }

  @Override
  public void name(Turn turn, long request, long handle, long peer) {
    Socket s = known(turn, request, handle);
    if (s == null) {
      return;
    }
    boolean nameless = s.remote != null && s.remote.port() == 0;
    if (peer != 0 && !s.isNetlink() && (!s.connected || state.isOver(s) || nameless)) {
      turn.reply(request, -Errno.ENOTCONN);
      return;
    }
    byte[] name = peer != 0 ? s.peerBytes() : s.nameBytes();
    int room = Math.clamp(turn.kernel().outBytes(request), 0, name.length);
    int copied = turn.kernel().copyOut(request, 0, name, 0, room);
    turn.reply(request, copied < 0 ? copied : name.length);
  }

  @Override
  public void getOption(Turn turn, long request, long handle, long level, long name) {
    Socket s = known(turn, request, handle);
    if (s != null) {
      turn.reply(request, OptionCalls.get(turn, request, state, s, level, name));
      pump.touch(s);
    }
  }

  @Override
  public void setOption(Turn turn, long request, long handle, long level, long name, long user) {
    Socket s = known(turn, request, handle);
    if (s != null) {
      turn.reply(request, OptionCalls.set(turn, request, s, level, name, user == 0));
      pump.touch(s);
      pump.touch(state.peerOf(s));
    }
  }

  @Override
  public void table(Turn turn, long request, long table, long first) {
    int room = Math.clamp(turn.kernel().outBytes(request), 0, Limits.BUFFER_BYTES_MAX);
    Tables.Lines lines = Tables.of(state, (int) table, first, room);
    byte[] text = lines.text();
    int copied = turn.kernel().copyOut(request, 0, text, 0, text.length);
    turn.reply(request, copied < 0 ? copied : text.length, lines.next());
  }

  @Override
  public void watchNews(Turn turn, long request, long handle, long events, long flags, long since) {
    devices.watch(turn, request, handle, events, flags, since);
  }

  @Override
  public void save(StateWriter out) {
    state.save(out);
  }

  @Override
  public void load(StateReader in) {
    state.load(in);
  }
}
