package org.atoll.libsys;

import java.util.Arrays;

/**
 * A hash index from long keys to small, stable slot numbers, iterated in the order of insertion.
 *
 * <p>The collections of this package keep their values in arrays beside it, at the slot numbers.
 * The order depends on nothing but the calls made, so a table that is saved and loaded in order
 * goes on exactly as the old one.
 */
final class KeyIndex {

  private static final int NONE = -1;

  private long[] keys = new long[8];
  private int[] next = new int[8];
  private int[] previous = new int[8];
  private int[] buckets = new int[16];
  private int first = NONE;
  private int last = NONE;
  private int free = NONE;
  private int used;
  private int size;

  KeyIndex() {
    Arrays.fill(buckets, NONE);
  }

  int size() {
    return size;
  }

  /** Slots that exist, used or free: the length that arrays beside this index need. */
  int capacity() {
    return keys.length;
  }

  int first() {
    return first;
  }

  int next(int slot) {
    return next[slot];
  }

  long key(int slot) {
    return keys[slot];
  }

  /** The slot of a key, or -1. */
  int find(long key) {
    int mask = buckets.length - 1;
    for (int b = hash(key) & mask; buckets[b] != NONE; b = b + 1 & mask) {
      if (keys[buckets[b]] == key) {
        return buckets[b];
      }
    }
    return NONE;
  }

  /** A slot for a key that is not there yet, last in the order. */
  int insert(long key) {
    if (2 * (size + 1) > buckets.length) {
      rehash();
    }
    int slot = takeSlot();
    keys[slot] = key;
    append(slot);
    enter(slot);
    size++;
    return slot;
  }

  /** Gives a slot back. */
  void remove(int slot) {
    leave(slot);
    unlink(slot);
    next[slot] = free;
    free = slot;
    size--;
  }

  /** Moves a slot to the end of the order. */
  void moveLast(int slot) {
    unlink(slot);
    append(slot);
  }

  private int takeSlot() {
    if (free != NONE) {
      int slot = free;
      free = next[slot];
      return slot;
    }
    if (used == keys.length) {
      keys = Arrays.copyOf(keys, 2 * used);
      next = Arrays.copyOf(next, 2 * used);
      previous = Arrays.copyOf(previous, 2 * used);
    }
    return used++;
  }

  private void append(int slot) {
    previous[slot] = last;
    next[slot] = NONE;
    if (last == NONE) {
      first = slot;
    } else {
      next[last] = slot;
    }
    last = slot;
  }

  private void unlink(int slot) {
    int before = previous[slot];
    int after = next[slot];
    if (before == NONE) {
      first = after;
    } else {
      next[before] = after;
    }
    if (after == NONE) {
      last = before;
    } else {
      previous[after] = before;
    }
  }

  private void enter(int slot) {
    int mask = buckets.length - 1;
    int b = hash(keys[slot]) & mask;
    while (buckets[b] != NONE) {
      b = b + 1 & mask;
    }
    buckets[b] = slot;
  }

  /** Takes a slot out of its bucket and closes the gap, so that no probe ends too early. */
  private void leave(int slot) {
    int mask = buckets.length - 1;
    int gap = hash(keys[slot]) & mask;
    while (buckets[gap] != slot) {
      gap = gap + 1 & mask;
    }
    for (int b = gap + 1 & mask; buckets[b] != NONE; b = b + 1 & mask) {
      int home = hash(keys[buckets[b]]) & mask;
      if ((b - home & mask) >= (b - gap & mask)) {
        buckets[gap] = buckets[b];
        gap = b;
      }
    }
    buckets[gap] = NONE;
  }

  private void rehash() {
    buckets = new int[2 * buckets.length];
    Arrays.fill(buckets, NONE);
    for (int slot = first; slot != NONE; slot = next[slot]) {
      enter(slot);
    }
  }

  private static int hash(long key) {
    long mixed = key * 0x9e37_79b9_7f4a_7c15L;
    return (int) (mixed ^ mixed >>> 32);
  }
}
