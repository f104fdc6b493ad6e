package org.atoll.hypercall.memory;

import java.nio.ByteBuffer;

/**
 * A process's address space: user addresses 0 to 2<sup>38</sup>-1 in pages of 4 KiB, each page
 * mapped to a frame with rights.
 *
 * <p>It is mechanism only: which pages should be there, what a fault means and when a copy is made
 * is VM's to decide. Every mapped page holds one reference of its frame.
 *
 * <p>Owner: VM, while no hart of the process runs; the engine, during a run. When several harts
 * share a space, a change must first bring the others out of their runs: {@code Hart} reserves the
 * place for the flag that an engine polls.
 */
public final class AddressSpace {
  /** First address that no process can have: the Sv39 user half. */
  public static final long LIMIT = 1L << 38;

  /** First page number that no process can have. */
  public static final long PAGE_LIMIT = LIMIT >>> Frames.FRAME_SHIFT;

  /** Right bits of an entry, and of {@link #protect}. */
  public static final int READ = 1;

  public static final int WRITE = 2;
  public static final int EXECUTE = 4;

  /** The page stays one with the parent's after a fork; it is not copied on write. */
  public static final int SHARED = 8;

  /** The page was written since it was mapped or cleaned. Set when a write is first translated. */
  public static final int DIRTY = 16;

  /** There is a frame. Set in every entry that is not 0, so also when there is no right. */
  public static final int MAPPED = 32;

  /** All three rights. */
  public static final int RIGHTS = READ | WRITE | EXECUTE;

  private static final int FRAME_FIELD = 12;
  private static final int PAGE_MASK = Frames.FRAME_BYTES - 1;

  private final Frames frames;
  private final PageTable table;
  private long version;

  /** An empty space, which takes no memory. */
  public AddressSpace(Frames frames) {
    this.frames = frames;
    this.table = new PageTable(frames);
  }

  /** The node's memory that this space maps. */
  public Frames frames() {
    return frames;
  }

  /**
   * A number that moves with every change that can make a cached translation wrong: a page that is
   * replaced, unmapped, cleaned, or loses a right. (A page or right that is added moves nothing:
   * absence is never cached.) Engines compare it when they start a run.
   */
  public long version() {
    return version;
  }

  /** Number of mapped pages. */
  public int residentPages() {
    return table.present();
  }

  /** The entry of a page: flags and frame; 0 when nothing is mapped there. */
  public long entry(long page) {
    return page >>> PageTable.PAGE_BITS != 0 ? 0 : table.entry(page);
  }

  /** The frame of an entry that is not 0. */
  public static int frame(long entry) {
    return (int) (entry >>> FRAME_FIELD);
  }

  /**
   * The entry of a page that is about to be written, now marked {@link #DIRTY}; 0 when the page is
   * not writable.
   */
  public long entryForWrite(long page) {
    long entry = entry(page);
    if ((entry & WRITE) == 0) {
      return 0;
    }
    if ((entry & DIRTY) == 0) {
      entry |= DIRTY;
      table.update(page, entry);
    }
    return entry;
  }

  /**
   * Maps a page, taking over one reference of the frame; what was mapped there is released.
   *
   * @param flags any of {@link #RIGHTS}, {@link #SHARED}, {@link #DIRTY}
   * @return false, and nothing is changed, when no frame is left for the page tables
   */
  public boolean map(long page, int frame, int flags) {
    check(page, 1);
    long old = table.put(page, (long) frame << FRAME_FIELD | MAPPED | flags);
    if (old > 0) {
      version++;
      frames.release(frame(old));
    }
    return old != PageTable.NO_ROOM;
  }

  /** Unmaps and releases what is mapped among {@code count} pages. */
  public void unmap(long page, long count) {
    check(page, count);
    long end = page + count;
    for (long p = table.next(page); p >= 0 && p < end; p = table.next(p + 1)) {
      version++;
      frames.release(frame(table.remove(p)));
    }
  }

  /**
   * Gives what is mapped among {@code count} pages these rights and no others.
   *
   * @param rights any of {@link #RIGHTS}
   */
  public void protect(long page, long count, int rights) {
    check(page, count);
    long end = page + count;
    for (long p = table.next(page); p >= 0 && p < end; p = table.next(p + 1)) {
      table.update(p, withRights(table.entry(p), rights));
    }
  }

  private long withRights(long entry, int rights) {
    if ((entry & RIGHTS & ~rights) != 0) {
      version++;
    }
    if ((rights & ~entry & EXECUTE) != 0 && (entry & DIRTY) != 0) {
      frames.dropDecoded(frame(entry));
    }
    return entry & ~RIGHTS | rights;
  }

  /** Takes {@link #DIRTY} away from a page, so that the next write sets it again. */
  public void clean(long page) {
    long entry = entry(page);
    if ((entry & DIRTY) != 0) {
      table.update(page, entry & ~DIRTY);
      version++;
    }
  }

  /** Unmaps and releases everything. */
  public void clear() {
    unmap(0, PAGE_LIMIT);
  }

  /**
   * Moves what is mapped among {@code count} pages to a range apart from it, where nothing is
   * mapped.
   *
   * @return false, and nothing is changed, when no frame is left for the page tables
   */
  public boolean move(long from, long to, long count) {
    check(from, count);
    check(to, count);
    if (!table.reserve(from, to, count)) {
      return false;
    }
    long end = from + count;
    for (long p = table.next(from); p >= 0 && p < end; p = table.next(p + 1)) {
      version++;
      table.put(p - from + to, table.entry(p));
      table.remove(p);
    }
    return true;
  }

  /**
   * Gives every page to a child as well: the fork. Pages that are not {@link #SHARED} lose {@link
   * #WRITE} in both spaces; VM gives it back on the fault, to the page itself when its frame has
   * one reference left, and to a copy otherwise.
   *
   * @param child an empty space over the same frames
   * @return false, and the child is empty, when no frame is left for the page tables
   */
  public boolean shareInto(AddressSpace child) {
    if (child.table.present() != 0 || child.frames != frames) {
      throw new IllegalArgumentException("a child must be empty and on the same node");
    }
    version++;
    if (table.shareInto(child.table)) {
      return true;
    }
    child.clear();
    return false;
  }

  /**
   * The first mapped page at or after a page, or -1: the way to walk a space without looking at
   * what is not there.
   */
  public long nextMapped(long page) {
    return table.next(page);
  }

  /** How many bytes from an address on can be read: at most {@code length}, 0 when none. */
  public long readable(long address, long length) {
    return accessible(address, length, READ);
  }

  /** How many bytes from an address on can be written: at most {@code length}, 0 when none. */
  public long writable(long address, long length) {
    return accessible(address, length, WRITE);
  }

  private long accessible(long address, long length, int right) {
    long done = 0;
    while (done < length && (entryAt(address + done) & right) != 0) {
      done += piece(address + done, length - done);
    }
    return done;
  }

  private long entryAt(long address) {
    return entry(address >>> Frames.FRAME_SHIFT);
  }

  /** How many of {@code n} bytes lie in the page of an address. */
  private static int piece(long address, long n) {
    return (int) Math.min(n, Frames.FRAME_BYTES - offset(address));
  }

  private static int offset(long address) {
    return (int) address & PAGE_MASK;
  }

  /** Copies from the process; stops at the first page that it cannot read. Answers bytes copied. */
  public int read(long address, byte[] target, int targetOffset, int n) {
    int done = 0;
    while (done < n) {
      long at = address + done;
      long entry = entryAt(at);
      if ((entry & READ) == 0) {
        break;
      }
      int piece = piece(at, n - done);
      frames.read(frame(entry), offset(at), target, targetOffset + done, piece);
      done += piece;
    }
    return done;
  }

  /**
   * Copies into the process; stops at the first page that it cannot write. Answers bytes copied.
   */
  public int write(long address, byte[] source, int sourceOffset, int n) {
    int done = 0;
    while (done < n) {
      long at = address + done;
      long entry = entryForWrite(at >>> Frames.FRAME_SHIFT);
      if (entry == 0) {
        break;
      }
      int piece = piece(at, n - done);
      frames.write(frame(entry), offset(at), source, sourceOffset + done, piece);
      done += piece;
    }
    return done;
  }

  /**
   * Copies from the process to a place in a buffer; stops at the first page that it cannot read.
   * Answers bytes copied.
   */
  public int read(long address, ByteBuffer target, int targetIndex, int n) {
    int done = 0;
    while (done < n) {
      long at = address + done;
      long entry = entryAt(at);
      if ((entry & READ) == 0) {
        break;
      }
      int piece = piece(at, n - done);
      frames.read(frame(entry), offset(at), target, targetIndex + done, piece);
      done += piece;
    }
    return done;
  }

  /**
   * Copies into the process from a place in a buffer; stops at the first page that it cannot write.
   * Answers bytes copied.
   */
  public int write(long address, ByteBuffer source, int sourceIndex, int n) {
    int done = 0;
    while (done < n) {
      long at = address + done;
      long entry = entryForWrite(at >>> Frames.FRAME_SHIFT);
      if (entry == 0) {
        break;
      }
      int piece = piece(at, n - done);
      frames.write(frame(entry), offset(at), source, sourceIndex + done, piece);
      done += piece;
    }
    return done;
  }

  /** Copies from the process into a frame, up to the frame's end. Answers bytes copied. */
  public int readIntoFrame(long address, int frame, int frameOffset, int n) {
    int done = 0;
    while (done < n) {
      long at = address + done;
      long entry = entryAt(at);
      if ((entry & READ) == 0) {
        break;
      }
      int piece = piece(at, n - done);
      frames.copy(frame(entry), offset(at), frame, frameOffset + done, piece);
      done += piece;
    }
    return done;
  }

  /** Copies from a frame into the process. Answers bytes copied. */
  public int writeFromFrame(long address, int frame, int frameOffset, int n) {
    int done = 0;
    while (done < n) {
      long at = address + done;
      long entry = entryForWrite(at >>> Frames.FRAME_SHIFT);
      if (entry == 0) {
        break;
      }
      int piece = piece(at, n - done);
      frames.copy(frame, frameOffset + done, frame(entry), offset(at), piece);
      done += piece;
    }
    return done;
  }

  private static void check(long page, long count) {
    if (page < 0 || count < 0 || page > PAGE_LIMIT - count) {
      throw new IllegalArgumentException("pages " + page + "+" + count + " are not a user's");
    }
  }
}
