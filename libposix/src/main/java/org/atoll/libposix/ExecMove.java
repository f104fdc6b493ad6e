package org.atoll.libposix;

import java.util.Arrays;
import org.atoll.abi.Limits;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.protocol.PmProtocol;

/**
 * The way of a program to another node: its saved state, sent to PM in pieces, two at least.
 *
 * <p>PM keeps signals for later once it has taken the first piece; one that came before that is not
 * in what was saved, and all begins again. The last piece is answered only on failure.
 */
final class ExecMove {

  private byte[] state = new byte[0];
  private int sent;

  /** How many signals had come when the state was saved. */
  private long signalsSeen;

  void clear() {
    state = new byte[0];
    sent = 0;
  }

  /** Whether the last piece is on its way. */
  boolean allSent() {
    return state.length == 0;
  }

  /** Sends the next piece. */
  long send(Call call) {
    if (sent > 0 && signalsSeen == call.process().signals.arrivals) {
      return sendPiece(call, Math.min(Limits.BUFFER_BYTES_MAX, state.length - sent));
    }
    clear();
    call.process().timers.leave(call.kernel().nowNanos());
    call.process().cpu.leave(call.turn());
    state = call.snapshotAt(Wait.MOVED);
    signalsSeen = call.process().signals.arrivals;
    return sendPiece(call, Math.min(Limits.BUFFER_BYTES_MAX, state.length / 2));
  }

  private long sendPiece(Call call, int bytes) {
    byte[] piece = Arrays.copyOfRange(state, sent, sent + bytes);
    int node = call.process().nextNode;
    PmProtocol.Call.MOVE.encode(call.message(), node, state.length, sent);
    long later = call.attempt(Role.PM, call.message(), piece, 0);
    sent += bytes;
    if (sent == state.length) {
      clear();
      call.await(Wait.MOVED, call.waitingFor());
    }
    return later;
  }

  void save(StateWriter out) {
    out.writeBytes(state).writeInt(sent).writeLong(signalsSeen);
  }

  void load(StateReader in) {
    state = in.readBytes();
    sent = in.readInt();
    signalsSeen = in.readLong();
  }
}
