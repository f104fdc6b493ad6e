package org.atoll.servers.pm;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.libsys.Row;

/** How many processes of all nodes want a processor: each kernel is asked in its turn. */
final class Load {

  private final State state;

  Load(State state) {
    this.state = state;
  }

  /** LOAD. */
  void load(Turn turn, long request) {
    goOn(turn, request, state.nodesUp, 0, 0, 0);
  }

  private void goOn(Turn turn, long request, long nodes, long one, long five, long fifteen) {
    if (nodes == 0) {
      turn.reply(request, turn.scratch().set(0, 0, one, five, fifteen, 0, 0, 0));
      return;
    }
    state.call(
        turn,
        Endpoint.kernelOf(Long.numberOfTrailingZeros(nodes)),
        KernelProtocol.Call.LOAD.encode(turn.scratch()),
        Step.LOAD_KNOWN,
        request,
        nodes & nodes - 1,
        one,
        five,
        fifteen);
  }

  /** A kernel answered; a node that has died wants no processor any more. */
  void known(Turn turn, Row row, Message m) {
    if (m.w0 == 0) {
      goOn(turn, row.w0, row.w1, row.w2 + m.w1, row.w3 + m.w2, row.w4 + m.w3);
    } else {
      goOn(turn, row.w0, row.w1, row.w2, row.w3, row.w4);
    }
  }
}
