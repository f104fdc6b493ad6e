package org.atoll.libsys;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A table of objects by long key, in the order of insertion.
 *
 * <p>Iteration: {@code for (int at = t.first(); at >= 0; at = t.next(at))}. A cursor stays valid
 * until its own row is removed; take {@link #next} before that.
 *
 * @param <V> what is kept
 */
public final class LongTable<V> {

  private final KeyIndex index = new KeyIndex();
  private @Nullable Object[] values = new Object[8];

  /** Rows. */
  public int size() {
    return index.size();
  }

  /** What is at a key, or null. */
  public @Nullable V get(long key) {
    int slot = index.find(key);
    return slot < 0 ? null : valueOrNull(slot);
  }

  /** Puts a value; a new key comes last in the order, a known one keeps its place. */
  public void put(long key, V value) {
    int slot = index.find(key);
    if (slot < 0) {
      slot = index.insert(key);
      if (values.length < index.capacity()) {
        values = Arrays.copyOf(values, index.capacity());
      }
    }
    values[slot] = value;
  }

  /** Takes out what is at a key; null when there is nothing. */
  public @Nullable V remove(long key) {
    int slot = index.find(key);
    if (slot < 0) {
      return null;
    }
    V value = valueOrNull(slot);
    values[slot] = null;
    index.remove(slot);
    return value;
  }

  /** Makes a key the last in the order (for least-recently-used). */
  public void touch(long key) {
    int slot = index.find(key);
    if (slot >= 0) {
      index.moveLast(slot);
    }
  }

  /** Cursor to the oldest row, or -1. */
  public int first() {
    return index.first();
  }

  /** Cursor to the row after, or -1. */
  public int next(int at) {
    return index.next(at);
  }

  /** The key at a cursor. */
  public long key(int at) {
    return index.key(at);
  }

  /** The value at a cursor. */
  public V value(int at) {
    V value = valueOrNull(at);
    if (value == null) {
      throw new IllegalStateException("cursor to a removed row");
    }
    return value;
  }

  @SuppressWarnings("unchecked")
  private @Nullable V valueOrNull(int slot) {
    return (V) values[slot];
  }
}
