package org.atoll.kernel;

import java.util.Arrays;
import org.atoll.abi.StateWriter;

/**
 * What a task keeps for the time after a failure: as its last turn left it that did not throw.
 *
 * <p>Two arrays take turns, so that keeping allocates only where a state grows. Owner: the holder
 * of the task's run token.
 */
final class Kept {

  private byte[] state = new byte[0];
  private int stateBytes;
  private byte[] next = new byte[0];

  /** Bytes that the turn under way wants kept, or -1. */
  private int nextBytes = -1;

  /** The turn under way wants this kept. */
  void stage(StateWriter written) {
    nextBytes = written.size();
    if (next.length < nextBytes) {
      next = new byte[Math.max(nextBytes, 2 * next.length)];
    }
    written.copyTo(next, nextBytes);
  }

  /** The turn ended. */
  void commit() {
    if (nextBytes >= 0) {
      byte[] before = state;
      state = next;
      stateBytes = nextBytes;
      next = before;
      nextBytes = -1;
    }
  }

  /** The turn threw. */
  void abandon() {
    nextBytes = -1;
  }

  /** A copy of what is kept; empty when nothing is. */
  byte[] state() {
    return Arrays.copyOf(state, stateBytes);
  }
}
