package org.atoll.bench.ipc;

import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.bench.StrictTask;

/**
 * Sends messages that nobody answers, and looks at what the server says has become of each 64. One
 * that sends a single message in a turn has itself notified for the next: it serves a role for
 * itself alone.
 */
final class Sender extends StrictTask {

  private final Watch watch;
  private final boolean many;

  /** What the server is to say of each 64 messages that are under way. */
  private final long[] expected;

  private long sent;
  private long said;
  private long number;

  /** A notification for the next message is under way. */
  private boolean pending;

  Sender(Operation operation, Watch watch) {
    this.watch = watch;
    many = operation.kind() == Operation.Kind.SEND_MANY;
    expected = new long[operation.window() / NullServer.ACKNOWLEDGED];
  }

  @Override
  public void notified(Turn turn, int source) {
    pending &= source != turn.self();
    if (!pending) {
      send(turn);
    }
  }

  @Override
  public void message(Turn turn, Message m) {
    said += NullServer.ACKNOWLEDGED;
    if (m.w0 != said || m.w1 != expected[place(said)]) {
      throw new IllegalStateException("the server has made " + m.w1 + " of " + m.w0 + " messages");
    }
    for (int i = 0; i < NullServer.ACKNOWLEDGED; i++) {
      watch.over();
    }
    if (!pending) {
      send(turn);
    }
  }

  private int place(long messages) {
    return (int) (messages / NullServer.ACKNOWLEDGED % expected.length);
  }

  private void send(Turn turn) {
    int server = turn.role(Role.VFS);
    while (sent - said < (long) expected.length * NullServer.ACKNOWLEDGED && watch.begin()) {
      send(turn, server);
      if (!many) {
        turn.notify(turn.role(Role.PM));
        pending = true;
        return;
      }
    }
  }

  private void send(Turn turn, int server) {
    Message m = turn.scratch().set(NullServer.MESSAGE, ++sent, 0, 0, 0, 0, 0, 0);
    number = NullServer.next(number, sent);
    if (sent % NullServer.ACKNOWLEDGED == 0) {
      expected[place(sent)] = number;
    }
    int result = turn.send(server, m);
    if (result < 0) {
      throw new IllegalStateException("cannot send: errno " + -result);
    }
  }
}
