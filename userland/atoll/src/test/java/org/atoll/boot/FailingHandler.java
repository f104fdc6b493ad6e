package org.atoll.boot;

import org.atoll.abi.Handler;
import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;

/**
 * A server that is as it should be until so many events have come; then it meets the impossible.
 */
final class FailingHandler implements Handler {

  private final Handler server;
  private int left;

  FailingHandler(Handler server, int events) {
    this.server = server;
    this.left = events;
  }

  private void count() {
    if (--left == 0) {
      throw new IllegalStateException("the test says so");
    }
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    count();
    server.request(turn, request, m);
  }

  @Override
  public void message(Turn turn, Message m) {
    count();
    server.message(turn, m);
  }

  @Override
  public void notified(Turn turn, int source) {
    count();
    server.notified(turn, source);
  }

  @Override
  public void answered(Turn turn, long call, Message m) {
    count();
    server.answered(turn, call, m);
  }

  @Override
  public void alarm(Turn turn, long tag) {
    count();
    server.alarm(turn, tag);
  }

  @Override
  public void cancelled(Turn turn, long request) {
    count();
    server.cancelled(turn, request);
  }

  @Override
  public void save(StateWriter out) {
    server.save(out);
  }

  @Override
  public void load(StateReader in) {
    server.load(in);
  }

  @Override
  public void restore(StateReader in) {
    server.restore(in);
  }
}
