package org.atoll.boot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.atoll.abi.Message;
import org.atoll.kernel.FrameTracer;

/**
 * A packet of a capture: the node, and a frame as {@link FrameTracer} makes it.
 *
 * @param nanos when, by the monotonic clock of the VOS
 * @param node where
 * @param frame the frame
 * @param leftOut bytes of its payload that are not there
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Captured(long nanos, int node, byte[] frame, int leftOut) {

  /** Bytes before the frame in a packet: the node, and six that are zero. */
  static final int NODE_BYTES = 8;

  private ByteBuffer words() {
    return ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
  }

  int kind() {
    return frame[0];
  }

  int destination() {
    return words().getInt(4);
  }

  /** Caller and call: the same in a request and in its answer. */
  long request() {
    return words().getLong(8);
  }

  int source() {
    return words().getInt(16);
  }

  /** The call, also in its answer. */
  int type() {
    return words().getInt(20) & ~Message.ANSWER;
  }

  /** Word 0 to 6 of the message. */
  long word(int index) {
    return words().getLong(24 + 8 * index);
  }

  /** The payload of a frame that is on no wire. */
  String text() {
    int head = FrameTracer.HEAD_BYTES;
    return new String(frame, head, frame.length - head, StandardCharsets.UTF_8);
  }

  /** As a line from one node to another. */
  String encode() {
    return nanos + " " + node + " " + leftOut + " " + Base64.getEncoder().encodeToString(frame);
  }

  /** Reads a line. */
  static Captured decode(String line) {
    String[] f = line.split(" ");
    if (f.length != 4) {
      throw new IllegalArgumentException("expected four fields: " + line);
    }
    byte[] frame = Base64.getDecoder().decode(f[3]);
    return new Captured(
        Long.parseLong(f[0]), Integer.parseInt(f[1]), frame, Integer.parseInt(f[2]));
  }
}
