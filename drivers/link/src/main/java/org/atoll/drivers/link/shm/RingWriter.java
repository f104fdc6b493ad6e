package org.atoll.drivers.link.shm;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/**
 * The end of a ring that bytes are put into. Owner: one thread of the writing process.
 *
 * <p>The reader may lie: its position decides only whether there is room, and no place in memory.
 */
public final class RingWriter {

  private final ByteBuffer memory;
  private final int at;
  private long tail;

  /**
   * The writing end of a ring that nothing was written to.
   *
   * @param at where in the memory the ring begins
   */
  RingWriter(ByteBuffer memory, int at) {
    this.memory = memory;
    this.at = at;
  }

  /**
   * Puts bytes behind those that were put before; the reader sees all of them or none.
   *
   * @return false when they do not fit
   */
  public boolean put(ByteBuffer bytes) {
    int count = bytes.remaining();
    long held = tail - (long) RingLayout.LONG.getAcquire(memory, at + RingLayout.HEAD);
    if (held < 0 || held + count > RingLayout.CAPACITY) {
      return false;
    }
    int place = RingLayout.placeOf(tail);
    int first = Math.min(count, RingLayout.CAPACITY - place);
    int from = bytes.position();
    memory.put(at + RingLayout.BYTES_AT + place, bytes, from, first);
    if (first < count) {
      memory.put(at + RingLayout.BYTES_AT, bytes, from + first, count - first);
    }
    tail += count;
    RingLayout.LONG.setRelease(memory, at + RingLayout.TAIL, tail);
    return true;
  }

  /**
   * Whether the reader has to be woken to see what was put; asked once, and then it is woken.
   *
   * <p>Publish, fence, read the flag: on the other side it is set the flag, fence, look at the
   * ring. So at least one of both sees what the other one did.
   */
  public boolean readerSleeps() {
    VarHandle.fullFence();
    if ((int) RingLayout.INT.getOpaque(memory, at + RingLayout.ASLEEP) == 0) {
      return false;
    }
    RingLayout.INT.setOpaque(memory, at + RingLayout.ASLEEP, 0);
    return true;
  }
}
