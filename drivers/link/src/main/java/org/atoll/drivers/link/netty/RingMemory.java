package org.atoll.drivers.link.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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

  /** Shows what is to be written; another object while Netty holds the last one. */
  private @Nullable ByteBuf view;

  /** Makes memory for the session; what it had before the last one is given back. */
  ByteBuffer allocate(int bytes) {
    giveBackSmaller();
    smaller = buffer;
    ByteBuf fresh = Unpooled.directBuffer(bytes, bytes);
    buffer = fresh;
    view = fresh.duplicate();
    return fresh.nioBuffer(0, bytes);
  }

  /** Shows a part of it, to be written and then given to {@link #written}. */
  ByteBuf show(int at, int bytes) {
    giveBackSmaller();
    ByteBuf out = view;
    if (out == null) {
      throw new IllegalStateException("the memory was given back");
    }
    return out.setIndex(at, at + bytes).retain();
  }

  /** What was shown was handed to Netty, which may hold it still. */
  void written() {
    ByteBuf memory = buffer;
    if (memory != null && memory.refCnt() > 1) {
      view = memory.duplicate();
    }
  }

  /** Nothing of it is used any more; what Netty holds lives on until it lets go. */
  void release() {
    giveBackSmaller();
    ByteBuf memory = buffer;
    if (memory != null) {
      memory.release();
    }
    buffer = null;
    view = null;
  }

  private void giveBackSmaller() {
    ByteBuf old = smaller;
    if (old != null) {
      old.release();
      smaller = null;
    }
  }
}
