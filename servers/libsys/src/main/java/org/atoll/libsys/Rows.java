package org.atoll.libsys;

import java.util.Arrays;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/**
 * A table of continuations: under a call id, what to do with its answer; under a request, what its
 * caller waits for. In the order of insertion; saved and loaded whole.
 *
 * <p>Holds words and no objects: whatever a server waits for survives {@code load(save())}.
 * Iterated as {@link LongTable}.
 */
public final class Rows {

  private static final int STRIDE = 1 + Row.WORDS;

  private final KeyIndex index = new KeyIndex();
  private final Row row = new Row();
  private long[] cells = new long[8 * STRIDE];

  /** Rows. */
  public int size() {
    return index.size();
  }

  /** Whether there is a row under this key. */
  public boolean contains(long key) {
    return index.find(key) >= 0;
  }

  /** Adds a row with up to seven words; the key must be new. */
  public void add(long key, int step) {
    add(key, step, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Adds a row of one word. */
  public void add(long key, int step, long w0) {
    add(key, step, w0, 0, 0, 0, 0, 0, 0);
  }

  /** Adds a row of two words. */
  public void add(long key, int step, long w0, long w1) {
    add(key, step, w0, w1, 0, 0, 0, 0, 0);
  }

  /** Adds a row of three words. */
  public void add(long key, int step, long w0, long w1, long w2) {
    add(key, step, w0, w1, w2, 0, 0, 0, 0);
  }

  /** Adds a row of four words. */
  public void add(long key, int step, long w0, long w1, long w2, long w3) {
    add(key, step, w0, w1, w2, w3, 0, 0, 0);
  }

  /** Adds a row of five words. */
  public void add(long key, int step, long w0, long w1, long w2, long w3, long w4) {
    add(key, step, w0, w1, w2, w3, w4, 0, 0);
  }

  /** Adds a row of six words. */
  public void add(long key, int step, long w0, long w1, long w2, long w3, long w4, long w5) {
    add(key, step, w0, w1, w2, w3, w4, w5, 0);
  }

  /** Adds a row of seven words. */
  public void add(
      long key, int step, long w0, long w1, long w2, long w3, long w4, long w5, long w6) {
    if (key < 0) {
      throw new IllegalStateException("a refused call has no row: " + key);
    }
    if (index.find(key) >= 0) {
      throw new IllegalStateException("two rows under one key: " + key);
    }
    int at = cellsOf(index.insert(key));
    cells[at] = step;
    cells[at + 1] = w0;
    cells[at + 2] = w1;
    cells[at + 3] = w2;
    cells[at + 4] = w3;
    cells[at + 5] = w4;
    cells[at + 6] = w5;
    cells[at + 7] = w6;
  }

  /** Removes a row and shows it; the key must be there. */
  public Row take(long key) {
    Row taken = see(key);
    index.remove(index.find(key));
    return taken;
  }

  /** Shows a row; the key must be there. */
  public Row see(long key) {
    int slot = index.find(key);
    if (slot < 0) {
      throw new IllegalStateException("no row under this key: " + key);
    }
    return at(slot);
  }

  /** Shows the row at a cursor. */
  public Row at(int cursor) {
    int at = cursor * STRIDE;
    row.key = index.key(cursor);
    row.step = (int) cells[at];
    row.w0 = cells[at + 1];
    row.w1 = cells[at + 2];
    row.w2 = cells[at + 3];
    row.w3 = cells[at + 4];
    row.w4 = cells[at + 5];
    row.w5 = cells[at + 6];
    row.w6 = cells[at + 7];
    return row;
  }

  /** Removes a row if it is there; whether it was. */
  public boolean remove(long key) {
    int slot = index.find(key);
    if (slot >= 0) {
      index.remove(slot);
    }
    return slot >= 0;
  }

  /** Cursor to the oldest row, or -1. */
  public int first() {
    return index.first();
  }

  /** Cursor to the row after, or -1; take it before the row at {@code cursor} is removed. */
  public int next(int cursor) {
    return index.next(cursor);
  }

  /** The key at a cursor. */
  public long key(int cursor) {
    return index.key(cursor);
  }

  /** Writes the rows in order. */
  public void save(StateWriter out) {
    out.version(1).writeInt(size());
    for (int slot = first(); slot >= 0; slot = next(slot)) {
      out.writeLong(index.key(slot));
      for (int i = 0; i < STRIDE; i++) {
        out.writeLong(cells[slot * STRIDE + i]);
      }
    }
  }

  /** Reads rows into this table, which is empty. */
  public void load(StateReader in) {
    in.version(1);
    for (int rows = in.readInt(); rows > 0; rows--) {
      int at = cellsOf(index.insert(in.readLong()));
      for (int i = 0; i < STRIDE; i++) {
        cells[at + i] = in.readLong();
      }
    }
  }

  private int cellsOf(int slot) {
    if (cells.length < index.capacity() * STRIDE) {
      cells = Arrays.copyOf(cells, index.capacity() * STRIDE);
    }
    return slot * STRIDE;
  }
}
