package org.atoll.servers.vm;

import org.atoll.abi.KernelCalls;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/**
 * A range of pages of an address space that are alike: same rights, same backing. Without a file
 * and without shared memory it is private zeros.
 */
final class Region {

  /** Writes are seen by the others that map the same. */
  static final int SHARED = 1;

  /** Grows down to meet a fault below it. */
  static final int GROWS_DOWN = 2;

  /** Its pages count as committed memory. */
  static final int COMMITTED = 4;

  /** Mapped without reservation: never counts as committed. */
  static final int NO_RESERVE = 8;

  /** A child of a fork does not get it. */
  static final int NOT_FORKED = 16;

  /** A child of a fork gets it empty. */
  static final int WIPED_BY_FORK = 32;

  /** Rights to write may be given to it. */
  static final int MAY_WRITE = 64;

  /** {@link #zeroFrom}: the file's bytes count as far as the file goes. */
  static final long NOWHERE = Long.MAX_VALUE;

  /** First page. */
  long start;

  /** Page after the last. */
  long end;

  /** PAGE_READ, PAGE_WRITE, PAGE_EXECUTE as asked for. */
  int rights;

  int flags;

  /** Id of the {@link MappedFile}, or 0. */
  int file;

  /** Id of the {@link SharedMemory}, or 0. */
  int shared;

  /** Page of the file or shared memory that is at {@link #start}. */
  long offset;

  /** Byte of the file from which on this region shows zeros (the end of an ELF segment). */
  long zeroFrom = NOWHERE;

  Region(long start, long end, int rights, int flags) {
    this.start = start;
    this.end = end;
    this.rights = rights;
    this.flags = flags;
  }

  /** Whether it is a stack. */
  boolean isStack() {
    return (flags & GROWS_DOWN) != 0;
  }

  /** Whether a program keeps data of its own there: what Linux counts as VmData. */
  boolean isData() {
    return (rights & KernelCalls.PAGE_WRITE) != 0 && (flags & SHARED) == 0 && !isStack();
  }

  /** Whether it is code. */
  boolean isCode() {
    int both = KernelCalls.PAGE_WRITE | KernelCalls.PAGE_EXECUTE;
    return (rights & both) == KernelCalls.PAGE_EXECUTE && !isStack();
  }

  /** The same backing and rights over another range of this region's pages. */
  Region part(long from, long to) {
    Region part = new Region(from, to, rights, flags);
    part.file = file;
    part.shared = shared;
    part.offset = offset + from - start;
    part.zeroFrom = zeroFrom;
    return part;
  }

  long pages() {
    return end - start;
  }

  boolean is(int flag) {
    return (flags & flag) != 0;
  }

  boolean isWritable() {
    return (rights & KernelCalls.PAGE_WRITE) != 0;
  }

  /** Whether it is private zeros. */
  boolean isPlain() {
    return file == 0 && shared == 0;
  }

  /** Page of the file or shared memory that is at a page of this region. */
  long backingPage(long page) {
    return offset + page - start;
  }

  /** The rights of a present page, as the hardware has them: what may be written may be read. */
  int pageRights() {
    return isWritable() ? rights | KernelCalls.PAGE_READ : rights;
  }

  /** Whether {@code next} goes on where this ends, so that both can be one. */
  boolean joins(Region next) {
    return end == next.start
        && rights == next.rights
        && flags == next.flags
        && file == next.file
        && shared == next.shared
        && zeroFrom == next.zeroFrom
        && (isPlain() || offset + pages() == next.offset);
  }

  void save(StateWriter out) {
    out.writeLong(start).writeLong(end).writeInt(rights).writeInt(flags);
    out.writeInt(file).writeInt(shared).writeLong(offset).writeLong(zeroFrom);
  }

  static Region load(StateReader in) {
    long start = in.readLong();
    Region r = new Region(start, in.readLong(), in.readInt(), in.readInt());
    r.file = in.readInt();
    r.shared = in.readInt();
    r.offset = in.readLong();
    r.zeroFrom = in.readLong();
    return r;
  }
}
