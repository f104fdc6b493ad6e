package org.atoll.hypercall.memory;

import static org.atoll.hypercall.memory.HostMemory.EVERYTHING;

import java.lang.foreign.ValueLayout;

/**
 * A sparse table from page numbers (26 bits) to entries (positive longs; 0 is none): three levels
 * of 256, 512 and 512 words, as Sv39 has them for user addresses (RISC-V Privileged, Sv39).
 *
 * <p>Each table is a frame of the same memory that it maps. So what a guest makes the tables grow
 * to is counted, and given back, with the rest of its memory, and the node's own heap has no part
 * in it.
 *
 * <p>A word that names a table has its frame, how many of its words are not 0, and a bit that is
 * always set; a word of the last level is an entry. Owner: one {@link AddressSpace}. Invariant,
 * between two calls: no table is without words.
 */
final class PageTable {
  static final int PAGE_BITS = 26;

  /** The answer of {@link #put}: no frame is left for a table. Nothing was changed. */
  static final long NO_ROOM = -1;

  private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;
  private static final int INDEX_BITS = 9;
  private static final int INDEX_MASK = (1 << INDEX_BITS) - 1;
  private static final int LEAF_SHIFT = INDEX_BITS;
  private static final int MIDDLE_SHIFT = 2 * INDEX_BITS;
  private static final long PAGES = 1L << PAGE_BITS;

  private static final long TABLE = 1L << 62;
  private static final int COUNT_SHIFT = 32;
  private static final long ONE = 1L << COUNT_SHIFT;
  private static final int COUNT_MASK = (1 << INDEX_BITS + 1) - 1;

  private final Frames frames;

  /** The word that names the first table, or 0. */
  private long root;

  private int present;

  PageTable(Frames frames) {
    this.frames = frames;
  }

  /** Entries that are not 0. */
  int present() {
    return present;
  }

  /** The entry of a page, or 0. */
  long entry(long page) {
    long leaf = leaf(page);
    return leaf == 0 ? 0 : word(leaf, page);
  }

  /** Changes an entry that is there. */
  void update(long page, long entry) {
    word(leaf(page), page, entry);
  }

  /** Sets an entry, not to 0, and answers the one that was there, or {@link #NO_ROOM}. */
  long put(long page, long entry) {
    if (!makeTables(page)) {
      return NO_ROOM;
    }
    long leaf = leaf(page);
    long old = word(leaf, page);
    word(leaf, page, entry);
    if (old == 0) {
      count(page, 1);
    }
    return old;
  }

  /** Takes an entry out and answers it, or 0 when there was none. */
  long remove(long page) {
    long leaf = leaf(page);
    long old = leaf == 0 ? 0 : word(leaf, page);
    if (old != 0) {
      word(leaf, page, 0);
      count(page, -1);
      prune(page);
    }
    return old;
  }

  /** The first page at or after {@code page} that has an entry, or -1. */
  long next(long page) {
    long at = root == 0 ? PAGES : page;
    while (at < PAGES) {
      long middle = word(root, at >>> MIDDLE_SHIFT);
      if (middle == 0) {
        at = (at >>> MIDDLE_SHIFT) + 1 << MIDDLE_SHIFT;
        continue;
      }
      long leaf = word(middle, at >>> LEAF_SHIFT);
      long end = (at | INDEX_MASK) + 1;
      for (; leaf != 0 && at < end; at++) {
        if (word(leaf, at) != 0) {
          return at;
        }
      }
      at = end;
    }
    return -1;
  }

  /**
   * Makes the tables for the pages from {@code to} on, one for each of {@code count} pages from
   * {@code from} on that has an entry; the caller puts an entry at every one of them. False, and
   * nothing is changed, when no frame is left.
   */
  boolean reserve(long from, long to, long count) {
    for (long page = next(from); page >= 0 && page < from + count; page = next(page + 1)) {
      if (!makeTables(page - from + to)) {
        for (long made = to; made < page - from + to; made = (made | INDEX_MASK) + 1) {
          prune(made);
        }
        return false;
      }
    }
    return true;
  }

  /**
   * Enters every page in an empty table too, retaining frames; private pages lose W in both. False
   * when no frame is left: the child then has some of the pages.
   */
  boolean shareInto(PageTable child) {
    for (long page = next(0); page >= 0; page = next((page | INDEX_MASK) + 1)) {
      if (!child.makeTables(page)) {
        return false;
      }
      shareLeaf(leaf(page), child, page & ~INDEX_MASK);
    }
    return true;
  }

  private void shareLeaf(long leaf, PageTable child, long first) {
    long copy = child.leaf(first);
    int shared = 0;
    for (long page = first; page <= (first | INDEX_MASK); page++) {
      long entry = word(leaf, page);
      if (entry != 0) {
        frames.retain(AddressSpace.frame(entry));
        boolean stays = (entry & AddressSpace.SHARED) != 0;
        word(leaf, page, stays ? entry : entry & ~AddressSpace.WRITE);
        word(copy, page, stays ? entry : entry & ~AddressSpace.WRITE);
        shared++;
      }
    }
    child.count(first, shared);
  }

  // ---- tables

  /** The word that names the last table of a page, or 0. */
  private long leaf(long page) {
    long middle = root == 0 ? 0 : word(root, page >>> MIDDLE_SHIFT);
    return middle == 0 ? 0 : word(middle, page >>> LEAF_SHIFT);
  }

  /** The last table of a page has so many more words. */
  private void count(long page, int more) {
    long middle = word(root, page >>> MIDDLE_SHIFT);
    word(middle, page >>> LEAF_SHIFT, word(middle, page >>> LEAF_SHIFT) + more * ONE);
    present += more;
  }

  /** Sees that a page has all its tables, the last perhaps without words; false: no frame. */
  private boolean makeTables(long page) {
    if (leaf(page) != 0) {
      return true;
    }
    root = root != 0 ? root : newTable();
    long middle = root == 0 ? 0 : word(root, page >>> MIDDLE_SHIFT);
    if (root != 0 && middle == 0) {
      middle = newTable();
      root += middle == 0 ? 0 : ONE;
    }
    long leaf = middle == 0 ? 0 : newTable();
    if (leaf != 0) {
      word(middle, page >>> LEAF_SHIFT, leaf);
      middle += ONE;
    }
    if (middle != 0) {
      word(root, page >>> MIDDLE_SHIFT, middle);
    }
    if (leaf == 0) {
      prune(page);
    }
    return leaf != 0;
  }

  /** A word that names a fresh table, or 0 when no frame is left. */
  private long newTable() {
    int frame = frames.allocate();
    return frame == Frames.NONE ? 0 : TABLE | frame;
  }

  /** Gives back the tables of a page that have no words. */
  private void prune(long page) {
    long middle = root == 0 ? 0 : word(root, page >>> MIDDLE_SHIFT);
    if (middle != 0) {
      long leaf = word(middle, page >>> LEAF_SHIFT);
      if (leaf != 0 && isEmpty(leaf)) {
        frames.release((int) leaf);
        word(middle, page >>> LEAF_SHIFT, 0);
        middle -= ONE;
        word(root, page >>> MIDDLE_SHIFT, middle);
      }
      if (isEmpty(middle)) {
        frames.release((int) middle);
        word(root, page >>> MIDDLE_SHIFT, 0);
        root -= ONE;
      }
    }
    if (root != 0 && isEmpty(root)) {
      frames.release((int) root);
      root = 0;
    }
  }

  private static boolean isEmpty(long table) {
    return (int) (table >>> COUNT_SHIFT & COUNT_MASK) == 0;
  }

  private long word(long table, long index) {
    return EVERYTHING.get(WORD, at(table, index));
  }

  private void word(long table, long index, long value) {
    EVERYTHING.set(WORD, at(table, index), value);
  }

  /** The host address of a word; of an index that counts through all tables of a level. */
  private long at(long table, long index) {
    return frames.address((int) table) + (index & INDEX_MASK) * Long.BYTES;
  }
}
