package org.atoll.libsys;

import java.util.Arrays;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/** A table of longs by long key, in the order of insertion. Iterated as {@link LongTable}. */
public final class LongLongTable {

  private final KeyIndex index = new KeyIndex();
  private long[] values = new long[8];

  /** Rows. */
  public int size() {
    return index.size();
  }

  /** Whether there is a row. */
  public boolean contains(long key) {
    return index.find(key) >= 0;
  }

  /** What is at a key, or {@code otherwise}. */
  public long get(long key, long otherwise) {
    int slot = index.find(key);
    return slot < 0 ? otherwise : values[slot];
  }

  /** Puts a value; a new key comes last in the order, a known one keeps its place. */
  public void put(long key, long value) {
    int slot = index.find(key);
    if (slot < 0) {
      slot = index.insert(key);
      if (values.length < index.capacity()) {
        values = Arrays.copyOf(values, index.capacity());
      }
    }
    values[slot] = value;
  }

  /** Takes a row out; whether there was one. */
  public boolean remove(long key) {
    int slot = index.find(key);
    if (slot < 0) {
      return false;
    }
    index.remove(slot);
    return true;
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
  public long value(int at) {
    return values[at];
  }

  /** Writes the rows in order. */
  public void save(StateWriter out) {
    out.version(1).writeInt(size());
    for (int at = first(); at >= 0; at = next(at)) {
      out.writeLong(key(at)).writeLong(value(at));
    }
  }

  /** Reads rows into this table, which is empty. */
  public void load(StateReader in) {
    in.version(1);
    for (int rows = in.readInt(); rows > 0; rows--) {
      long key = in.readLong();
      put(key, in.readLong());
    }
  }
}
