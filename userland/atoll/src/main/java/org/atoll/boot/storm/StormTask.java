package org.atoll.boot.storm;

import org.atoll.abi.Handler;
import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;

/** A task of a storm: what it does not expect breaks the storm. */
class StormTask implements Handler {

  private static Broken unexpected(String event) {
    return new Broken("an unexpected " + event);
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    throw unexpected("request");
  }

  @Override
  public void message(Turn turn, Message m) {
    throw unexpected("message");
  }

  @Override
  public void notified(Turn turn, int source) {
    throw unexpected("notification");
  }

  @Override
  public void answered(Turn turn, long call, Message m) {
    throw unexpected("answer");
  }

  @Override
  public void alarm(Turn turn, long tag) {
    throw unexpected("alarm");
  }

  @Override
  public void cancelled(Turn turn, long request) {
    throw unexpected("cancel");
  }

  @Override
  public void save(StateWriter out) {
    throw unexpected("save");
  }

  @Override
  public void load(StateReader in) {
    throw unexpected("load");
  }

  @Override
  public void restore(StateReader in) {
    throw unexpected("restore");
  }
}
