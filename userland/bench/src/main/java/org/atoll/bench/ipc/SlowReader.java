package org.atoll.bench.ipc;

import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.bench.StrictTask;

/** Takes messages as {@link NullServer} does, but works for a while on each. */
final class SlowReader extends StrictTask {

  private static final long NANOS = 50_000;

  private final NullServer reader = new NullServer();

  @Override
  public void message(Turn turn, Message m) {
    long end = System.nanoTime() + NANOS;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    reader.message(turn, m);
  }
}
