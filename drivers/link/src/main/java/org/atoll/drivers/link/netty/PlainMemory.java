package org.atoll.drivers.link.netty;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import java.nio.ByteBuffer;

/**
 * Memory that lives as long as somebody knows of it, and that the host reads and writes as it is.
 * Netty's own asks at each access whether it was given back.
 */
final class PlainMemory extends UnpooledDirectByteBuf {

  /** Zeros. */
  PlainMemory(int bytes) {
    this(ByteBuffer.allocateDirect(bytes));
  }

  /** That memory. */
  PlainMemory(ByteBuffer memory) {
    super(UnpooledByteBufAllocator.DEFAULT, memory, memory.capacity());
  }

  /** Without it the host gets a buffer; to ask for the address makes objects, each time. */
  @Override
  public boolean hasMemoryAddress() {
    return false;
  }
}
