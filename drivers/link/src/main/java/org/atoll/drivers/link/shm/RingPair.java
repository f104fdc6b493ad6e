package org.atoll.drivers.link.shm;

import java.nio.ByteBuffer;

/**
 * What one of two nodes has of the memory between them: the ring that it writes and the one that it
 * reads.
 */
public final class RingPair {

  /** Bytes of the memory, which begins with zeros. */
  public static final int BYTES = 2 * RingLayout.RING_BYTES;

  /** Bytes that a ring holds. */
  public static final int CAPACITY = RingLayout.CAPACITY;

  private final RingWriter writer;
  private final RingReader reader;

  private RingPair(ByteBuffer memory, int written, int read) {
    writer = new RingWriter(memory, written);
    reader = new RingReader(memory, read);
  }

  /** What the node has that made the memory. */
  public static RingPair ofMaker(ByteBuffer memory) {
    return new RingPair(memory, 0, RingLayout.RING_BYTES);
  }

  /** What the node has that the memory was given to. */
  public static RingPair ofOther(ByteBuffer memory) {
    return new RingPair(memory, RingLayout.RING_BYTES, 0);
  }

  /** Writes to the other node. */
  public RingWriter writer() {
    return writer;
  }

  /** Reads what the other node writes. */
  public RingReader reader() {
    return reader;
  }
}
