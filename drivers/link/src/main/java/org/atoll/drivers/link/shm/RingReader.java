package org.atoll.drivers.link.shm;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.atoll.drivers.link.LinkBrokenException;

/**
 * The end of a ring that bytes are taken from. Owner: one thread of the reading process.
 *
 * <p>The writer may lie, and may write while it is read: its position is checked, and the bytes are
 * copied before anybody looks at them.
 */
public final class RingReader {

  private final ByteBuffer memory;
  private final int at;
  private long head;

  /**
   * The reading end of a ring that nothing was read from.
   *
   * @param at where in the memory the ring begins
   */
  RingReader(ByteBuffer memory, int at) {
    this.memory = memory;
    this.at = at;
  }

  /**
   * Takes what is there, as much as fits.
   *
   * @return bytes taken
   * @throws LinkBrokenException when the writer lies about how much there is
   */
  public int take(ByteBuffer to) throws LinkBrokenException {
    long held = tail() - head;
    if (held < 0 || held > RingLayout.CAPACITY) {
      throw new LinkBrokenException("its ring holds " + held + " bytes");
    }
    int count = (int) Math.min(held, to.remaining());
    if (count > 0) {
      copy(to, count);
      head += count;
      RingLayout.LONG.setRelease(memory, at + RingLayout.HEAD, head);
    }
    return count;
  }

  private void copy(ByteBuffer to, int count) {
    int place = RingLayout.placeOf(head);
    int first = Math.min(count, RingLayout.CAPACITY - place);
    int into = to.position();
    to.put(into, memory, at + RingLayout.BYTES_AT + place, first);
    if (first < count) {
      to.put(into + first, memory, at + RingLayout.BYTES_AT, count - first);
    }
    to.position(into + count);
  }

  /** Whether there is nothing to take. */
  public boolean isEmpty() {
    return tail() == head;
  }

  /**
   * Says that this end is about to sleep, and has to be woken from now on; see {@link
   * RingWriter#readerSleeps}.
   *
   * @return whether it may sleep, because there is nothing to take
   */
  public boolean maySleep() {
    RingLayout.INT.setOpaque(memory, at + RingLayout.ASLEEP, 1);
    VarHandle.fullFence();
    return isEmpty();
  }

  /** Says that this end looks by itself. */
  public void wakes() {
    RingLayout.INT.setOpaque(memory, at + RingLayout.ASLEEP, 0);
  }

  private long tail() {
    return (long) RingLayout.LONG.getAcquire(memory, at + RingLayout.TAIL);
  }
}
