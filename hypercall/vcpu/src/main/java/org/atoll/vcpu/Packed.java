package org.atoll.vcpu;

/**
 * A decoded instruction in one long.
 *
 * <pre>
 * bits  0..7   operation ({@link Op})
 * bits  8..13  rd; 32 where an integer instruction writes x0
 * bits 14..19  rs1
 * bits 20..25  rs2
 * bits 26..27  length in halfwords, 1 or 2
 * bits 28..30  rounding mode as encoded
 * bits 32..63  immediate, signed (see {@link #placed} for what depends on the pc); rs3, CSR
 *              number, or the bits of an illegal instruction
 * </pre>
 */
final class Packed {
  static final int RD = 8;
  static final int RS1 = 14;
  static final int RS2 = 20;
  static final int LENGTH = 26;
  static final int ROUNDING = 28;
  static final int IMMEDIATE = 32;

  /** Where writes to x0 go. */
  static final int SINK = 32;

  private Packed() {}

  static int op(long packed) {
    return (int) packed & 0xff;
  }

  static int rd(long packed) {
    return (int) packed >>> RD & 63;
  }

  static int rs1(long packed) {
    return (int) packed >>> RS1 & 63;
  }

  static int rs2(long packed) {
    return (int) packed >>> RS2 & 63;
  }

  static int rounding(long packed) {
    return (int) packed >>> ROUNDING & 7;
  }

  static int immediate(long packed) {
    return (int) (packed >> IMMEDIATE);
  }

  /** The fields but for the length, which {@link #withLength} adds. */
  static long of(int op, int rd, int rs1, int rs2, int rounding, int immediate) {
    return op
        | (long) rd << RD
        | (long) rs1 << RS1
        | (long) rs2 << RS2
        | (long) rounding << ROUNDING
        | (long) immediate << IMMEDIATE;
  }

  /**
   * The instruction at a slot of its page: what is relative to the pc becomes relative to the page.
   * A branch then has the slot to which it goes (which may be outside of the page), and {@code
   * auipc} a distance from the page's address.
   */
  static long placed(long packed, int slot) {
    int op = op(packed);
    if (op == Op.AUIPC) {
      return packed + (2L * slot << IMMEDIATE);
    }
    boolean branches = op == Op.JAL || op >= Op.BEQ && op <= Op.BGEU;
    return branches ? packed + ((long) slot << IMMEDIATE) : packed;
  }

  static long withLength(long packed, int halfwords) {
    return packed | (long) halfwords << LENGTH;
  }
}
