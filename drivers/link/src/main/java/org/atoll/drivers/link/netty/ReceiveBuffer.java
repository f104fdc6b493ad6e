package org.atoll.drivers.link.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * The one buffer that all connections of a link receive into, again and again: what arrives is
 * handled before the next read, so a read allocates nothing.
 *
 * <p>In a turn of the loop each connection is read once. However much a node sends, the others are
 * heard, and what it had this one do goes out, after so many bytes of it.
 */
final class ReceiveBuffer extends DefaultMaxMessagesRecvByteBufAllocator {

  /** A frame with a full buffer comes by one read, and is shown where it was received. */
  static final int BYTES = 128 * 1024;

  private final ByteBuf buffer = new PlainMemory(BYTES);

  ReceiveBuffer() {
    super(1);
  }

  @Override
  public MaxMessageHandle newHandle() {
    return new Again();
  }

  /** Allocates by handing out the buffer once more. */
  private final class Again extends MaxMessageHandle {

    @Override
    public int guess() {
      return BYTES;
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
      if (buffer.refCnt() != 1) {
        throw new IllegalStateException("what was received is still held");
      }
      return buffer.clear().retain();
    }
  }
}
