package org.atoll.kernel;

import org.atoll.abi.Handler;
import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.hypercall.memory.Frames;

/** A task that no CPU runs: what the stress tests do to it is all that happens to it. */
final class Stressed implements Handler {

  /** Memory that nobody touches. */
  static final Frames FRAMES = new Frames(0, 1);

  private static final Stressed HANDLER = new Stressed();
  private static final int MAILBOX_SLOTS = 4;

  private Stressed() {}

  static Task task() {
    return new Task(
        1,
        "stressed",
        Privileges.SERVER,
        HANDLER,
        null,
        FRAMES,
        new Staging(),
        MAILBOX_SLOTS,
        Standing.ofServer(1));
  }

  @Override
  public void request(Turn turn, long request, Message m) {}

  @Override
  public void message(Turn turn, Message m) {}

  @Override
  public void notified(Turn turn, int source) {}

  @Override
  public void answered(Turn turn, long call, Message m) {}

  @Override
  public void alarm(Turn turn, long tag) {}

  @Override
  public void cancelled(Turn turn, long request) {}

  @Override
  public void save(StateWriter out) {}

  @Override
  public void load(StateReader in) {}

  @Override
  public void restore(StateReader in) {}
}
