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
  private final LongLongTable pagesOf = new LongLongTable();
  private final LongLongTable frames = new LongLongTable();
  private int nextId = 1;

  /** Whether bytes of a file, counted from 0 on, have pages with keys. */
  static boolean holds(long offset, long bytes) {
    long limit = PAGES_MAX * State.PAGE;
    return offset >= 0 && bytes <= limit && offset <= limit - bytes;
  }

  /**
   * The key of a page: valid as long as the page, or anything of its file version, is cached; -1
   * for a page that has none, behind the last that a file can have.
   */
  long key(MappedFile file, long page) {
    if (page < 0 || page >= PAGES_MAX) {
      return -1;
    }
    List<Version> versions = byInode.get(file.inode);
    if (versions == null) {
      versions = new ArrayList<>();
      byInode.put(file.inode, versions);
    }
    for (Version v : versions) {
      if (v.fs == file.fs && v.version == file.version) {
        return (long) v.id << PAGE_BITS | page;
      }
    }
    Version v = new Version(nextId++, file.fs, file.inode, file.version);
    versions.add(v);
    byId.put(v.id, v);
    return (long) v.id << PAGE_BITS | page;
  }

  /** The frame of a page, or -1. The reference stays the cache's. */
  int frame(long key) {
    int frame = (int) frames.get(key, -1);
    if (frame >= 0) {
      frames.touch(key);
    }
    return frame;
  }

  /** Takes over one reference to a page's frame; the page must not be there yet. */
  void put(long key, int frame) {
    frames.put(key, frame);
    long id = key >>> PAGE_BITS;
    pagesOf.put(id, pagesOf.get(id, 0) + 1);
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
    long id = key >>> PAGE_BITS;
    long left = pagesOf.get(id, 0) - 1;
    if (left > 0) {
      pagesOf.put(id, left);
      return;
    }
    pagesOf.remove(id);
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
    out.version(1).writeInt(nextId).writeInt(byId.size());
    for (int at = byId.first(); at >= 0; at = byId.next(at)) {
      Version v = byId.value(at);
      out.writeInt(v.id).writeInt(v.fs).writeLong(v.inode).writeLong(v.version);
    }
    pagesOf.save(out);
    frames.save(out);
  }

  void load(StateReader in) {
    in.version(1);
    nextId = in.readInt();
    for (int count = in.readInt(); count > 0; count--) {
      Version v = new Version(in.readInt(), in.readInt(), in.readLong(), in.readLong());
      byId.put(v.id, v);
      List<Version> versions = byInode.get(v.inode);
      if (versions == null) {
        versions = new ArrayList<>();
        byInode.put(v.inode, versions);
      }
      versions.add(v);
    }
    pagesOf.load(in);
    frames.load(in);
  }
}
