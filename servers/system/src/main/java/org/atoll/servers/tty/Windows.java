package org.atoll.servers.tty;

import java.util.Arrays;
import org.atoll.abi.Turn;

/** The sizes of terminals' windows: who is in the foreground is told when one changes. */
final class Windows {

  static final int SIGWINCH = 28;

  private final State state;

  Windows(State state) {
    this.state = state;
  }

  void set(Turn turn, Terminal t, byte[] window) {
    if (!Arrays.equals(window, t.window)) {
      t.window = window;
      state.raise(turn, -t.foreground, SIGWINCH);
    }
  }
}
