package org.atoll.drivers.link.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * The one buffer that a connection receives into, again and again: what arrives is handled before
 * the next read, so a read allocates nothing.
 */
final class ReceiveBuffer extends DefaultMaxMessagesRecvByteBufAllocator {

  private static final int BYTES = 64 * 1024;

  private final ByteBuf buffer = Unpooled.directBuffer(BYTES, BYTES);

  @Override
  public MaxMessageHandle newHandle() {
    return new Again();
  }

  /** Gives the buffer back. */
  void release() {
    buffer.release();
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
