package org.atoll.vcpu;

import static org.atoll.hypercall.memory.HostMemory.EVERYTHING;

import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.atoll.hypercall.memory.AddressSpace;
import org.atoll.hypercall.memory.Frames;
import org.jspecify.annotations.Nullable;

/**
 * An engine's buffer of code translations of an address space: from a guest page to its decoded
 * instructions.
 *
 * <p>Owner: one engine. Invariant: code that is found here was compared with its frame since the
 * last time instructions may have changed (the epoch of {@link Frames#codeEpoch}), as far as the
 * hart that runs has to know: its own {@code fence.i}, and everything before the run began.
 */
final class CodeTranslations {
  /** What a page that is not here has: no slot, so that the dispatch leaves its inner loop. */
  static final long[] ABSENT = new long[0];

  private static final int ENTRIES = 256;
  private static final long EMPTY = 1;
  private static final long PAGE = -Frames.FRAME_BYTES;
  private static final ValueLayout.OfShort HALFWORD = ValueLayout.JAVA_SHORT;

  private final InstructionTable table;
  private final long[] tags = new long[ENTRIES];
  private final long[][] codes = new long[ENTRIES][];
  private final @Nullable CodePage[] pages = new @Nullable CodePage[ENTRIES];

  /** A page's worth of slots with one instruction, the last: one that straddles two pages. */
  private final long[] straddling;

  private @Nullable AddressSpace space;
  private long version;
  private long epoch;
  private long faultAddress;

  /**
   * @param straddling room for a page's slots, for this engine
   */
  CodeTranslations(InstructionTable table, long[] straddling) {
    this.table = table;
    this.straddling = straddling;
    Arrays.fill(codes, ABSENT);
    flush();
  }

  long faultAddress() {
    return faultAddress;
  }

  /** Prepares for a run in a space. */
  void enter(AddressSpace next) {
    long now = next.frames().codeEpoch();
    if (next != space || next.version() != version || now != epoch) {
      flush();
      space = next;
      version = next.version();
      epoch = now;
    }
  }

  /** Makes earlier stores visible to what is fetched from now on. */
  void fence() {
    Frames frames = entered().frames();
    frames.fenceInstructions();
    epoch = frames.codeEpoch();
    flush();
  }

  private void flush() {
    Arrays.fill(tags, EMPTY);
  }

  /** The code of a page if it is here, and {@link #ABSENT} otherwise. */
  long[] code(long page) {
    int i = (int) (page >>> Frames.FRAME_SHIFT) & tags.length - 1;
    return tags[i] == page ? codes[i] : ABSENT;
  }

  /**
   * Makes the instruction at a pc ready: its page is here and its slot decoded.
   *
   * @return the code with it, which may be good for this instruction only; or {@link #ABSENT} when
   *     it cannot be fetched
   */
  long[] prepare(long pc) {
    CodePage page = page(pc & PAGE);
    if (page == null) {
      faultAddress = pc;
      return ABSENT;
    }
    int slot = (int) (pc & ~PAGE) >>> 1;
    long packed = page.code[slot];
    if (packed == Op.UNDECODED) {
      packed = page.decode(slot);
    }
    return packed == Op.STRADDLES ? straddle(pc) : page.code;
  }

  private @Nullable CodePage page(long page) {
    int i = (int) (page >>> Frames.FRAME_SHIFT) & ENTRIES - 1;
    if (tags[i] == page) {
      return pages[i];
    }
    long entry = entered().entry(page >>> Frames.FRAME_SHIFT);
    if ((entry & AddressSpace.EXECUTE) == 0) {
      return null;
    }
    CodePage found = decoded(AddressSpace.frame(entry));
    tags[i] = page;
    codes[i] = found.code;
    pages[i] = found;
    return found;
  }

  private CodePage decoded(int frame) {
    Frames frames = entered().frames();
    if (frames.decoded(frame) instanceof CodePage page && current(page)) {
      return page;
    }
    var fresh = new CodePage(table, frames.address(frame), epoch);
    frames.decoded(frame, fresh);
    return fresh;
  }

  private boolean current(CodePage page) {
    if (page.epoch == epoch) {
      return true;
    }
    if (!page.matches()) {
      return false;
    }
    page.epoch = epoch;
    return true;
  }

  private long[] straddle(long pc) {
    long second = (pc & PAGE) + Frames.FRAME_BYTES;
    long entry = entered().entry(second >>> Frames.FRAME_SHIFT);
    if ((entry & AddressSpace.EXECUTE) == 0) {
      faultAddress = second;
      return ABSENT;
    }
    long first = entered().entry(pc >>> Frames.FRAME_SHIFT);
    int low = halfword(first, Frames.FRAME_BYTES - 2);
    int high = halfword(entry, 0);
    int slot = CodePage.SLOTS - 1;
    long packed = Packed.withLength(table.decode(low | high << 16), 2);
    straddling[slot] = Packed.placed(packed, slot);
    return straddling;
  }

  /** The bits of the instruction at a pc that was fetched: 16 or 32 of them. */
  long bits(long pc) {
    int low = halfword(entered().entry(pc >>> Frames.FRAME_SHIFT), (int) (pc & ~PAGE));
    if ((low & 3) != 3) {
      return low;
    }
    long after = pc + 2;
    long entry = entered().entry(after >>> Frames.FRAME_SHIFT);
    return low | (long) halfword(entry, (int) (after & ~PAGE)) << 16;
  }

  private int halfword(long entry, int offset) {
    long address = entered().frames().address(AddressSpace.frame(entry)) + offset;
    return EVERYTHING.get(HALFWORD, address) & 0xffff;
  }

  private AddressSpace entered() {
    AddressSpace current = space;
    if (current == null) {
      throw new IllegalStateException("no space was entered");
    }
    return current;
  }
}
