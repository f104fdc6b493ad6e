package org.atoll.servers.tmpfs;

import java.util.Arrays;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * The frames of a file by page number: a radix tree of 512-way nodes that grows with the highest
 * page, so that a hole of any size costs nothing.
 *
 * <p>The frames' references are the file's; this class only remembers numbers.
 */
final class PageTree {

  /** What {@link #get} answers for a hole. */
  static final int NONE = -1;

  private static final int BITS = 9;
  private static final int WIDTH = 1 << BITS;
  private static final int MASK = WIDTH - 1;

  /** Leaves are {@code int[]} of frames, inner nodes {@code Object[]}. */
  private @Nullable Object root;

  /** Levels below the root: 0 when the root is a leaf. */
  private int height;

  private int count;

  private long lastLeafBase = -1;
  private int[] lastLeaf = new int[0];

  /** Pages present. */
  int count() {
    return count;
  }

  /** The frame of a page, or {@link #NONE}. */
  int get(long page) {
    if (page >>> BITS == lastLeafBase) {
      return lastLeaf[(int) page & MASK];
    }
    int[] leaf = leaf(page);
    if (leaf == null) {
      return NONE;
    }
    remember(page, leaf);
    return leaf[(int) page & MASK];
  }

  /** Enters the frame of a page that is a hole. */
  void put(long page, int frame) {
    int[] leaf = page >>> BITS == lastLeafBase ? lastLeaf : leafToFill(page);
    remember(page, leaf);
    leaf[(int) page & MASK] = frame;
    count++;
  }

  /** Takes out the frame of a page, which is present. */
  int remove(long page) {
    int frame = get(page);
    lastLeaf[(int) page & MASK] = NONE;
    count--;
    return frame;
  }

  /** The first present page from {@code page} on, or -1. */
  long nextPresent(long page) {
    if (root == null || beyond(page)) {
      return -1;
    }
    return search(root, height, page, 0);
  }

  /** The first hole from {@code page} on. */
  long nextHole(long page) {
    long at = page;
    while (get(at) != NONE) {
      at++;
    }
    return at;
  }

  /** Forgets nodes when no page is left. */
  void trim() {
    if (count == 0) {
      root = null;
      height = 0;
      lastLeafBase = -1;
    }
  }

  private void remember(long page, int[] leaf) {
    lastLeafBase = page >>> BITS;
    lastLeaf = leaf;
  }

  private boolean beyond(long page) {
    return page >>> BITS * (height + 1) != 0;
  }

  private int @Nullable [] leaf(long page) {
    if (beyond(page)) {
      return null;
    }
    Object node = root;
    for (int level = height; level > 0 && node != null; level--) {
      node = ((Object[]) node)[(int) (page >>> BITS * level) & MASK];
    }
    return (int[]) node;
  }

  private int[] leafToFill(long page) {
    while (beyond(page)) {
      if (root != null) {
        Object[] above = new Object[WIDTH];
        above[0] = root;
        root = above;
      }
      height++;
    }
    if (root == null) {
      root = node(height);
    }
    Object node = root;
    for (int level = height; level > 0; level--) {
      Object[] inner = (Object[]) node;
      int slot = (int) (page >>> BITS * level) & MASK;
      if (inner[slot] == null) {
        inner[slot] = node(level - 1);
      }
      node = inner[slot];
    }
    return (int[]) node;
  }

  private static Object node(int level) {
    if (level > 0) {
      return new Object[WIDTH];
    }
    int[] leaf = new int[WIDTH];
    Arrays.fill(leaf, NONE);
    return leaf;
  }

  /** Depth is at most six levels: 51 bits of page number. */
  private static long search(Object node, int level, long from, long base) {
    int slot = (int) (from >>> BITS * level) & MASK;
    if (level == 0) {
      int[] leaf = (int[]) node;
      for (int i = slot; i < WIDTH; i++) {
        if (leaf[i] != NONE) {
          return base + i;
        }
      }
      return -1;
    }
    Object[] inner = (Object[]) node;
    for (int i = slot; i < WIDTH; i++) {
      Object below = inner[i];
      if (below != null) {
        long at = base + ((long) i << BITS * level);
        long found = search(below, level - 1, i == slot ? from : 0, at);
        if (found >= 0) {
          return found;
        }
      }
    }
    return -1;
  }

  void save(StateWriter out) {
    out.writeInt(count);
    for (long page = nextPresent(0); page >= 0; page = nextPresent(page + 1)) {
      out.writeLong(page).writeInt(get(page));
    }
  }

  void load(StateReader in) {
    for (int pages = in.readInt(); pages > 0; pages--) {
      long page = in.readLong();
      put(page, in.readInt());
    }
  }
}
