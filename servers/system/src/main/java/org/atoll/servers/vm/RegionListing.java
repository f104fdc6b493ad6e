package org.atoll.servers.vm;

import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.RegionRecord;

/** REGIONS: the mappings of a process, for the file system of processes. */
final class RegionListing {

  /** Pages that are looked at in one turn. */
  private static final int PAGES_PER_TURN_MAX = 4_096;

  private static final int RECORDS_MAX = Limits.BUFFER_BYTES_MAX / RegionRecord.BYTES;

  private final State state;
  private final byte[] table = new byte[RECORDS_MAX * RegionRecord.BYTES];

  RegionListing(State state) {
    this.state = state;
  }

  void list(Turn turn, long request, int task, long page) {
    Client asked = state.clients.get(task);
    boolean process = state.clients.get(Turn.caller(request)) != null;
    if (process || asked == null || asked.space == 0 || page < 0) {
      turn.reply(request, process ? -Errno.EPERM : -Errno.ESRCH);
      return;
    }
    AddressSpace space = state.space(asked.space);
    int room = Math.min(RECORDS_MAX, turn.kernel().outBytes(request) / RegionRecord.BYTES);
    int pagesLeft = PAGES_PER_TURN_MAX;
    int count = 0;
    Region region = space.from(page);
    while (region != null && count < room && pagesLeft > 0) {
      long from = Math.max(page, region.start);
      long to = Math.min(region.end, from + pagesLeft);
      record(turn.kernel(), space, region, from, to, count * RegionRecord.BYTES);
      count++;
      pagesLeft -= (int) (to - from);
      page = to;
      region = space.from(to);
    }
    turn.kernel().copyOut(request, 0, table, 0, count * RegionRecord.BYTES);
    turn.reply(request, count, region == null ? 0 : page);
  }

  private void record(
      KernelCalls kernel, AddressSpace space, Region region, long from, long to, int at) {
    MappedFile file = region.file == 0 ? null : state.file(region.file);
    put(at + RegionRecord.START, from);
    put(at + RegionRecord.END, to);
    put(at + RegionRecord.FLAGS, flags(space, region));
    put(at + RegionRecord.OFFSET, region.offset + from - region.start);
    put(at + RegionRecord.HANDLE, file == null ? 0 : file.handle);
    put(at + RegionRecord.FS, file == null ? 0 : file.fs);
    put(at + RegionRecord.INODE, file == null ? 0 : file.inode);
    long resident = 0;
    long own = 0;
    for (long page = from; page < to; page++) {
      int frame = kernel.spaceFrame(space.id, page);
      resident += frame >= 0 ? 1 : 0;
      own += frame >= 0 && kernel.frameReferences(frame) == 1 ? 1 : 0;
    }
    put(at + RegionRecord.RESIDENT, resident);
    put(at + RegionRecord.PRIVATE, own);
  }

  private static long flags(AddressSpace space, Region region) {
    long first = space.breakStart / Limits.PAGE_BYTES;
    long end = (space.breakEnd + Limits.PAGE_BYTES - 1) / Limits.PAGE_BYTES;
    boolean heap = region.file == 0 && region.start < end && region.end > first;
    return region.rights
        | ((region.flags & Region.SHARED) != 0 ? RegionRecord.SHARED : 0)
        | ((region.flags & Region.GROWS_DOWN) != 0 ? RegionRecord.STACK : 0)
        | (heap ? RegionRecord.HEAP : 0);
  }

  private void put(int at, long value) {
    for (int i = 0; i < Long.BYTES; i++) {
      table[at + i] = (byte) (value >>> 8 * i);
    }
  }
}
