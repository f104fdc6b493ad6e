package org.atoll.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;

/**
 * The server that benchmarks call: a null call, whose answer depends on its request, and a read,
 * which fills the out-buffer besides.
 */
final class NullServer extends StrictTask {

  /** Answers 0 and {@link #next} of w0. */
  static final int NULL = 0x7f00;

  /** Fills the out-buffer; answers its size and {@link #next} of w0. */
  static final int READ = 0x7f01;

  /** Answers the bytes that this node's CPU has allocated, and {@link #next} of w0. */
  static final int ALLOCATED = 0x7f02;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final byte[] data = new byte[Limits.PAGE_BYTES];

  /** What a call makes of a number: no call can be left out, and none be answered ahead. */
  static long next(long number) {
    return number * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    long result = 0;
    if (m.type == READ) {
      data[0] = (byte) m.w0;
      data[data.length - 1] = (byte) ~m.w0;
      result = turn.kernel().copyOut(request, 0, data, 0, turn.kernel().outBytes(request));
    } else if (m.type == ALLOCATED) {
      result = threads.getCurrentThreadAllocatedBytes();
    }
    turn.reply(request, result, next(m.w0));
  }
}
