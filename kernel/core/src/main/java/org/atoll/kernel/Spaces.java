package org.atoll.kernel;

import java.util.Map;
import java.util.TreeMap;
import org.atoll.hypercall.memory.AddressSpace;
import org.atoll.hypercall.memory.Frames;
import org.jspecify.annotations.Nullable;

/**
 * The address spaces of a node, by id, with counted references. Owner: any CPU, under this object's
 * monitor; what is in a space is VM's.
 */
final class Spaces {

  private static final class Entry {
    final AddressSpace space;
    int references = 1;

    Entry(AddressSpace space) {
      this.space = space;
    }
  }

  private final Frames frames;
  private final Map<Integer, Entry> entries = new TreeMap<>();
  private int last;

  Spaces(Frames frames) {
    this.frames = frames;
  }

  /** A new, empty space with one reference; its id, positive. */
  synchronized int create() {
    do {
      last = last == Integer.MAX_VALUE ? 1 : last + 1;
    } while (entries.containsKey(last));
    entries.put(last, new Entry(new AddressSpace(frames)));
    return last;
  }

  /** The space, or null when there is none of that id. */
  synchronized @Nullable AddressSpace find(int id) {
    Entry entry = entries.get(id);
    return entry == null ? null : entry.space;
  }

  /** One reference more; false when there is no such space. */
  synchronized boolean retain(int id) {
    Entry entry = entries.get(id);
    if (entry == null) {
      return false;
    }
    entry.references++;
    return true;
  }

  /** One reference less; the space when it was the last, to be cleared when nobody uses it. */
  synchronized @Nullable AddressSpace release(int id) {
    Entry entry = entries.get(id);
    if (entry == null || --entry.references > 0) {
      return null;
    }
    entries.remove(id);
    return entry.space;
  }
}
