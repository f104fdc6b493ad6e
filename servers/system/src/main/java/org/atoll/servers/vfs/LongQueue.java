package org.atoll.servers.vfs;

import java.util.Arrays;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/** Requests that wait for one thing, oldest first. Short as a rule. */
final class LongQueue {

  private long[] items = new long[2];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  long get(int index) {
    return items[index];
  }

  long first() {
    return items[0];
  }

  void add(long item) {
    if (size == items.length) {
      items = Arrays.copyOf(items, 2 * size);
    }
    items[size++] = item;
  }

  /** Removes the first occurrence, if there is one; whether there was. */
  boolean remove(long item) {
    for (int i = 0; i < size; i++) {
      if (items[i] == item) {
        System.arraycopy(items, i + 1, items, i, size - i - 1);
        size--;
        return true;
      }
    }
    return false;
  }

  void clear() {
    size = 0;
  }

  long[] toArray() {
    return Arrays.copyOf(items, size);
  }

  void save(StateWriter out) {
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      out.writeLong(items[i]);
    }
  }

  void load(StateReader in) {
    for (int left = in.readInt(); left > 0; left--) {
      add(in.readLong());
    }
  }
}
