package org.atoll.kernel;

import java.util.Arrays;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Message;
import org.jspecify.annotations.Nullable;

/**
 * Letters and notifications that a task with a stack has not asked for yet, in the order of their
 * arrival. Their slots are used again. Owner: as {@link Stackful}. Hot side.
 */
final class Asides {

  /** No letter: neither a request nor the 0 of a message. */
  static final long NONE = -1;

  /** Free slots that are kept, so that a flood does not cost its memory for ever. */
  private static final int SPARE_MAX = 64;

  /** One of them. */
  private static final class Slot {
    private final Message message = new Message();
    private long request;
  }

  /** The first {@link #count} are in use, those behind them free or null. */
  private @Nullable Slot[] slots = new @Nullable Slot[4];

  private int count;

  /** Puts a letter behind the others. */
  void add(long request, Message m) {
    if (count == slots.length) {
      slots = Arrays.copyOf(slots, 2 * count);
    }
    Slot slot = slots[count];
    if (slot == null) {
      slot = new Slot();
      slots[count] = slot;
    }
    slot.request = request;
    slot.message.copyFrom(m);
    count++;
  }

  /** Takes the oldest of a source, or of any, into a message: its request, 0, or NONE. */
  long take(int from, Message to) {
    for (int i = 0; i < count; i++) {
      Slot slot = slots[i];
      if (slot != null && (from == Endpoint.ANY || slot.message.source == from)) {
        to.copyFrom(slot.message);
        remove(i, slot);
        return slot.request;
      }
    }
    return NONE;
  }

  private void remove(int index, Slot slot) {
    count--;
    System.arraycopy(slots, index + 1, slots, index, count - index);
    slots[count] = slot;
    if (count + SPARE_MAX < slots.length) {
      slots[count + SPARE_MAX] = null;
    }
  }
}
