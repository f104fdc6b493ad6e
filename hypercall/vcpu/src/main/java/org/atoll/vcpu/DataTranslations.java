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
 * An engine's buffer of data translations of an address space: from a guest address to a host
 * address.
 *
 * <p>Direct mapped. A tag is a page's address, so one comparison with the address, whose in-page
 * bits are cleared but for those that alignment forbids, tests page and alignment together.
 * Whatever fails the test goes the slow way, which also serves accesses that cross from one page to
 * the next: they go through a bounce buffer, so that the caller makes its access in one piece all
 * the same.
 *
 * <p>Owner: one engine. Invariant: a tag that is not {@link #EMPTY} was true of the space when it
 * had the version that {@link #enter} saw.
 */
final class DataTranslations {
  /** The answer when there is no such memory: no frame is at host address 0. */
  static final long FAULT = 0;

  private static final int ENTRIES = 256;
  private static final long PAGE = -Frames.FRAME_BYTES;
  private static final int BOUNCE_BYTES = 16;

  /**
   * The tags of entries that hold nothing: each is a page that belongs into another entry. So it is
   * unequal to every address that is looked for in this one, whatever bits of it are compared.
   */
  private static final long[] EMPTY = new long[ENTRIES];

  static {
    Arrays.setAll(EMPTY, entry -> (long) (entry ^ 1) << Frames.FRAME_SHIFT);
  }

  final long[] readTags = new long[ENTRIES];
  final long[] writeTags = new long[ENTRIES];

  /** Host address minus guest address, for both kinds. */
  final long[] distances = new long[ENTRIES];

  private final MemorySegment bounce = Arena.ofAuto().allocate(BOUNCE_BYTES, 8);
  private @Nullable AddressSpace space;
  private long version;

  private long faultAddress;

  DataTranslations() {
    flush();
  }

  /**
   * The first byte that the last fault could not reach, or the last address that {@link #aligned}
   * refused.
   */
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
    System.arraycopy(EMPTY, 0, readTags, 0, ENTRIES);
    System.arraycopy(EMPTY, 0, writeTags, 0, ENTRIES);
  }

  /*
   * The fast paths, one for each size. Host address, or FAULT. They are written so that no two of
   * them have an expression in common (the index is made in eight ways, the comparison in two): what
   * two cases of the dispatch share, the JIT computes before the jump, for every instruction, and
   * the registers that this takes cost half of the interpreter's speed. The buffers are parameters
   * for the same reason: the caller holds them in locals.
   */

  long readable1(long address, long[] tags, long[] distances) {
    int i = (int) address >> Frames.FRAME_SHIFT & tags.length - 1;
    return tags[i] == (address & PAGE) ? address + distances[i] : missedRead(address, 0);
  }

  long readable2(long address, long[] tags, long[] distances) {
    int i = (int) address >>> Frames.FRAME_SHIFT & tags.length - 1;
    return tags[i] == (address & (PAGE | 1)) ? address + distances[i] : missedRead(address, 1);
  }

  long readable4(long address, long[] tags, long[] distances) {
    int i = (int) (address >> Frames.FRAME_SHIFT) & tags.length - 1;
    return tags[i] == (address & (PAGE | 3)) ? address + distances[i] : missedRead(address, 3);
  }

  long readable8(long address, long[] tags, long[] distances) {
    int i = (int) (address >>> Frames.FRAME_SHIFT) & tags.length - 1;
    return tags[i] == (address & (PAGE | 7)) ? address + distances[i] : missedRead(address, 7);
  }

  /*
   * Likewise for writes. Where the access crosses pages, the slow way has written the value already,
   * and the answer is an address that takes it a second time without effect.
   */

  long writable1(long address, long[] tags, long[] distances, long value) {
    int i = (int) (address << 20 >>> 32) & tags.length - 1;
    return ((tags[i] ^ address) & PAGE) == 0
        ? address + distances[i]
        : missedWrite(address, 0, value);
  }

  long writable2(long address, long[] tags, long[] distances, long value) {
    int i = (int) (address << 19 >>> 31) & tags.length - 1;
    return ((tags[i] ^ address) & (PAGE | 1)) == 0
        ? address + distances[i]
        : missedWrite(address, 1, value);
  }

  long writable4(long address, long[] tags, long[] distances, long value) {
    int i = (int) (address << 18 >>> 30) & tags.length - 1;
    return ((tags[i] ^ address) & (PAGE | 3)) == 0
        ? address + distances[i]
        : missedWrite(address, 3, value);
  }

  long writable8(long address, long[] tags, long[] distances, long value) {
    int i = (int) (address << 17 >>> 29) & tags.length - 1;
    return ((tags[i] ^ address) & (PAGE | 7)) == 0
        ? address + distances[i]
        : missedWrite(address, 7, value);
  }

  /** Where to read an aligned word or doubleword; the slow way for what is rare. */
  long readable(long address, int low) {
    return low == 3
        ? readable4(address, readTags, distances)
        : readable8(address, readTags, distances);
  }

  /** Where to write an aligned word or doubleword; the slow way for what is rare. */
  long writable(long address, int low, long value) {
    return low == 3
        ? writable4(address, writeTags, distances, value)
        : writable8(address, writeTags, distances, value);
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
    readTags[i] = read ? page : EMPTY[i];
    writeTags[i] = write ? page : EMPTY[i];
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
