package org.atoll.servers.net;

import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.SocketProtocol;

/**
 * Received messages that are longer than one buffer: their rest is fetched by who has the first.
 */
final class Fetching {

  private final State state;

  Fetching(State state) {
    this.state = state;
  }

  /** Keeps the rest of the oldest message, from a byte on; false when there is no memory. */
  boolean begin(KernelCalls kernel, Waiter w, Socket s, int from) {
    long key = Pieces.key(s, w.thread);
    Ring ring = state.fetched.begin(kernel, key);
    int error = s.queue.copyRest(kernel, ring, from);
    int wanted = (int) Math.min(w.wantedAll - from, ring.count());
    ring.takeBack(ring.count() - wanted);
    if (error != 0) {
      state.fetched.drop(kernel, key);
    }
    return error == 0;
  }

  /** RECEIVE of the next piece. */
  void next(Turn turn, long request, Socket s, long flags) {
    long key = Pieces.key(s, flags >>> SocketProtocol.MESSAGE_SHIFT);
    Ring ring = state.fetched.get(key);
    if (ring == null) {
      turn.reply(request, -Errno.ENOBUFS);
      return;
    }
    int room = Math.max(0, turn.kernel().outBytes(request));
    int copied = ring.look(turn.kernel(), request, 0, 0, Math.min(room, ring.count()));
    if (copied > 0) {
      ring.drop(turn.kernel(), copied);
    }
    boolean more = copied > 0 && ring.count() > 0;
    if (!more) {
      state.fetched.drop(turn.kernel(), key);
    }
    Message m = turn.scratch();
    turn.reply(request, m.set(0, copied, more ? SocketProtocol.MORE : 0, 0, 0, 0, 0, 0));
  }
}
