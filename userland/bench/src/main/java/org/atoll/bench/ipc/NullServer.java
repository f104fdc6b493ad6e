package org.atoll.bench.ipc;

import java.util.Arrays;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.bench.StrictTask;

/**
 * The server that is measured: it answers 0 (or the bytes that it filled the out-buffer with, which
 * are the piece that w1 names of what it has), {@link #next} of w0, and w1. It notifies who
 * notifies it. Of messages it makes a number, too, which each 64th one's sender is told.
 */
final class NullServer extends StrictTask {

  /** The only call. */
  static final int CALL = 0x7f00;

  /** A message with a number in w0; and what is sent back: count and number. */
  static final int MESSAGE = 0x7f02;

  /** After so many messages it says so. */
  static final int ACKNOWLEDGED = 64;

  /** Pieces of the largest copy. */
  private static final int PIECES_MAX = Size.MAX / Limits.BUFFER_BYTES_MAX;

  /** As much as was asked for so far: a piece that is copied again and again stays in the cache. */
  private byte[] data = new byte[Limits.BUFFER_BYTES_MAX];

  private long messages;
  private long number;

  /** What a call makes of a number: no call can be left out, and none be answered ahead. */
  static long next(long number) {
    return number * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
  }

  /** What a message makes of the number of all before it. */
  static long next(long before, long word) {
    return next(before ^ word);
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    long result = 0;
    int bytes = turn.kernel().outBytes(request);
    if (bytes > 0) {
      int at = (int) m.w1 % PIECES_MAX * Limits.BUFFER_BYTES_MAX;
      if (data.length < at + bytes) {
        data = Arrays.copyOf(data, at + bytes);
      }
      data[at] = (byte) m.w0;
      data[at + bytes - 1] = (byte) ~m.w0;
      result = turn.kernel().copyOut(request, 0, data, at, bytes);
    }
    turn.reply(request, result, next(m.w0), m.w1);
  }

  @Override
  public void message(Turn turn, Message m) {
    number = next(number, m.w0);
    if (++messages % ACKNOWLEDGED == 0) {
      int sender = m.source;
      turn.send(sender, turn.scratch().set(MESSAGE, messages, number, 0, 0, 0, 0, 0));
    }
  }

  @Override
  public void notified(Turn turn, int source) {
    turn.notify(source);
  }
}
