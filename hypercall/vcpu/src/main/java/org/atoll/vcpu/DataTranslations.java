package org.atoll.vcpu;

import static org.atoll.hypercall.memory.HostMemory.EVERYTHING;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.atoll.hypercall.memory.AddressSpace;
import org.atoll.hypercall.memory.Frames;
import org.jspecify.annotations.Nullable;

/**
 * An engine's buffer of data translations: from a guest address to a host address, for one address
 * space at a time.
 *
 * <p>Direct mapped. A tag is a page's address, so one comparison with the address, whose in-page
 * bits are cleared but for those that alignment forbids, tests page and alignment together. Whatever
 * fails the test goes the slow way, which also serves accesses that cross from one page to the next:
 * they go through a bounce buffer, so that the caller makes its access in one piece all the same.
 *
 * <p>Owner: one engine. Invariant: a tag that is not {@link #EMPTY} was true of the space when it had
 * the version that {@link #enter} saw.
 */
final class DataTranslations {
  /** The answer when there is no such memory: no frame is at host address 0. */
  static final long FAULT = 0;

  private static final int ENTRIES = 256;
  private static final long EMPTY = 1;
  private static final long PAGE = -Frames.FRAME_BYTES;
  private static final int BOUNCE_BYTES = 16;

  private final long[] readTags = new long[ENTRIES];
  private final long[] writeTags = new long[ENTRIES];

  /** Host address minus guest address, for both kinds. */
  private final long[] distances = new long[ENTRIES];

  private final MemorySegment bounce = Arena.ofAuto().allocate(BOUNCE_BYTES, 8);
  private @Nullable AddressSpace space;
  private long version;

  private long faultAddress;

  DataTranslations() {
    flush();
  }

  /** The first byte that the last fault could not reach, or the last address that {@link #aligned} refused. */
  long faultAddress() {
    return faultAddress;
  }

  /** Whether an address is a multiple of {@code low + 1}. */
  boolean aligned(long address, int low) {
    if ((address & low) == 0) {
      return true;
    }
    faultAddress = address;
    return false;
  }

  /** Prepares for a run in a space: forgets everything unless it was the last one and unchanged. */
  void enter(AddressSpace next) {
    if (next != space || next.version() != version) {
      flush();
      space = next;
      version = next.version();
    }
  }

  private void flush() {
    Arrays.fill(readTags, EMPTY);
    Arrays.fill(writeTags, EMPTY);
  }

  /**
   * Where to read.
   *
   * @param low access size in bytes minus 1
   * @return a host address, or {@link #FAULT}
   */
  long readable(long address, int low) {
    int i = (int) (address >>> Frames.FRAME_SHIFT) & readTags.length - 1;
    if (readTags[i] == (address & (PAGE | low))) {
      return address + distances[i];
    }
    return missedRead(address, low);
  }

  /**
   * Where to write.
   *
   * @param low access size in bytes minus 1
   * @param value what will be written; where the access crosses pages this has written it already
   *     and answers an address that takes it a second time without effect
   * @return a host address, or {@link #FAULT}
   */
  long writable(long address, int low, long value) {
    int i = (int) (address >>> Frames.FRAME_SHIFT) & writeTags.length - 1;
    if (writeTags[i] == (address & (PAGE | low))) {
      return address + distances[i];
    }
    return missedWrite(address, low, value);
  }

  private long missedRead(long address, int low) {
    if ((address & ~PAGE) + low >= Frames.FRAME_BYTES) {
      return readAcross(address, low + 1);
    }
    return fillRead(address) ? address + distances[index(address)] : FAULT;
  }

  private long missedWrite(long address, int low, long value) {
    if ((address & ~PAGE) + low >= Frames.FRAME_BYTES) {
      return writeAcross(address, low + 1, value);
    }
    return fillWrite(address) ? address + distances[index(address)] : FAULT;
  }

  private static int index(long address) {
    return (int) (address >>> Frames.FRAME_SHIFT) & ENTRIES - 1;
  }

  private boolean fillRead(long address) {
    AddressSpace current = entered();
    long entry = current.entry(address >>> Frames.FRAME_SHIFT);
    if ((entry & AddressSpace.READ) == 0) {
      faultAddress = address;
      return false;
    }
    int clean = AddressSpace.WRITE | AddressSpace.DIRTY;
    fill(address, entry, true, (entry & clean) == clean);
    return true;
  }

  private boolean fillWrite(long address) {
    AddressSpace current = entered();
    long entry = current.entryForWrite(address >>> Frames.FRAME_SHIFT);
    if (entry == 0) {
      faultAddress = address;
      return false;
    }
    fill(address, entry, (entry & AddressSpace.READ) != 0, true);
    return true;
  }

  private void fill(long address, long entry, boolean read, boolean write) {
    int i = index(address);
    long page = address & PAGE;
    distances[i] = entered().frames().address(AddressSpace.frame(entry)) - page;
    readTags[i] = read ? page : EMPTY;
    writeTags[i] = write ? page : EMPTY;
  }

  private AddressSpace entered() {
    AddressSpace current = space;
    if (current == null) {
      throw new IllegalStateException("no space was entered");
    }
    return current;
  }

  private long readAcross(long address, int size) {
    long second = (address | ~PAGE) + 1;
    int before = (int) (second - address);
    if (!fillRead(address)) {
      return FAULT;
    }
    MemorySegment.copy(EVERYTHING, address + distances[index(address)], bounce, 0, before);
    if (!fillRead(second)) {
      return FAULT;
    }
    MemorySegment.copy(
        EVERYTHING, second + distances[index(second)], bounce, before, size - before);
    return bounce.address();
  }

  /** Looks at both pages before it writes either: a store that traps has written nothing. */
  private long writeAcross(long address, int size, long value) {
    long second = (address | ~PAGE) + 1;
    int before = (int) (second - address);
    if (!fillWrite(address) || !fillWrite(second)) {
      return FAULT;
    }
    bounce.set(ValueLayout.JAVA_LONG, 0, value);
    MemorySegment.copy(
        bounce, before, EVERYTHING, second + distances[index(second)], size - before);
    MemorySegment.copy(bounce, 0, EVERYTHING, address + distances[index(address)], before);
    return bounce.address();
  }
}
