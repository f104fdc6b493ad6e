package org.atoll.servers.vfs;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Errno;
import org.atoll.abi.Handler;
import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.ConsoleProtocol;

/** The console driver, with a test in the place of the host. Its state is the test's to keep. */
final class TestConsole implements Handler {

  /** What the host has. */
  static final class Host {
    int kind = 1;
    byte[] input = new byte[0];
    boolean inputEnded;
    final List<ByteArrayOutputStream> outputs =
        List.of(
            new ByteArrayOutputStream(), new ByteArrayOutputStream(), new ByteArrayOutputStream());
    final List<long[]> readers = new ArrayList<>();
    final List<Long> watchers = new ArrayList<>();
  }

  private final Host host;

  TestConsole(Host host) {
    this.host = host;
  }

  /** Input arrives; {@code turn} is of any call that the test makes to wake the driver. */
  private void feed(Turn turn) {
    while (!host.readers.isEmpty() && hasInput()) {
      long[] reader = host.readers.removeFirst();
      take(turn, reader[0], (int) reader[1]);
    }
    while (!host.watchers.isEmpty() && hasInput()) {
      turn.reply(host.watchers.removeFirst(), 1);
    }
  }

  private boolean hasInput() {
    return host.input.length > 0 || host.inputEnded;
  }

  private void take(Turn turn, long request, int bytes) {
    int n = Math.min(bytes, host.input.length);
    turn.kernel().copyOut(request, 0, host.input, 0, n);
    host.input = java.util.Arrays.copyOfRange(host.input, n, host.input.length);
    turn.reply(request, n);
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    if (m.type == ConsoleProtocol.Call.READ.number()) {
      host.readers.add(new long[] {request, m.w1});
      feed(turn);
    } else if (m.type == ConsoleProtocol.Call.WRITE.number()) {
      byte[] bytes = new byte[(int) m.w1];
      turn.kernel().copyIn(request, 0, bytes, 0, bytes.length);
      host.outputs.get((int) m.w0).writeBytes(bytes);
      turn.reply(request, bytes.length);
    } else if (m.type == ConsoleProtocol.Call.WATCH.number()) {
      if ((m.w1 & 4) != 0) {
        turn.reply(request, 4);
      } else {
        host.watchers.add(request);
        feed(turn);
      }
    } else {
      turn.reply(request, host.kind, 24, 80);
    }
  }

  @Override
  public void message(Turn turn, Message m) {
    feed(turn);
  }

  @Override
  public void notified(Turn turn, int source) {}

  @Override
  public void answered(Turn turn, long call, Message m) {}

  @Override
  public void alarm(Turn turn, long tag) {
    feed(turn);
  }

  @Override
  public void cancelled(Turn turn, long request) {
    host.watchers.remove((Long) request);
    host.readers.removeIf(r -> r[0] == request);
    turn.reply(request, -Errno.EINTR);
  }

  @Override
  public void save(StateWriter out) {}

  @Override
  public void load(StateReader in) {}

  @Override
  public void restore(StateReader in) {}
}
