package org.atoll.bench.ipc;

import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.bench.StrictTask;

/**
 * The server that is measured: it answers 0 and {@link #next} of w0, fills the out-buffer if there
 * is one, and notifies who notifies it.
 */
final class NullServer extends StrictTask {

  /** The only call. */
  static final int CALL = 0x7f00;

  private final byte[] data = new byte[Limits.BUFFER_BYTES_MAX];

  /** What a call makes of a number: no call can be left out, and none be answered ahead. */
  static long next(long number) {
    return number * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    long result = 0;
    int bytes = turn.kernel().outBytes(request);
    if (bytes > 0) {
      data[0] = (byte) m.w0;
      data[bytes - 1] = (byte) ~m.w0;
      result = turn.kernel().copyOut(request, 0, data, 0, bytes);
    }
    turn.reply(request, result, next(m.w0));
  }

  @Override
  public void notified(Turn turn, int source) {
    turn.notify(source);
  }
}
