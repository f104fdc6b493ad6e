package org.atoll.vcpu;

/** How an instruction's 32 bits are divided, and so how they are packed (chapter 2.2 and 2.3). */
enum Format {
  /** rd, rs1, rs2. */
  R,
  /** rd, rs1, 12-bit immediate. */
  I,
  /** rd, rs1, shift amount of 6 bits. */
  SHIFT,
  /** rs1, rs2, 12-bit immediate in two parts. */
  S,
  /** rs1, rs2, branch offset. */
  B,
  /** rd, upper 20 bits. */
  U,
  /** rd, jump offset. */
  J,
  /** rd, rs1 or a 5-bit immediate in its place, CSR number. */
  CSR,
  /** Nothing that matters. */
  NONE,
  /** f[rd], x[rs1], 12-bit immediate. */
  FLOAT_LOAD,
  /** x[rs1], f[rs2], 12-bit immediate in two parts. */
  FLOAT_STORE,
  /** f[rd], f[rs1], f[rs2], rounding mode. */
  FLOAT,
  /** f[rd], f[rs1], f[rs2], f[rs3], rounding mode. */
  FLOAT_FUSED,
  /** x[rd], f[rs1], f[rs2], rounding mode. */
  FLOAT_TO_X;

  /** Packs the operands of an instruction of this format. */
  long pack(int op, int bits) {
    int rd = bits >>> 7 & 31;
    int rs1 = bits >>> 15 & 31;
    int rs2 = bits >>> 20 & 31;
    int rm = bits >>> 12 & 7;
    int xd = rd == 0 ? Packed.SINK : rd;
    return switch (this) {
      case R -> Packed.of(op, xd, rs1, rs2, 0, 0);
      case I -> Packed.of(op, xd, rs1, 0, 0, bits >> 20);
      case SHIFT -> Packed.of(op, xd, rs1, 0, 0, bits >>> 20 & 63);
      case S, FLOAT_STORE -> Packed.of(op, Packed.SINK, rs1, rs2, 0, storeOffset(bits));
      case B -> Packed.of(op, Packed.SINK, rs1, rs2, 0, branchOffset(bits) >> 1);
      case U -> Packed.of(op, xd, 0, 0, 0, bits & 0xffff_f000);
      case J -> Packed.of(op, xd, 0, 0, 0, jumpOffset(bits) >> 1);
      case CSR -> Packed.of(op, xd, rs1, 0, 0, bits >>> 20);
      case NONE -> Packed.of(op, Packed.SINK, 0, 0, 0, 0);
      case FLOAT_LOAD -> Packed.of(op, rd, rs1, 0, 0, bits >> 20);
      case FLOAT -> Packed.of(op, rd, rs1, rs2, rm, 0);
      case FLOAT_FUSED -> Packed.of(op, rd, rs1, rs2, rm, bits >>> 27);
      case FLOAT_TO_X -> Packed.of(op, xd, rs1, rs2, rm, 0);
    };
  }

  private static int storeOffset(int bits) {
    return bits >> 25 << 5 | bits >>> 7 & 31;
  }

  private static int branchOffset(int bits) {
    return bits >> 31 << 12
        | (bits >>> 7 & 1) << 11
        | (bits >>> 25 & 63) << 5
        | (bits >>> 8 & 15) << 1;
  }

  private static int jumpOffset(int bits) {
    return bits >> 31 << 20
        | (bits >>> 12 & 255) << 12
        | (bits >>> 20 & 1) << 11
        | (bits >>> 21 & 1023) << 1;
  }
}
