package org.atoll.servers.vm;

import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.libsys.LongLongTable;
import org.atoll.libsys.LongTable;
import org.jspecify.annotations.Nullable;

/**
 * File pages that this node has at hand: one reference to the frame of each, by file system, inode,
 * version and page. The least recently used that nobody maps go first when frames run short.
 */
final class PageCache {

  private static final int PAGE_BITS = 32;

  /** Pages of a file that have keys: 16 TiB. */
  private static final long PAGES_MAX = 1L << PAGE_BITS;

  /** One version of one file. Its pages have the id in their upper half of the key. */
  private record Version(int id, int fs, long inode, long version) {}

  private final LongTable<List<Version>> byInode = new LongTable<>();
  private final LongTable<Version> byId = new LongTable<>();

  /** Pages of each version that are cached or expected; without one the version goes. */
  private final LongLongTable usesOf = new LongLongTable();

  private final LongLongTable frames = new LongLongTable();
  private int nextId = 1;

  /** Whether bytes of a file, counted from 0 on, have pages with keys. */
  static boolean holds(long offset, long bytes) {
    long limit = PAGES_MAX * State.PAGE;
    return offset >= 0 && bytes <= limit && offset <= limit - bytes;
  }

  /** Whether a page of a file can be here. */
  static boolean hasKey(long page) {
    return page >= 0 && page < PAGES_MAX;
  }

  /** The key that a page has here, or -1: nothing of its file version is cached or expected. */
  long find(MappedFile file, long page) {
    Version v = hasKey(page) ? version(file) : null;
    return v == null ? -1 : key(v, page);
  }

  private @Nullable Version version(MappedFile file) {
    List<Version> versions = byInode.get(file.inode);
    if (versions != null) {
      for (Version v : versions) {
        if (v.fs == file.fs && v.version == file.version) {
          return v;
        }
      }
    }
    return null;
  }

  private static long key(Version v, long page) {
    return (long) v.id << PAGE_BITS | page;
  }

  /** The frame of a page, or -1. The reference stays the cache's. */
  int frame(MappedFile file, long page) {
    long key = find(file, page);
    return key < 0 ? -1 : frame(key);
  }

  private int frame(long key) {
    int frame = (int) frames.get(key, -1);
    if (frame >= 0) {
      frames.touch(key);
    }
    return frame;
  }

  /** A page is on its way: its key, which stays valid until {@link #came}. */
  long expect(MappedFile file, long page) {
    Version known = version(file);
    Version v = known == null ? enter(file) : known;
    use(v.id);
    return key(v, page);
  }

  private Version enter(MappedFile file) {
    Version v = new Version(nextId++, file.fs, file.inode, file.version);
    enter(v);
    return v;
  }

  private void enter(Version v) {
    List<Version> versions = byInode.get(v.inode);
    if (versions == null) {
      versions = new ArrayList<>();
      byInode.put(v.inode, versions);
    }
    versions.add(v);
    byId.put(v.id, v);
  }

  /** What was expected under a key came, or did not. */
  void came(long key) {
    unuse(key >>> PAGE_BITS);
  }

  /** Takes over one reference to the frame of a page, which has a key; the first one stays. */
  void put(KernelCalls kernel, long key, int frame) {
    if (frame(key) >= 0) {
      kernel.frameRelease(frame);
    } else {
      frames.put(key, frame);
      use(key >>> PAGE_BITS);
    }
  }

  private void use(long id) {
    usesOf.put(id, usesOf.get(id, 0) + 1);
  }

  /** Pages that are cached. */
  int size() {
    return frames.size();
  }

  /**
   * Gives one frame back that nobody else holds; false when there is none. Those that are held go
   * to the end, so that the next time does not see them again before it saw all others.
   */
  boolean evict(KernelCalls kernel) {
    for (int left = frames.size(); left > 0; left--) {
      int at = frames.first();
      long key = frames.key(at);
      int frame = (int) frames.value(at);
      if (kernel.frameReferences(frame) == 1) {
        remove(key);
        kernel.frameRelease(frame);
        return true;
      }
      frames.touch(key);
    }
    return false;
  }

  private void remove(long key) {
    frames.remove(key);
    unuse(key >>> PAGE_BITS);
  }

  private void unuse(long id) {
    long left = usesOf.get(id, 0) - 1;
    if (left > 0) {
      usesOf.put(id, left);
      return;
    }
    usesOf.remove(id);
    @Nullable Version gone = byId.remove(id);
    List<Version> versions = gone == null ? null : byInode.get(gone.inode);
    if (gone != null && versions != null) {
      versions.remove(gone);
      if (versions.isEmpty()) {
        byInode.remove(gone.inode);
      }
    }
  }

  void save(StateWriter out) {
    out.version(2).writeInt(nextId).writeInt(byId.size());
    for (int at = byId.first(); at >= 0; at = byId.next(at)) {
      Version v = byId.value(at);
      out.writeInt(v.id).writeInt(v.fs).writeLong(v.inode).writeLong(v.version);
    }
    usesOf.save(out);
    frames.save(out);
  }

  void load(StateReader in) {
    in.version(2);
    nextId = in.readInt();
    for (int count = in.readInt(); count > 0; count--) {
      enter(new Version(in.readInt(), in.readInt(), in.readLong(), in.readLong()));
    }
    usesOf.load(in);
    frames.load(in);
  }
}
