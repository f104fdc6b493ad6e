package org.atoll.bench.ipc;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.bench.StrictTask;

/** Keeps its target busy, and itself, in one of several ways; for ever. */
final class Disturber extends StrictTask {

  private static final byte[] NOTHING = {};

  /** Messages that nobody has taken yet. */
  private static final int UNDER_WAY = 4 * Limits.MAILBOX_SLOTS;

  /** Pieces of 64 KiB that are copied at once. */
  private static final int PIECES_UNDER_WAY = 128;

  private final Disturbance how;
  private final int target;

  Disturber(Disturbance how, int target) {
    this.how = how;
    this.target = target;
  }

  @Override
  public void notified(Turn turn, int source) {
    switch (how) {
      case MAILBOX, SLOW -> send(turn, UNDER_WAY);
      case COPY -> copy(turn, PIECES_UNDER_WAY);
      case NOTIFY -> turn.notify(source == Endpoint.HOST ? target : source);
      default -> flood(turn);
    }
  }

  /** The target has taken some messages. */
  @Override
  public void message(Turn turn, Message m) {
    if (how != Disturbance.ONEWAY) {
      send(turn, NullServer.ACKNOWLEDGED);
    }
  }

  @Override
  public void answered(Turn turn, long call, Message m) {
    if (m.w0 != Limits.BUFFER_BYTES_MAX) {
      throw new IllegalStateException("answered " + m.w0);
    }
    copy(turn, 1);
  }

  private void copy(Turn turn, int pieces) {
    for (int i = 0; i < pieces; i++) {
      Message m = turn.scratch().set(NullServer.CALL, i, 0, 0, 0, 0, 0, 0);
      must(turn.callWithBytes(target, m, NOTHING, 0, Limits.BUFFER_BYTES_MAX));
    }
  }

  private void send(Turn turn, int messages) {
    for (int i = 0; i < messages; i++) {
      must(sendOne(turn));
    }
  }

  private int sendOne(Turn turn) {
    return turn.send(target, turn.scratch().set(NullServer.MESSAGE, 0, 0, 0, 0, 0, 0, 0));
  }

  /** Sends what it may, and has itself notified for more. */
  private void flood(Turn turn) {
    turn.notify(turn.self());
    long result = 0;
    while (result == 0) {
      result = sendOne(turn);
    }
    if (result != -Errno.ENOBUFS) {
      must(result);
    }
  }

  private static void must(long result) {
    if (result < 0) {
      throw new IllegalStateException("cannot send: errno " + -result);
    }
  }
}
