package org.atoll.drivers.link.netty;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Memory that lives as long as somebody knows of it, and that the host reads and writes as it is.
 * Netty's own asks at each access whether it was given back.
 */
final class PlainMemory extends UnpooledDirectByteBuf {

  private final long address;

  /** Zeros. */
  PlainMemory(int bytes) {
    this(ByteBuffer.allocateDirect(bytes));
  }

  /** That memory. */
  PlainMemory(ByteBuffer memory) {
    super(UnpooledByteBufAllocator.DEFAULT, memory, memory.capacity());
    address = MemorySegment.ofBuffer(memory.duplicate().clear()).address();
  }

  /** The host gets an address; it would have to ask for that of a buffer, each time. */
  @Override
  public boolean hasMemoryAddress() {
    return true;
  }

  @Override
  public long memoryAddress() {
    return address;
  }
}
