package org.atoll.kernel;

import org.atoll.abi.Errno;
import org.atoll.abi.Handler;
import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;

/** The handler of a task that was stopped: whoever calls is told that nobody is there. */
final class Stopped implements Handler {

  @Override
  public void request(Turn turn, long request, Message m) {
    turn.reply(request, -Errno.EDEADSRCDST);
  }

  @Override
  public void message(Turn turn, Message m) {
    // Nobody is there.
  }

  @Override
  public void notified(Turn turn, int source) {
    // Nobody is there.
  }

  @Override
  public void answered(Turn turn, long call, Message m) {
    throw new IllegalStateException("who is stopped makes no calls, yet " + call + " is answered");
  }

  @Override
  public void alarm(Turn turn, long tag) {
    throw new IllegalStateException("who is stopped sets no alarm, yet " + tag + " went off");
  }

  @Override
  public void cancelled(Turn turn, long request) {
    // Every request is answered in its own turn.
  }

  @Override
  public void save(StateWriter out) {
    // There is no state.
  }

  @Override
  public void load(StateReader in) {
    // There is no state.
  }

  @Override
  public void restore(StateReader in) {
    // It keeps nothing.
  }
}
