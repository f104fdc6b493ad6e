package org.atoll.boot.storm;

import org.atoll.abi.Message;
import org.atoll.abi.Program;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.jspecify.annotations.Nullable;

/** A process of a storm that moves from node to node, and answers at once wherever it is. */
final class StormRoamer extends StormTask implements Program {

  private final Ledger ledger;

  StormRoamer(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    ledger.serve(m.w0);
    turn.reply(request, Ledger.answer(m.w0));
  }

  @Override
  public void cancelled(Turn turn, long request) {
    // It has answered.
  }

  @Override
  public void save(StateWriter out) {
    out.version(1);
  }

  @Override
  public void load(StateReader in) {
    in.version(1);
  }

  @Override
  public void restore(StateReader in) {
    throw new Broken("a process does not begin anew");
  }

  @Override
  public void trap(Turn turn, int trap) {
    throw new Broken("a trap without guest code");
  }

  @Override
  public boolean runnable() {
    return false;
  }

  @Override
  public @Nullable Program fork(int hart) {
    return null;
  }
}
