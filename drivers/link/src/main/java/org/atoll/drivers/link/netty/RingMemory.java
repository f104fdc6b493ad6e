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

  /** What the session copies from while it grows. */
  private @Nullable ByteBuf smaller;

  /** Makes memory for the session; what it had before the last one is given back. */
  ByteBuffer allocate(int bytes) {
    giveBackSmaller();
    smaller = buffer;
    ByteBuf fresh = new PlainMemory(bytes);
    buffer = fresh;
    return fresh.nioBuffer(0, bytes);
  }

  /** Shows a part of it, to be sent; as the same object, unless Netty holds that still. */
  ByteBuf show(int at, int bytes) {
    giveBackSmaller();
    ByteBuf memory = buffer;
    if (memory == null) {
      throw new IllegalStateException("the memory was given back");
    }
    ByteBuf out = memory.refCnt() > 1 ? memory.duplicate() : memory;
    return out.setIndex(at, at + bytes).retain();
  }

  /** Nothing of it is used any more; what Netty holds lives on until it lets go. */
  void release() {
    giveBackSmaller();
    ByteBuf memory = buffer;
    if (memory != null) {
      memory.release();
    }
    buffer = null;
  }

  private void giveBackSmaller() {
    ByteBuf old = smaller;
    if (old != null) {
      old.release();
      smaller = null;
    }
  }
}
