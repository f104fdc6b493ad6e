package org.atoll.bench.ipc;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Message;
import org.atoll.abi.Program;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.bench.StrictTask;
import org.jspecify.annotations.Nullable;

/**
 * Does an operation again and again, and checks each answer. It may be a process as well, one that
 * has no guest code.
 */
final class Caller extends StrictTask implements Program {

  private static final byte[] NOTHING = {};

  private final Operation operation;
  private final Watch watch;
  private final byte[] data = new byte[1];

  /** Of each operation that may be under way, the number that it sends, and calls unanswered. */
  private final long[] numbers;

  private final int[] unanswered;

  Caller(Operation operation, Watch watch) {
    this.operation = operation;
    this.watch = watch;
    numbers = new long[operation.window()];
    unanswered = new int[operation.window()];
  }

  @Override
  public void notified(Turn turn, int source) {
    if (source == Endpoint.HOST) {
      for (int slot = 0; slot < numbers.length; slot++) {
        begin(turn, slot);
      }
    } else {
      over(turn, 0);
    }
  }

  @Override
  public void answered(Turn turn, long call, Message m) {
    int slot = (int) (m.w2 >>> Integer.SIZE);
    check(turn, m, slot);
    if (--unanswered[slot] == 0) {
      numbers[slot] = m.w1;
      over(turn, slot);
    }
  }

  private void over(Turn turn, int slot) {
    watch.over();
    begin(turn, slot);
  }

  private void begin(Turn turn, int slot) {
    if (!watch.begin()) {
      return;
    }
    int server = turn.role(Role.VFS);
    if (operation.kind() == Operation.Kind.NOTIFY) {
      must(turn.notify(server));
      return;
    }
    unanswered[slot] = operation.calls();
    for (int piece = 0; piece < operation.calls(); piece++) {
      must(call(turn, server, slot, piece));
    }
  }

  private static void must(long result) {
    if (result < 0) {
      throw new IllegalStateException("cannot send: errno " + -result);
    }
  }

  private long call(Turn turn, int server, int slot, int piece) {
    Message m = turn.scratch();
    long which = (long) slot << Integer.SIZE | piece;
    m.set(NullServer.CALL, numbers[slot] + piece, which, 0, 0, 0, 0, 0);
    return operation.bytes() == 0
        ? turn.call(server, m)
        : turn.callWithBytes(server, m, NOTHING, 0, operation.bytesOf(piece));
  }

  private void check(Turn turn, Message m, int slot) {
    int piece = (int) m.w2;
    int bytes = operation.bytes() == 0 ? 0 : operation.bytesOf(piece);
    long number = numbers[slot] + piece;
    boolean right = m.w0 == bytes && m.w1 == NullServer.next(number);
    if (bytes > 0) {
      right &= turn.answerBytes(bytes - 1, data, 0, 1) == 1 && data[0] == (byte) ~number;
    }
    if (bytes > 1) {
      right &= turn.answerBytes(0, data, 0, 1) == 1 && data[0] == (byte) number;
    }
    if (!right) {
      throw new IllegalStateException("answered " + m.w0 + ", " + m.w1);
    }
  }

  @Override
  public void trap(Turn turn, int trap) {
    throw new IllegalStateException("a trap without guest code");
  }

  @Override
  public boolean runnable() {
    return false;
  }

  @Override
  public @Nullable Program fork(int hart) {
    return null;
  }
}
