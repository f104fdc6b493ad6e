package org.atoll.drivers.net;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.hypercall.Network;
import org.atoll.libsys.LongTable;
import org.jspecify.annotations.Nullable;

/** Datagram sockets of the VOS that send to outside, under their own and their host's names. */
final class Flows {

  private final Network network;
  private final LongTable<Flow> bySocket = new LongTable<>();
  private final LongTable<Flow> byHandle = new LongTable<>();

  Flows(Network network) {
    this.network = network;
  }

  @Nullable Flow byHandle(long handle) {
    return byHandle.get(handle);
  }

  /**
   * The host's socket for one of the VOS's, made when there is none.
   *
   * @param connected whether it is for this address alone
   * @return its handle, or a negated errno
   */
  long handle(long socket, boolean connected, long[] to) {
    long[] wanted = connected ? to : new long[Network.ADDRESS_WORDS];
    Flow known = bySocket.get(socket);
    if (known != null && known.goesTo(wanted)) {
      return known.handle();
    }
    forget(socket);
    long handle = network.datagrams(wanted);
    if (handle >= 0) {
      enter(new Flow(socket, handle, wanted[0], wanted[1], wanted[2]));
    }
    return handle;
  }

  private void enter(Flow flow) {
    bySocket.put(flow.socket(), flow);
    byHandle.put(flow.handle(), flow);
  }

  /** A socket of the VOS is closed, or goes elsewhere. */
  void forget(long socket) {
    Flow known = bySocket.remove(socket);
    if (known != null) {
      byHandle.remove(known.handle());
      network.close(known.handle(), Network.AFTER_ALL);
    }
  }

  /** All are closed. */
  void clear() {
    while (bySocket.size() > 0) {
      forget(bySocket.key(bySocket.first()));
    }
  }

  void save(StateWriter out) {
    out.writeInt(bySocket.size());
    for (int at = bySocket.first(); at >= 0; at = bySocket.next(at)) {
      bySocket.value(at).save(out);
    }
  }

  void load(StateReader in) {
    for (int left = in.readCount(40); left > 0; left--) {
      enter(Flow.load(in));
    }
  }
}
