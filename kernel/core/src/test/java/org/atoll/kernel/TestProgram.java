package org.atoll.kernel;

import org.atoll.abi.Message;
import org.atoll.abi.Program;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.jspecify.annotations.Nullable;

/** A program that runs when told by a message of type RUN, and writes down its traps. */
final class TestProgram extends TestTask implements Program {

  /** Interface of a trap's action. */
  interface OnTrap {
    void trap(Turn turn, int trap);
  }

  static final int RUN = 1;
  static final int STOP = 2;

  boolean running;
  OnTrap whenTrapped = (turn, trap) -> {};

  @Override
  public void message(Turn turn, Message m) {
    super.message(turn, m);
    if (m.type == RUN) {
      running = true;
    } else if (m.type == STOP) {
      running = false;
    }
  }

  @Override
  public void trap(Turn turn, int trap) {
    events.add("trap " + trap);
    running = false;
    whenTrapped.trap(turn, trap);
  }

  @Override
  public boolean runnable() {
    return running;
  }

  @Override
  public @Nullable Program fork(int hart) {
    if (running) {
      return null;
    }
    TestProgram child = new TestProgram();
    child.events.add("forked");
    return child;
  }

  @Override
  public void save(StateWriter out) {
    out.version(1);
    super.save(out);
  }

  @Override
  public void load(StateReader in) {
    in.version(1);
    super.load(in);
  }
}
