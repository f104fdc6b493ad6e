package org.atoll.servers.net;

import org.atoll.abi.Errno;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.OutsideProtocol;
import org.atoll.libsys.Row;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of connections to outside: rings are lent to the net driver, a piece at a time, by
 * grants that are taken back with its answer.
 *
 * <p>Invariant: nothing is lent but what fits below the buffers' sizes, so that a program that does
 * not read stops the sender outside, and one outside that does not read stops the program.
 */
final class Relaying {

  /** What ends a connection; its program learns the errno. */
  interface Loss {

    void lose(Turn turn, FarEnd end, int error);
  }

  private static final int SENDING_SHUT = 1;

  private final State state;
  private final Pump pump;
  private final Closing closing;
  private final Loss loss;

  Relaying(State state, Pump pump, Closing closing, Loss loss) {
    this.state = state;
    this.pump = pump;
    this.closing = closing;
    this.loss = loss;
  }

  /** Does what is to be done for a connection now. */
  void move(Turn turn, FarEnd end, Socket far) {
    if (far.error != 0) {
      leave(turn, end, far, true);
      return;
    }
    if (end.transmitting == 0) {
      if (far.queue.bytes() > 0) {
        if (!transmit(turn, end, far)) {
          return;
        }
      } else if (far.peer == 0) {
        leave(turn, end, far, false);
        return;
      } else if (far.readOff && !end.ended) {
        end.ended = true;
        tell(state, turn, OutsideProtocol.Call.END, end.handle, 0);
      }
    }
    Socket near = state.peerOf(far);
    if (near != null && end.filling == 0 && !far.writeOff) {
      fill(turn, end, far, near);
    }
  }

  private void leave(Turn turn, FarEnd end, Socket far, boolean reset) {
    state.outside.farEnds.remove(end.socket);
    release(state, turn, end.handle, reset);
    closing.close(turn, far);
  }

  /** Tells the driver that a connection is over. */
  static void release(State state, Turn turn, long handle, boolean reset) {
    tell(state, turn, OutsideProtocol.Call.RELEASE, handle, reset ? 1 : 0);
  }

  private static void tell(
      State state, Turn turn, OutsideProtocol.Call call, long handle, long word) {
    long made = turn.call(turn.role(Role.NET_DRIVER), call.encode(turn.scratch(), handle, word));
    if (made > 0) {
      state.calls.add(made, Outside.STEP_TOLD);
    }
  }

  // ---- out

  /** Whether the connection goes on. */
  private boolean transmit(Turn turn, FarEnd end, Socket far) {
    long[] spans = new long[OutsideProtocol.SPANS];
    int error =
        far.queue.lendFilled(turn.kernel(), turn.role(Role.NET_DRIVER), spans, spans.length);
    end.transmitting =
        lend(turn, OutsideProtocol.Call.TRANSMIT, Outside.STEP_TRANSMITTED, end, spans, error);
    return end.transmitting != 0;
  }

  void transmitted(Turn turn, Row row, @Nullable FarEnd end, long bytes) {
    takeBack(turn, row);
    Socket far = end == null ? null : state.socket(end.socket);
    if (end == null || far == null) {
      return;
    }
    end.transmitting = 0;
    if (bytes < 0) {
      lose(turn, end, bytes);
      return;
    }
    far.queue.readOver(turn.kernel(), (int) bytes);
    pump.touch(far);
    pump.touch(state.peerOf(far));
  }

  // ---- in

  private void fill(Turn turn, FarEnd end, Socket far, Socket near) {
    int room = far.sendLimit() - near.queue.bytes();
    if (room <= 0) {
      return;
    }
    long[] spans = new long[OutsideProtocol.SPANS];
    int most = end.busy ? spans.length : 1;
    int error = near.queue.lendRoom(turn.kernel(), turn.role(Role.NET_DRIVER), spans, most, room);
    end.filling = lend(turn, OutsideProtocol.Call.FILL, Outside.STEP_FILLED, end, spans, error);
    near.queue.lent(end.filling != 0);
  }

  void filled(Turn turn, Row row, @Nullable FarEnd end, long bytes) {
    boolean brimful = takeBack(turn, row) == bytes;
    Socket far = end == null ? null : state.socket(end.socket);
    Socket near = far == null ? null : state.peerOf(far);
    if (end == null || far == null) {
      return;
    }
    end.filling = 0;
    end.busy = brimful;
    if (near != null) {
      near.queue.lent(false);
      near.queue.appended(turn.kernel(), (int) Math.max(0, bytes));
    }
    if (bytes < 0) {
      lose(turn, end, bytes);
    } else if (bytes == 0) {
      closing.shutdown(far, SENDING_SHUT);
    }
    pump.touch(near);
    pump.touch(far);
  }

  private void lose(Turn turn, FarEnd end, long error) {
    boolean driverEnded = error == -Errno.EDEADSRCDST || error == -Errno.EBADF;
    if (!driverEnded) {
      release(state, turn, end.handle, true);
    }
    loss.lose(turn, end, driverEnded ? Errno.ECONNRESET : (int) -error);
  }

  // ---- grants

  /** Makes the call with the spans; its id, or 0 when nothing could be lent: then all is lost. */
  private long lend(
      Turn turn, OutsideProtocol.Call call, int step, FarEnd end, long[] spans, int error) {
    long made = error;
    if (error == 0) {
      made =
          turn.call(
              turn.role(Role.NET_DRIVER),
              call.encode(
                  turn.scratch(),
                  end.handle,
                  spans[0],
                  spans[1],
                  spans[2],
                  spans[3],
                  spans[4],
                  spans[5]));
    }
    if (made <= 0) {
      revoke(turn, spans);
      lose(turn, end, made);
      return 0;
    }
    state.calls.add(
        made, step, end.socket, spans[0], spans[1], spans[2], spans[3], spans[4], spans[5]);
    return made;
  }

  /** Revokes what a call was lent; how many bytes that was. */
  private static int takeBack(Turn turn, Row row) {
    long[] spans = {row.w1, row.w2, row.w3, row.w4, row.w5, row.w6};
    int bytes = 0;
    for (long span : spans) {
      bytes += OutsideProtocol.bytes(span);
    }
    revoke(turn, spans);
    return bytes;
  }

  private static void revoke(Turn turn, long[] spans) {
    for (long span : spans) {
      if (span != 0) {
        turn.kernel().revoke(OutsideProtocol.grant(span));
      }
    }
  }
}
