package org.atoll.hypercall.memory;

import org.jspecify.annotations.Nullable;

/**
 * A sparse table from page numbers (26 bits) to entries (longs; 0 is none): three levels of 512,
 * 512 and 256.
 *
 * <p>Owner: one {@link AddressSpace}. Invariant: a leaf that is present has at least one entry that
 * is not 0; so a walk meets no empty leaf.
 */
final class PageTable {
  static final int PAGE_BITS = 26;
  static final int LEAF_BITS = 8;
  static final int LEAF_PAGES = 1 << LEAF_BITS;
  private static final int NODE_SIZE = 512;
  private static final int NODE_MASK = NODE_SIZE - 1;

  /** The last level: entries, and how many of them are not 0. */
  static final class Leaf {
    final long firstPage;
    final long[] entries = new long[LEAF_PAGES];
    int present;

    Leaf(long firstPage) {
      this.firstPage = firstPage;
    }
  }

  /** The middle level, with the span of slots that were ever used, so that walks are short. */
  private static final class Node {
    final @Nullable Leaf[] leaves = new @Nullable Leaf[NODE_SIZE];
    int lowest = NODE_SIZE;
    int highest = -1;
  }

  private @Nullable Node[] root = new @Nullable Node[NODE_SIZE];
  private int present;

  int present() {
    return present;
  }

  long entry(long page) {
    Leaf leaf = leaf(page);
    return leaf == null ? 0 : leaf.entries[(int) page & LEAF_PAGES - 1];
  }

  /** Sets an entry and answers the one that was there. */
  long set(long page, long entry) {
    Leaf leaf = leaf(page);
    if (leaf == null) {
      if (entry == 0) {
        return 0;
      }
      leaf = addLeaf(page);
    }
    int i = (int) page & LEAF_PAGES - 1;
    long old = leaf.entries[i];
    leaf.entries[i] = entry;
    int change = (entry == 0 ? 0 : 1) - (old == 0 ? 0 : 1);
    present += change;
    leaf.present += change;
    if (leaf.present == 0) {
      removeLeaf(page);
    }
    return old;
  }

  /** The first leaf that holds a page at or after {@code page}, or null. */
  @Nullable Leaf leafFrom(long page) {
    for (int r = (int) (page >>> 17); r < NODE_SIZE; r++, page = (long) r << 17) {
      Node node = root[r];
      if (node == null) {
        continue;
      }
      int from = Math.max(node.lowest, (int) (page >>> LEAF_BITS) & NODE_MASK);
      for (int n = from; n <= node.highest; n++) {
        Leaf leaf = node.leaves[n];
        if (leaf != null) {
          return leaf;
        }
      }
    }
    return null;
  }

  private void putLeaf(Leaf leaf) {
    Node node = node(leaf.firstPage);
    int n = (int) (leaf.firstPage >>> LEAF_BITS) & NODE_MASK;
    node.leaves[n] = leaf;
    node.lowest = Math.min(node.lowest, n);
    node.highest = Math.max(node.highest, n);
    present += leaf.present;
  }

  /** Removes every entry and releases its frame. */
  void releaseAll(Frames frames) {
    for (Leaf leaf = leafFrom(0); leaf != null; leaf = next(leaf)) {
      int left = leaf.present;
      for (int i = 0; left > 0; i++) {
        if (leaf.entries[i] != 0) {
          frames.release(AddressSpace.frame(leaf.entries[i]));
          left--;
        }
      }
    }
    root = new @Nullable Node[NODE_SIZE];
    present = 0;
  }

  /** Enters every page in an empty table too, retaining frames; private pages lose W in both. */
  void shareInto(PageTable child, Frames frames) {
    for (Leaf leaf = leafFrom(0); leaf != null; leaf = next(leaf)) {
      var copied = new Leaf(leaf.firstPage);
      copied.present = leaf.present;
      int left = leaf.present;
      for (int i = 0; left > 0; i++) {
        long entry = leaf.entries[i];
        if (entry != 0) {
          left--;
          frames.retain(AddressSpace.frame(entry));
          boolean stays = (entry & AddressSpace.SHARED) != 0;
          leaf.entries[i] = stays ? entry : entry & ~AddressSpace.WRITE;
          copied.entries[i] = leaf.entries[i];
        }
      }
      child.putLeaf(copied);
    }
  }

  /** The first page at or after {@code page} that has an entry, or -1. */
  long nextPresent(long page) {
    for (Leaf leaf = leafFrom(page); leaf != null; leaf = next(leaf)) {
      for (long p = Math.max(page, leaf.firstPage); p < leaf.firstPage + LEAF_PAGES; p++) {
        if (leaf.entries[(int) p & LEAF_PAGES - 1] != 0) {
          return p;
        }
      }
    }
    return -1;
  }

  private @Nullable Leaf next(Leaf leaf) {
    return leafFrom(leaf.firstPage + LEAF_PAGES);
  }

  private @Nullable Leaf leaf(long page) {
    Node node = root[(int) (page >>> 17)];
    return node == null ? null : node.leaves[(int) (page >>> LEAF_BITS) & NODE_MASK];
  }

  private Leaf addLeaf(long page) {
    var leaf = new Leaf(page & -LEAF_PAGES);
    putLeaf(leaf);
    return leaf;
  }

  private void removeLeaf(long page) {
    Node node = node(page);
    node.leaves[(int) (page >>> LEAF_BITS) & NODE_MASK] = null;
  }

  private Node node(long page) {
    int r = (int) (page >>> 17);
    Node node = root[r];
    if (node == null) {
      node = new Node();
      root[r] = node;
    }
    return node;
  }
}
