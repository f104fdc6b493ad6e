package org.atoll.servers.pm;

import static org.atoll.abi.Errno.EAGAIN;
import static org.atoll.abi.Errno.EINVAL;
import static org.atoll.abi.Errno.ENXIO;
import static org.atoll.abi.Errno.ESRCH;

import java.util.Arrays;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.abi.protocol.ProcessProtocol;
import org.atoll.abi.protocol.VmProtocol;
import org.atoll.libsys.Row;

/**
 * The way of a process to another node, at its exec: PM takes its saved program in pieces, has the
 * target's kernel take them over, and then tells every kernel where the process is. Until the
 * target has taken all, a failure leaves the process where it was; from then on the process is on
 * the target, whatever happens to the node that it left.
 */
final class Move {

  /** Bytes of a saved program: arguments and environment, and some. */
  private static final int STATE_BYTES_MAX = 2 * Limits.EXEC_BYTES_MAX;

  private final State state;
  private final Signals signals;

  Move(State state, Signals signals) {
    this.state = state;
    this.signals = signals;
  }

  /** MOVE: one piece. */
  void move(Turn turn, long request, long node, long total, long offset) {
    Process p = state.caller(request);
    if (p == null) {
      turn.reply(request, -ESRCH);
      return;
    }
    long result = state.isUp(node) ? takePiece(turn, request, p, total, offset) : -ENXIO;
    if (result < 0) {
      stay(turn, request, p, result);
    } else if (p.moveBytes < total) {
      turn.reply(request, 0);
    } else if (node == p.node) {
      stay(turn, request, p, 0);
    } else {
      sendPiece(turn, request, p, (int) node, 0);
    }
  }

  private static long takePiece(Turn turn, long request, Process p, long total, long offset) {
    if (offset == 0 && total > 0 && total <= STATE_BYTES_MAX) {
      p.moving = true;
      p.movePieces = new byte[(int) total];
      p.moveBytes = 0;
    }
    int bytes = turn.kernel().inBytes(request);
    if (!p.moving
        || offset != p.moveBytes
        || total != p.movePieces.length
        || bytes == 0
        || bytes > total - offset) {
      return -EINVAL;
    }
    int copied = turn.kernel().copyIn(request, 0, p.movePieces, p.moveBytes, bytes);
    p.moveBytes += Math.max(copied, 0);
    return copied;
  }

  /** The process stays where it is. */
  private void stay(Turn turn, long request, Process p, long result) {
    p.moving = false;
    p.movePieces = new byte[0];
    p.moveBytes = 0;
    turn.reply(request, result);
    signals.sendKept(turn);
  }

  private void sendPiece(Turn turn, long request, Process p, int target, int from) {
    int bytes = Math.min(Limits.BUFFER_BYTES_MAX, p.movePieces.length - from);
    long call =
        turn.callWithBytes(
            Endpoint.kernelOf(target),
            KernelProtocol.Call.ADOPT.encode(turn.scratch(), p.task, p.movePieces.length, from),
            Arrays.copyOfRange(p.movePieces, from, from + bytes),
            bytes,
            0);
    if (call < 0) {
      forgetAttempt(turn, target, p.task);
      stay(turn, request, p, -EAGAIN);
    } else {
      state.expect(call, Step.MOVE_ADOPTED, request, p.pid, target, p.task, from + bytes);
    }
  }

  /** The target took a piece, or did not. */
  void adopted(Turn turn, Row row, long result) {
    long request = row.w0;
    Process p = state.processes.get(row.w1);
    int target = (int) row.w2;
    if (p == null || !p.isAlive()) {
      forgetAttempt(turn, target, row.w3);
      return;
    }
    if (result < 0) {
      forgetAttempt(turn, target, row.w3);
      stay(turn, request, p, State.visibleErrno(result, ENXIO));
    } else if (row.w4 < p.movePieces.length) {
      sendPiece(turn, request, p, target, (int) row.w4);
    } else {
      announce(turn, p, target);
    }
  }

  /** What the target may hold of a process that does not come. */
  private void forgetAttempt(Turn turn, int target, long task) {
    state.call(
        turn,
        Endpoint.kernelOf(target),
        KernelProtocol.Call.DESTROY.encode(turn.scratch(), task),
        Step.IGNORE);
  }

  private void announce(Turn turn, Process p, int target) {
    int source = p.node;
    p.node = target;
    p.movePieces = new byte[0];
    p.moveBytes = 0;
    p.moveAnswersLeft = 2;
    state.call(
        turn,
        Endpoint.kernelOf(source),
        KernelProtocol.Call.TIMES.encode(turn.scratch(), p.task),
        Step.MOVE_USAGE,
        p.pid,
        source,
        p.task);
    state.call(
        turn,
        Endpoint.kernelOf(source),
        KernelProtocol.Call.FORGET.encode(turn.scratch(), p.task, target),
        Step.MOVE_LOCATED,
        p.pid,
        source,
        p.task);
    for (int node = 0; node < Limits.NODES_MAX; node++) {
      if (state.isUp(node) && node != source && node != target) {
        p.moveAnswersLeft++;
        state.call(
            turn,
            Endpoint.kernelOf(node),
            KernelProtocol.Call.LOCATE.encode(turn.scratch(), p.task, target),
            Step.MOVE_LOCATED,
            p.pid,
            source,
            p.task);
      }
    }
  }

  void usageKnown(Turn turn, Row row, Message times) {
    Process p = state.processes.get(row.w0);
    if (p != null && p.task == row.w2 && times.w0 >= 0) {
      p.seen.set(times);
      state.processes.departed.leaves(p, (int) row.w1);
    }
    located(turn, row);
  }

  /** One kernel less that does not know; the last one completes the move. */
  void located(Turn turn, Row row) {
    Process p = state.processes.get(row.w0);
    if (p != null && --p.moveAnswersLeft > 0) {
      return;
    }
    state.call(
        turn,
        state.vmOfNode[(int) row.w1],
        VmProtocol.Call.EXIT.encode(turn.scratch(), row.w2),
        Step.IGNORE);
    if (p != null && p.isAlive()) {
      turn.send(p.task, ProcessProtocol.Call.MOVED.encode(turn.scratch(), p.node));
      p.moving = false;
      SchedulerNews.moved(turn, p);
      signals.sendKept(turn);
    }
  }
}
