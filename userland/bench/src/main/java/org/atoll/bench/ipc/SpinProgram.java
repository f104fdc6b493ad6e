package org.atoll.bench.ipc;

import org.atoll.abi.Message;
import org.atoll.abi.Program;
import org.atoll.abi.Turn;
import org.atoll.bench.StrictTask;
import org.jspecify.annotations.Nullable;

/** A guest program that jumps to itself for ever, from when it is told where it lies. */
final class SpinProgram extends StrictTask implements Program {

  /** The message: the address of the program. */
  static final int RUN = 0x7f03;

  /** The program: {@code j .} */
  static final byte[] CODE = {0x6f, 0, 0, 0};

  private boolean running;

  @Override
  public void message(Turn turn, Message m) {
    turn.kernel().machine().pc(m.w0);
    running = true;
  }

  @Override
  public boolean runnable() {
    return running;
  }

  @Override
  public void trap(Turn turn, int trap) {
    throw new IllegalStateException("the spinner met trap " + trap);
  }

  @Override
  public @Nullable Program fork(int hart) {
    return null;
  }
}
