package org.atoll.kernel;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.atoll.hypercall.memory.AddressSpace;
import org.atoll.hypercall.memory.Frames;
import org.jspecify.annotations.Nullable;

/**
 * The address spaces of a node, by id, with counted references. Ids ascend, and come again only
 * after 2<sup>31</sup> spaces.
 *
 * <p>Owner: any CPU looks up; changes are under this object's monitor. What is in a space is VM's.
 *
 * <p>Invariant: an entry is at its id modulo the size of the table, which is more than twice as
 * large as the number of entries.
 */
final class Spaces {

  private static final class Entry {
    final int id;
    final AddressSpace space;
    int references = 1;

    Entry(int id, AddressSpace space) {
      this.id = id;
      this.space = space;
    }
  }

  private final Frames frames;
  private volatile AtomicReferenceArray<@Nullable Entry> entries = new AtomicReferenceArray<>(64);
  private int used;
  private int last;

  Spaces(Frames frames) {
    this.frames = frames;
  }

  /** A new, empty space with one reference; its id, positive. */
  synchronized int create() {
    if (2 * used >= entries.length()) {
      grow();
    }
    do {
      last = last == Integer.MAX_VALUE ? 1 : last + 1;
    } while (entries.get(last & entries.length() - 1) != null);
    entries.set(last & entries.length() - 1, new Entry(last, new AddressSpace(frames)));
    used++;
    return last;
  }

  private void grow() {
    AtomicReferenceArray<@Nullable Entry> grown = new AtomicReferenceArray<>(2 * entries.length());
    for (int i = 0; i < entries.length(); i++) {
      Entry entry = entries.get(i);
      if (entry != null) {
        grown.set(entry.id & grown.length() - 1, entry);
      }
    }
    entries = grown;
  }

  private @Nullable Entry at(int id) {
    AtomicReferenceArray<@Nullable Entry> all = entries;
    Entry entry = all.get(id & all.length() - 1);
    return entry != null && entry.id == id ? entry : null;
  }

  /** The space, or null when there is none of that id. */
  @Nullable AddressSpace find(int id) {
    Entry entry = at(id);
    return entry == null ? null : entry.space;
  }

  /** One reference more; false when there is no such space. */
  synchronized boolean retain(int id) {
    Entry entry = at(id);
    if (entry == null) {
      return false;
    }
    entry.references++;
    return true;
  }

  /** One reference less; the space when it was the last, to be cleared when nobody uses it. */
  synchronized @Nullable AddressSpace release(int id) {
    Entry entry = at(id);
    if (entry == null || --entry.references > 0) {
      return null;
    }
    entries.set(id & entries.length() - 1, null);
    used--;
    return entry.space;
  }
}
