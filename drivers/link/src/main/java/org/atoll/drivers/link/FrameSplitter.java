package org.atoll.drivers.link;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.atoll.drivers.link.session.FrameHead;

/**
 * Cuts a stream of bytes into frames, each behind its {@link FrameHead}. A frame that is whole in
 * what has arrived is shown in place; one that is not is gathered.
 */
public final class FrameSplitter {

  private static final int START_BYTES = 4_096;

  /** Told what was cut off. */
  public interface Sink {

    /** A frame with its head; little-endian, valid during the call only. */
    void frame(ByteBuffer frame) throws LinkBrokenException;
  }

  private ByteBuffer partial = ByteBuffer.allocate(START_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  /**
   * Takes everything that has arrived.
   *
   * @throws LinkBrokenException at a length that no frame has
   */
  public void take(ByteBuffer arrived, Sink sink) throws LinkBrokenException {
    arrived.order(ByteOrder.LITTLE_ENDIAN);
    while (arrived.hasRemaining()) {
      if (partial.position() > 0 || !showWhole(arrived, sink)) {
        gather(arrived, sink);
      }
    }
  }

  /** Whether bytes of a frame that is not yet whole are held. */
  public boolean midway() {
    return partial.position() > 0;
  }

  private static boolean showWhole(ByteBuffer arrived, Sink sink) throws LinkBrokenException {
    if (arrived.remaining() < FrameHead.BYTES) {
      return false;
    }
    int start = arrived.position();
    int whole = FrameHead.BYTES + FrameHead.bytesBehind(FrameHead.length(arrived, start));
    if (arrived.remaining() < whole) {
      return false;
    }
    int limit = arrived.limit();
    int end = start + whole;
    sink.frame(arrived.limit(end));
    arrived.limit(limit).position(end);
    return true;
  }

  private void gather(ByteBuffer arrived, Sink sink) throws LinkBrokenException {
    fill(arrived, Integer.BYTES);
    if (partial.position() < Integer.BYTES) {
      return;
    }
    int whole = FrameHead.BYTES + FrameHead.bytesBehind(partial.getInt(0));
    fill(arrived, whole);
    if (partial.position() == whole) {
      sink.frame(partial.flip());
      partial.clear();
    }
  }

  private void fill(ByteBuffer arrived, int until) {
    if (partial.capacity() < until) {
      ByteBuffer larger = ByteBuffer.allocate(Math.max(until, 2 * partial.capacity()));
      partial = larger.order(ByteOrder.LITTLE_ENDIAN).put(partial.flip());
    }
    int bytes = Math.min(until - partial.position(), arrived.remaining());
    if (bytes > 0) {
      int limit = arrived.limit();
      partial.put(arrived.limit(arrived.position() + bytes));
      arrived.limit(limit);
    }
  }
}
