package org.atoll.bench;

import static org.atoll.hypercall.memory.HostMemory.EVERYTHING;

import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.atoll.hypercall.memory.AddressSpace;
import org.atoll.hypercall.memory.Frames;

/** The layout that Atoll has: page tables over shared frames, reached through a buffer of 256. */
final class TableMemory implements GuestMemory {
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final int RW = AddressSpace.READ | AddressSpace.WRITE;
  private static final int R = AddressSpace.READ;

  private final Frames frames;
  private final AddressSpace[] spaces;
  private final int[] file;
  private final long[] tags = new long[256];
  private final long[] distances = new long[256];

  TableMemory(long address, int frameCount, int processes, int pages, int filePages) {
    Arrays.fill(tags, 1);
    frames = new Frames(address, frameCount);
    spaces = new AddressSpace[processes];
    for (int i = 0; i < processes; i++) {
      spaces[i] = new AddressSpace(frames);
    }
    for (int page = 0; page < pages; page++) {
      there(spaces[0].map(page, frames.allocate(), RW));
    }
    file = new int[filePages];
    for (int i = 0; i < filePages; i++) {
      file[i] = frames.allocate();
    }
  }

  @Override
  public void fork(int parent, int child) {
    there(spaces[parent].shareInto(spaces[child]));
  }

  @Override
  public void touch(int process, int page, boolean write) {
    long entry = spaces[process].entry(page);
    if (!write || (entry & AddressSpace.WRITE) != 0) {
      return;
    }
    int frame = AddressSpace.frame(entry);
    if (frames.references(frame) == 1) {
      spaces[process].protect(page, 1, RW);
      return;
    }
    int copy = frames.allocate();
    frames.copy(frame, 0, copy, 0, Frames.FRAME_BYTES);
    there(spaces[process].map(page, copy, RW));
  }

  @Override
  public void exec(int process, int filePages, int zeroPages) {
    spaces[process].clear();
    for (int i = 0; i < filePages; i++) {
      frames.retain(file[i]);
      there(spaces[process].map(i, file[i], R));
    }
    for (int i = 0; i < zeroPages; i++) {
      there(spaces[process].map(filePages + i, frames.allocate(), RW));
    }
  }

  @Override
  public void exit(int process) {
    spaces[process].clear();
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

  private static void there(boolean room) {
    if (!room) {
      throw new IllegalStateException("the benchmark has too few frames for its page tables");
    }
  }

  private long host(long address) {
    int i = (int) (address >>> 12) & tags.length - 1;
    return tags[i] == (address & (-4096L | 7)) ? address + distances[i] : missed(address);
  }

  private long missed(long address) {
    int i = (int) (address >>> 12) & tags.length - 1;
    long entry = spaces[0].entryForWrite(address >>> 12);
    tags[i] = address & -4096L;
    distances[i] = frames.address(AddressSpace.frame(entry)) - (address & -4096L);
    return address + distances[i];
  }
}
