package org.atoll.servers.tmpfs;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * The names in a directory, found by name and listed by position.
 *
 * <p>A position is given out once and never again, each below the one before, so that the newest
 * name is listed first, as Linux's tmpfs does it; a listing that goes on from a position misses
 * nothing and repeats nothing of what stays. Names are bytes, one in each char.
 */
final class Directory {

  /** Position of the oldest entry; before all entries come {@code .} and {@code ..}. */
  private static final long LAST_POSITION = 1L << 62;

  /** One name. */
  record Entry(String name, Inode inode, long position) {}

  private final Map<String, Entry> byName = new HashMap<>();
  private final TreeMap<Long, Entry> byPosition = new TreeMap<>();
  private long nextPosition = LAST_POSITION;

  /** The directory above; of the root and of a removed directory, the inode itself or the last. */
  Inode parent;

  Directory(Inode parent) {
    this.parent = parent;
  }

  @Nullable Inode find(String name) {
    Entry entry = byName.get(name);
    return entry == null ? null : entry.inode;
  }

  /** Entries but {@code .} and {@code ..}. */
  int size() {
    return byName.size();
  }

  boolean isEmpty() {
    return byName.isEmpty();
  }

  void add(String name, Inode inode) {
    Entry entry = new Entry(name, inode, nextPosition--);
    byName.put(name, entry);
    byPosition.put(entry.position, entry);
  }

  void remove(String name) {
    Entry entry = byName.remove(name);
    if (entry != null) {
      byPosition.remove(entry.position);
    }
  }

  /** Another inode under a name that is there; the position stays. */
  void replace(String name, Inode inode) {
    Entry old = byName.get(name);
    if (old != null) {
      Entry entry = new Entry(name, inode, old.position);
      byName.put(name, entry);
      byPosition.put(entry.position, entry);
    }
  }

  /** The first entry at a position or behind it. */
  @Nullable Entry from(long position) {
    Map.Entry<Long, Entry> found = byPosition.ceilingEntry(position);
    return found == null ? null : found.getValue();
  }

  /** The first name of an inode, by position. */
  @Nullable String nameOf(Inode inode) {
    for (Entry entry : byPosition.values()) {
      if (entry.inode == inode) {
        return entry.name;
      }
    }
    return null;
  }

  void save(StateWriter out) {
    out.writeLong(parent.number).writeLong(nextPosition).writeInt(byPosition.size());
    for (Entry entry : byPosition.values()) {
      out.writeString(entry.name).writeLong(entry.inode.number).writeLong(entry.position);
    }
  }

  void load(StateReader in, Volume volume) {
    parent = volume.loaded(in.readLong());
    nextPosition = in.readLong();
    for (int entries = in.readInt(); entries > 0; entries--) {
      String name = in.readString();
      Inode inode = volume.loaded(in.readLong());
      Entry entry = new Entry(name, inode, in.readLong());
      byName.put(name, entry);
      byPosition.put(entry.position, entry);
    }
  }
}
