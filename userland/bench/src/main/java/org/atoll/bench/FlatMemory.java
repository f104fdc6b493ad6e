package org.atoll.bench;

import static org.atoll.hypercall.memory.HostMemory.EVERYTHING;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The layout that Atoll might have had: one region of host memory for each process, and a byte of
 * rights for each page of it. Prototype: what the comparison needs and no more.
 *
 * <p>A region is always readable and writable for the host. A fork takes W from the parent and
 * everything from the child, and whoever comes first copies the page (the child even to read it, as
 * no frame is in two places). File pages are copied out of the page cache for the same reason.
 */
final class FlatMemory implements GuestMemory {
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  private static final int PAGE = 4096;
  private static final byte READ = 1;
  private static final byte READ_WRITE = 3;

  private final long regions;
  private final long rights;
  private final long regionBytes;
  private final long regionPages;
  private final int pages;
  private final long file;
  private final int[] parents;
  private final long regionZero;

  /**
   * Lays processes out in reserved memory.
   *
   * @param regions host address of the processes' regions, then of a file's pages
   * @param rights host address of a byte for each page
   */
  FlatMemory(long regions, long rights, long regionBytes, int processes, int pages) {
    this.regions = regions;
    this.rights = rights;
    this.regionBytes = regionBytes;
    this.regionPages = regionBytes / PAGE;
    this.pages = pages;
    this.file = regions + processes * regionBytes;
    this.parents = new int[processes];
    this.regionZero = regions;
    EVERYTHING.asSlice(rights, pages).fill(READ_WRITE);
  }

  private long page(int process, int page) {
    return regions + process * regionBytes + (long) page * PAGE;
  }

  private long right(int process, int page) {
    return rights + process * regionPages + page;
  }

  private static void copyPage(long from, long to) {
    MemorySegment.copy(EVERYTHING, from, EVERYTHING, to, PAGE);
  }

  @Override
  public void fork(int parent, int child) {
    parents[child] = parent;
    EVERYTHING.asSlice(right(parent, 0), pages).fill(READ);
    EVERYTHING.asSlice(right(child, 0), pages).fill((byte) 0);
  }

  @Override
  public void touch(int process, int page, boolean write) {
    byte now = EVERYTHING.get(BYTE, right(process, page));
    if (now == 0) {
      copyPage(page(parents[process], page), page(process, page));
    }
    if (write || now == 0) {
      EVERYTHING.set(BYTE, right(process, page), READ_WRITE);
    }
  }

  @Override
  public void exec(int process, int filePages, int zeroPages) {
    EVERYTHING.asSlice(right(process, 0), pages).fill((byte) 0);
    for (int i = 0; i < filePages; i++) {
      copyPage(file + (long) i * PAGE, page(process, i));
    }
    EVERYTHING.asSlice(page(process, filePages), (long) zeroPages * PAGE).fill((byte) 0);
    EVERYTHING.asSlice(right(process, 0), filePages).fill(READ);
    EVERYTHING.asSlice(right(process, filePages), zeroPages).fill(READ_WRITE);
  }

  @Override
  public void exit(int process) {
    EVERYTHING.asSlice(right(process, 0), pages).fill((byte) 0);
  }

  @Override
  public void set(long address, long value) {
    EVERYTHING.set(LONG, host(address), value);
  }

  @Override
  public long scan(int spanBytes, int stride, int n) {
    long sum = 0;
    long address = 0;
    for (int i = 0; i < n; i++) {
      sum += EVERYTHING.get(LONG, host(address));
      address += stride;
      if (address >= spanBytes) {
        address -= spanBytes;
      }
    }
    return sum;
  }

  @Override
  public long chase(int n) {
    long address = 0;
    for (int i = 0; i < n; i++) {
      address = EVERYTHING.get(LONG, host(address));
    }
    return address;
  }

  /** One rotation tests range and alignment; one byte the right. */
  private long host(long address) {
    boolean inside = Long.compareUnsigned(Long.rotateRight(address, 3), regionBytes >>> 3) < 0;
    if (!inside || EVERYTHING.get(BYTE, rights + (address >>> 12)) != READ_WRITE) {
      throw new IllegalStateException("fault at " + address);
    }
    return regionZero + address;
  }
}
