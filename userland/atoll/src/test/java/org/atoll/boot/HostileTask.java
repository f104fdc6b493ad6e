package org.atoll.boot;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.atoll.abi.Errno;
import org.atoll.abi.Handler;
import org.atoll.abi.Message;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;

/**
 * A task that makes calls of all protocols with words and buffers that mean nothing, a few at a
 * time, and takes back those that wait.
 */
final class HostileTask implements Handler {

  private static final int WAITING_MAX = 24;
  private static final long ALARM_NANOS = 200_000;
  private static final long[] WORDS = {
    0,
    1,
    2,
    3,
    7,
    -1,
    -100,
    4_096,
    65_535,
    65_536,
    65_537,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    1L << 32,
    1L << 40
  };
  private static final byte[] PATH =
      "/usr/bin/../bin/vps".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private final Random random;
  private final List<Map.Entry<ProtocolCall, Integer>> calls;
  private final int endpoints;
  private final Deque<Long> waiting = new ArrayDeque<>();
  private int left;
  private ProtocolCall last;

  /**
   * A task that makes so many calls.
   *
   * @param calls each with the endpoint that answers it
   * @param endpoints words below this one are often given: they may be endpoints
   */
  HostileTask(
      Random random, List<Map.Entry<ProtocolCall, Integer>> calls, int endpoints, int count) {
    this.random = random;
    this.calls = new ArrayList<>(calls);
    this.endpoints = endpoints;
    this.left = count;
  }

  boolean done() {
    return left == 0;
  }

  /** The call that was made last, for the message of a test that fails. */
  String last() {
    return last == null ? "none" : last.name() + " with " + left + " calls left";
  }

  @Override
  public void notified(Turn turn, int source) {
    next(turn);
  }

  @Override
  public void answered(Turn turn, long call, Message m) {
    waiting.remove(call);
    next(turn);
  }

  @Override
  public void alarm(Turn turn, long tag) {
    if (waiting.size() >= WAITING_MAX) {
      turn.cancel(waiting.removeFirst());
    }
    next(turn);
  }

  private void next(Turn turn) {
    turn.kernel().setAlarm(1, ALARM_NANOS);
    while (left > 0 && waiting.size() < WAITING_MAX) {
      left--;
      waiting.addLast(call(turn));
    }
  }

  private long call(Turn turn) {
    Map.Entry<ProtocolCall, Integer> entry = calls.get(random.nextInt(calls.size()));
    last = entry.getKey();
    Message m = turn.scratch();
    m.set(last.number(), word(), word(), word(), word(), word(), word(), word());
    byte[] in = in();
    int room = random.nextInt(4) == 0 ? random.nextInt(65_537) : random.nextInt(512);
    return turn.callWithBytes(entry.getValue(), m, in, in.length, room);
  }

  private long word() {
    return switch (random.nextInt(4)) {
      case 0 -> WORDS[random.nextInt(WORDS.length)];
      case 1 -> random.nextInt(endpoints);
      case 2 -> random.nextLong();
      default -> random.nextInt(64);
    };
  }

  private byte[] in() {
    if (random.nextInt(3) == 0) {
      return PATH;
    }
    byte[] bytes = new byte[random.nextInt(8) == 0 ? random.nextInt(65_537) : random.nextInt(64)];
    random.nextBytes(bytes);
    return bytes;
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    turn.reply(request, -Errno.ENOSYS);
  }

  @Override
  public void message(Turn turn, Message m) {}

  @Override
  public void cancelled(Turn turn, long request) {}

  @Override
  public void save(StateWriter out) {}

  @Override
  public void load(StateReader in) {}

  @Override
  public void restore(StateReader in) {}
}
