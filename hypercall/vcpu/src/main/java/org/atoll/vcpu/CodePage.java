package org.atoll.vcpu;

import static org.atoll.hypercall.memory.HostMemory.EVERYTHING;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.atoll.hypercall.memory.DecodedCode;
import org.atoll.hypercall.memory.Frames;

/**
 * The decoded instructions of one frame: a packed long for each halfword that was ever executed.
 *
 * <p>It holds nothing of the address at which the frame is mapped, so every process shares it. An
 * instruction that reaches into the next page is only marked: which frame comes next is the
 * process's affair.
 *
 * <p>Owner: all engines of the node. A slot is written with the same value whoever decodes it, so
 * two engines that do it at once do no harm.
 *
 * <p>Invariant: while {@link #matches}, every slot but 0 is what the frame's bytes decode to.
 */
final class CodePage implements DecodedCode {
  static final int SLOTS = Frames.FRAME_BYTES / 2;

  private static final ValueLayout.OfShort HALFWORD = ValueLayout.JAVA_SHORT_UNALIGNED;

  final long[] code = new long[SLOTS];
  private final InstructionTable table;
  private final long address;
  private final byte[] seen = new byte[Frames.FRAME_BYTES];
  private boolean changed;

  /** The code epoch at which this was last compared with the frame. */
  long epoch;

  /**
   * Code of a frame at a host address.
   *
   * @param epoch the code epoch, read before
   */
  CodePage(InstructionTable table, long address, long epoch) {
    this.table = table;
    this.address = address;
    this.epoch = epoch;
    MemorySegment.copy(EVERYTHING, ValueLayout.JAVA_BYTE, address, seen, 0, seen.length);
  }

  /** Whether the frame still holds what was decoded. */
  boolean matches() {
    return !changed
        && EVERYTHING.asSlice(address, seen.length).mismatch(MemorySegment.ofArray(seen)) < 0;
  }

  /** Decodes the instruction at a slot and answers its packed form. */
  long decode(int slot) {
    long packed = Packed.placed(decoded(slot), slot);
    code[slot] = packed;
    return packed;
  }

  private long decoded(int slot) {
    int low = halfword(slot);
    if ((low & 3) != 3) {
      return compressed(table, low);
    }
    if (slot == SLOTS - 1) {
      return Op.STRADDLES;
    }
    return Packed.withLength(table.decode(low | halfword(slot + 1) << 16), 2);
  }

  static long compressed(InstructionTable table, int halfword) {
    int expanded = Compressed.expand(halfword);
    long packed =
        expanded == Compressed.ILLEGAL
            ? InstructionTable.illegal(halfword)
            : table.decode(expanded);
    return Packed.withLength(packed, 1);
  }

  /** The halfword at a slot; remembers when it is no longer what was seen at first. */
  private int halfword(int slot) {
    short now = EVERYTHING.get(HALFWORD, address + 2L * slot);
    if (now != (short) (seen[2 * slot] & 0xff | seen[2 * slot + 1] << 8)) {
      changed = true;
    }
    return now & 0xffff;
  }
}
