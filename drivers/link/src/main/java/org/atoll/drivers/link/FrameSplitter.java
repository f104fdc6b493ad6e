package org.atoll.drivers.link;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.atoll.hypercall.Transport;

/**
 * Cuts a stream of bytes into frames: a 32-bit length, little-endian, and that many bytes. A frame
 * that is whole in what has arrived is shown in place; one that is not is gathered.
 */
public final class FrameSplitter {

  /** Bytes before each frame. */
  public static final int HEADER_BYTES = 4;

  /** Set in the length of a frame that is the link's own. */
  public static final int CONTROL = 1 << 31;

  /** Bytes of the largest frame of the link's own. */
  public static final int CONTROL_BYTES_MAX = 16;

  private static final int START_BYTES = 4_096;

  /** Told what was cut off; the buffers are little-endian and valid during the call only. */
  public interface Sink {

    /** A frame of the kernel's. */
    void frame(ByteBuffer frame);

    /** A frame of the link's own. */
    void control(ByteBuffer frame) throws LinkBrokenException;
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
    if (arrived.remaining() < HEADER_BYTES) {
      return false;
    }
    int start = arrived.position();
    int header = arrived.getInt(start);
    int bytes = bytesOf(header);
    if (arrived.remaining() - HEADER_BYTES < bytes) {
      return false;
    }
    int limit = arrived.limit();
    int end = start + HEADER_BYTES + bytes;
    arrived.limit(end).position(start + HEADER_BYTES);
    show(header, arrived, sink);
    arrived.limit(limit).position(end);
    return true;
  }

  private void gather(ByteBuffer arrived, Sink sink) throws LinkBrokenException {
    fill(arrived, HEADER_BYTES);
    if (partial.position() < HEADER_BYTES) {
      return;
    }
    int header = partial.getInt(0);
    int whole = HEADER_BYTES + bytesOf(header);
    fill(arrived, whole);
    if (partial.position() == whole) {
      partial.flip().position(HEADER_BYTES);
      show(header, partial, sink);
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

  private static void show(int header, ByteBuffer frame, Sink sink) throws LinkBrokenException {
    if ((header & CONTROL) != 0) {
      sink.control(frame);
    } else {
      sink.frame(frame);
    }
  }

  private static int bytesOf(int header) throws LinkBrokenException {
    int bytes = header & ~CONTROL;
    int most = (header & CONTROL) != 0 ? CONTROL_BYTES_MAX : Transport.FRAME_BYTES_MAX;
    if (bytes == 0 || bytes > most) {
      throw new LinkBrokenException("it sent a frame of " + bytes + " bytes, at most " + most);
    }
    return bytes;
  }
}
