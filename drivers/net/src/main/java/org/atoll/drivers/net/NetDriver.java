package org.atoll.drivers.net;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Handler;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.ArrivalProtocol;
import org.atoll.abi.protocol.OutsideProtocol;
import org.atoll.hypercall.Network;
import org.atoll.libsys.LongLongTable;
import org.atoll.libsys.Row;
import org.atoll.libsys.Rows;
import org.atoll.libsys.Server;
import org.atoll.libsys.ServerLoop;

/**
 * The front of the network driver: a task that answers {@link OutsideProtocol} to the network
 * server with hypercalls, and tells it of what arrives.
 *
 * <p>State: connections and datagram sockets that are open, published ports, requests that wait.
 */
public final class NetDriver implements Server, OutsideProtocol.Service {

  /** Its name among the services. */
  public static final String NAME = "net-driver";

  private static final int VERSION = 1;

  /** The network server, or this driver's place there, is no more. */
  private static final int STEP_DETACHED = 1;

  /** CONNECTION was answered; the row's word is the handle. */
  private static final int STEP_ARRIVED = 2;

  /** DATAGRAM was answered; the row's word is the handle where it came. */
  private static final int STEP_DELIVERED = 3;

  /** Arrivals that the network server has not answered; more wait with the host. */
  private static final int UNDER_WAY_MAX = 64;

  /** Servers in a row that ended without having asked for anything: then no more is awaited. */
  private static final int VAIN_MAX = 5;

  private final Network network;
  private final Rows calls = new Rows();
  private final Conversations conversations;
  private final Published published = new Published();
  private final Flows flows;
  private final byte[] buffer = new byte[Network.BYTES_MAX];

  /** Where datagrams may be that had to wait for the network server. */
  private final LongLongTable stalled = new LongLongTable();

  private boolean begun;
  private boolean outgoing;
  private int vain;

  /** A front with the network as it may use it. */
  public NetDriver(Network network) {
    this.network = network;
    this.conversations = new Conversations(network);
    this.flows = new Flows(network);
  }

  /** A task's handler around a fresh front, which begins as soon as it runs. */
  public static Handler create(Network network) {
    Handler loop = new ServerLoop(() -> new NetDriver(network));
    network.greet();
    return loop;
  }

  @Override
  public Rows calls() {
    return calls;
  }

  // ---- events of the host

  @Override
  public void notified(Turn turn, int source) {
    if (source != Endpoint.HOST) {
      return;
    }
    if (!begun) {
      begin(turn);
    }
    long[] handles = new long[UNDER_WAY_MAX];
    for (int got = network.ready(handles); got > 0; got = network.ready(handles)) {
      for (int i = 0; i < got; i++) {
        happened(turn, handles[i]);
      }
    }
  }

  private void begin(Turn turn) {
    begun = true;
    outgoing = (network.begin() & Network.OUTGOING) != 0;
    published.read(network);
    long connects = outgoing ? ArrivalProtocol.CONNECTS : 0;
    long datagrams = outgoing || published.hasDatagrams() ? ArrivalProtocol.DATAGRAMS : 0;
    Message m = ArrivalProtocol.Call.ATTACH.encode(turn.scratch(), connects | datagrams);
    long call = turn.call(turn.role(Role.NET), m);
    if (call > 0) {
      calls.add(call, STEP_DETACHED);
      published.all().forEach(port -> arrivals(turn, port));
    }
  }

  private void happened(Turn turn, long handle) {
    Published.Port port = published.find(handle);
    if (port != null) {
      arrivals(turn, port);
    } else if (!conversations.happened(turn, handle)) {
      Flow flow = flows.byHandle(handle);
      if (flow != null) {
        receive(turn, flow.handle(), flow.socket(), 0);
      }
    }
  }

  private void arrivals(Turn turn, Published.Port port) {
    if (port.kind() == Network.STREAM) {
      accept(turn, port);
    } else {
      receive(turn, port.handle(), 0, port.port());
    }
  }

  private void accept(Turn turn, Published.Port port) {
    long[] from = new long[Network.ADDRESS_WORDS];
    while (calls.size() < UNDER_WAY_MAX) {
      long handle = network.accept(port.handle(), from);
      if (handle < 0) {
        return;
      }
      conversations.add(handle);
      Message m =
          ArrivalProtocol.Call.CONNECTION.encode(
              turn.scratch(), handle, port.port(), from[0], from[1], from[2]);
      long call = turn.call(turn.role(Role.NET), m);
      if (call > 0) {
        calls.add(call, STEP_ARRIVED, handle);
      } else {
        conversations.refuse(handle);
      }
    }
  }

  private void receive(Turn turn, long handle, long socket, int port) {
    long[] from = new long[Network.ADDRESS_WORDS];
    while (calls.size() < UNDER_WAY_MAX) {
      int bytes = network.receive(handle, buffer, from);
      if (bytes == -Errno.EAGAIN) {
        return;
      }
      long call =
          bytes < 0 ? refused(turn, socket, -bytes) : deliver(turn, socket, port, from, bytes);
      if (call < 0) {
        return;
      }
      calls.add(call, STEP_DELIVERED, handle);
      Published.Port heard = published.find(handle);
      if (heard != null && bytes >= 0) {
        published.heard(heard, from);
      }
    }
    stalled.put(handle, 0);
  }

  private static long refused(Turn turn, long socket, int error) {
    Message m = ArrivalProtocol.Call.REFUSED.encode(turn.scratch(), socket, error);
    return turn.call(turn.role(Role.NET), m);
  }

  private long deliver(Turn turn, long socket, int port, long[] from, int bytes) {
    Message m =
        ArrivalProtocol.Call.DATAGRAM.encode(
            turn.scratch(), socket, port, from[0], from[1], from[2]);
    return turn.callWithBytes(turn.role(Role.NET), m, buffer, bytes, 0);
  }

  @Override
  public void resume(Turn turn, Row row, Message answer) {
    switch (row.step) {
      case STEP_DETACHED -> beginAgain(turn);
      case STEP_ARRIVED -> {
        if (answer.w0 < 0) {
          conversations.refuse(row.w0);
        }
        published.all().forEach(port -> arrivals(turn, port));
      }
      case STEP_DELIVERED -> goOn(turn);
      default -> throw new IllegalStateException("the answer to no call: " + row.step);
    }
  }

  private void goOn(Turn turn) {
    if (stalled.size() > 0) {
      long handle = stalled.key(stalled.first());
      stalled.remove(handle);
      happened(turn, handle);
    }
  }

  /** The network server has begun anew, and with it everything. */
  private void beginAgain(Turn turn) {
    conversations.clear(turn);
    flows.clear();
    vain++;
    if (vain <= VAIN_MAX) {
      begin(turn);
    } else {
      network.begin();
    }
  }

  // ---- calls of the network server

  @Override
  public void request(Turn turn, long request, Message m) {
    if (Turn.caller(request) != turn.role(Role.NET)) {
      turn.reply(request, -Errno.EPERM);
      return;
    }
    vain = 0;
    OutsideProtocol.dispatch(this, turn, request, m);
  }

  @Override
  public void connect(Turn turn, long request, long high, long low, long port) {
    if (outgoing) {
      conversations.connect(turn, request, new long[] {high, low, port});
    } else {
      turn.reply(request, -Errno.ENETUNREACH);
    }
  }

  @Override
  public void transmit(
      Turn turn,
      long request,
      long handle,
      long span0,
      long span1,
      long span2,
      long span3,
      long span4,
      long span5) {
    conversations.transmit(
        turn, request, handle, new long[] {span0, span1, span2, span3, span4, span5});
  }

  @Override
  public void fill(
      Turn turn,
      long request,
      long handle,
      long span0,
      long span1,
      long span2,
      long span3,
      long span4,
      long span5) {
    conversations.fill(
        turn, request, handle, new long[] {span0, span1, span2, span3, span4, span5});
  }

  @Override
  public void end(Turn turn, long request, long handle) {
    conversations.end(turn, request, handle);
  }

  @Override
  public void release(Turn turn, long request, long handle, long reset) {
    conversations.release(turn, request, handle, reset != 0);
  }

  @Override
  public void send(
      Turn turn,
      long request,
      long socket,
      long port,
      long connected,
      long high,
      long low,
      long to) {
    long[] address = {high, low, to};
    Published.Port answering = published.answering((int) port, address);
    long handle = -Errno.ENETUNREACH;
    if (answering != null) {
      handle = answering.handle();
    } else if (outgoing) {
      handle = flows.handle(socket, connected != 0, address);
    }
    int bytes = Math.clamp(turn.kernel().inBytes(request), 0, buffer.length);
    int copied = turn.kernel().copyIn(request, 0, buffer, 0, bytes);
    long error = handle < 0 ? handle : copied;
    if (error >= 0) {
      error = network.send(handle, address, buffer, bytes);
    }
    turn.reply(request, error < 0 ? error : bytes);
  }

  @Override
  public void forget(Turn turn, long request, long socket) {
    flows.forget(socket);
    turn.reply(request, 0);
  }

  @Override
  public void cancelled(Turn turn, long request) {
    conversations.cancelled(turn, request);
  }

  @Override
  public void save(StateWriter out) {
    out.version(VERSION).writeBoolean(begun).writeBoolean(outgoing).writeInt(vain);
    conversations.save(out);
    published.save(out);
    flows.save(out);
    stalled.save(out);
  }

  @Override
  public void load(StateReader in) {
    in.version(VERSION);
    begun = in.readBoolean();
    outgoing = in.readBoolean();
    vain = in.readInt();
    conversations.load(in);
    published.load(in);
    flows.load(in);
    stalled.load(in);
  }
}
