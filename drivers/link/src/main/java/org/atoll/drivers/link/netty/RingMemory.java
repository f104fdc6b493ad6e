package org.atoll.drivers.link.netty;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a session's frames as Netty sees it: it is written from there, and nothing is
 * copied or allocated where the host takes what is written at once.
 */
final class RingMemory {

  private @Nullable ByteBuf buffer;

  /** The same memory, for what goes around its end and is sent in two pieces. */
  private @Nullable ByteBuf second;

  /** Makes memory for the session; what was made before is given back when Netty lets go. */
  ByteBuffer allocate(int bytes) {
    ByteBuffer memory = ByteBuffer.allocateDirect(bytes);
    buffer = new PlainMemory(memory);
    second = new PlainMemory(memory);
    return memory;
  }

  /** Shows a part of it, to be sent; as one of two objects, unless Netty holds both still. */
  ByteBuf show(int at, int bytes) {
    ByteBuf memory = buffer;
    ByteBuf other = second;
    if (memory == null || other == null) {
      throw new IllegalStateException("the memory was given back");
    }
    ByteBuf free = memory.refCnt() == 1 ? memory : other.refCnt() == 1 ? other : null;
    if (free == null) {
      return memory.retainedDuplicate().setIndex(at, at + bytes);
    }
    return free.setIndex(at, at + bytes).retain();
  }

  /** Nothing of it is used any more; what Netty holds lives on until it lets go. */
  void release() {
    buffer = null;
    second = null;
  }
}
