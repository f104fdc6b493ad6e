package org.atoll.vcpu;

/**
 * The 16-bit instructions of the C extension, each as the 32-bit one that does the same (chapter
 * 26).
 *
 * <p>Methods are named by quadrant; a case is a funct3. Registers of three bits are x8 to x15.
 */
final class Compressed {
  /** What a reserved encoding expands to: no instruction. */
  static final int ILLEGAL = 0;

  private static final int SP = 2;
  private static final int LOAD = 0x03;
  private static final int LOAD_FP = 0x07;
  private static final int OP_IMM = 0x13;
  private static final int OP_IMM_32 = 0x1b;
  private static final int STORE = 0x23;
  private static final int STORE_FP = 0x27;
  private static final int OP = 0x33;
  private static final int LUI = 0x37;
  private static final int OP_32 = 0x3b;
  private static final int BRANCH = 0x63;
  private static final int JALR = 0x67;
  private static final int JAL = 0x6f;
  private static final int EBREAK = 0x0010_0073;

  private Compressed() {}

  /** The 32-bit instruction for a halfword whose low bits are not 3, or {@link #ILLEGAL}. */
  static int expand(int c) {
    return switch (c & 3) {
      case 0 -> quadrant0(c);
      case 1 -> quadrant1(c);
      default -> quadrant2(c);
    };
  }

  private static int quadrant0(int c) {
    int a = 8 + (c >>> 7 & 7);
    int b = 8 + (c >>> 2 & 7);
    int word = (c >>> 6 & 1) << 2 | (c >>> 10 & 7) << 3 | (c >>> 5 & 1) << 6;
    int dword = (c >>> 10 & 7) << 3 | (c >>> 5 & 3) << 6;
    return switch (c >>> 13) {
      case 0 -> addToStackPointer(c, b);
      case 1 -> i(LOAD_FP, 3, b, a, dword);
      case 2 -> i(LOAD, 2, b, a, word);
      case 3 -> i(LOAD, 3, b, a, dword);
      case 5 -> s(STORE_FP, 3, a, b, dword);
      case 6 -> s(STORE, 2, a, b, word);
      case 7 -> s(STORE, 3, a, b, dword);
      default -> ILLEGAL;
    };
  }

  private static int addToStackPointer(int c, int rd) {
    int imm = (c >>> 6 & 1) << 2 | (c >>> 5 & 1) << 3 | (c >>> 11 & 3) << 4 | (c >>> 7 & 15) << 6;
    return imm == 0 ? ILLEGAL : i(OP_IMM, 0, rd, SP, imm);
  }

  private static int quadrant1(int c) {
    int rd = c >>> 7 & 31;
    int imm = immediate(c);
    return switch (c >>> 13) {
      case 0 -> i(OP_IMM, 0, rd, rd, imm);
      case 1 -> rd == 0 ? ILLEGAL : i(OP_IMM_32, 0, rd, rd, imm);
      case 2 -> i(OP_IMM, 0, rd, 0, imm);
      case 3 -> upper(c, rd, imm);
      case 4 -> arithmetic(c, 8 + (rd & 7), imm);
      case 5 -> j(jumpOffset(c));
      case 6 -> b(0, 8 + (rd & 7), branchOffset(c));
      default -> b(1, 8 + (rd & 7), branchOffset(c));
    };
  }

  private static int upper(int c, int rd, int imm) {
    if (rd == SP) {
      int by =
          (c >> 12 & 1) * -512
              | (c >>> 3 & 3) << 7
              | (c >>> 5 & 1) << 6
              | (c >>> 2 & 1) << 5
              | (c >>> 6 & 1) << 4;
      return by == 0 ? ILLEGAL : i(OP_IMM, 0, SP, SP, by);
    }
    return imm == 0 ? ILLEGAL : imm << 12 | rd << 7 | LUI;
  }

  private static int arithmetic(int c, int rd, int imm) {
    int shift = imm & 63;
    return switch (c >>> 10 & 3) {
      case 0 -> i(OP_IMM, 5, rd, rd, shift);
      case 1 -> i(OP_IMM, 5, rd, rd, shift | 0x400);
      case 2 -> i(OP_IMM, 7, rd, rd, imm);
      default -> registers(c, rd, 8 + (c >>> 2 & 7));
    };
  }

  private static int registers(int c, int rd, int rs) {
    return switch (c >>> 5 & 3 | c >>> 10 & 4) {
      case 0 -> r(OP, 0, 0x20, rd, rd, rs);
      case 1 -> r(OP, 4, 0, rd, rd, rs);
      case 2 -> r(OP, 6, 0, rd, rd, rs);
      case 3 -> r(OP, 7, 0, rd, rd, rs);
      case 4 -> r(OP_32, 0, 0x20, rd, rd, rs);
      case 5 -> r(OP_32, 0, 0, rd, rd, rs);
      default -> ILLEGAL;
    };
  }

  private static int quadrant2(int c) {
    int rd = c >>> 7 & 31;
    int rs2 = c >>> 2 & 31;
    int dword = (c >>> 5 & 3) << 3 | (c >>> 12 & 1) << 5 | (c >>> 2 & 7) << 6;
    int word = (c >>> 4 & 7) << 2 | (c >>> 12 & 1) << 5 | (c >>> 2 & 3) << 6;
    int dwordOut = (c >>> 10 & 7) << 3 | (c >>> 7 & 7) << 6;
    int wordOut = (c >>> 9 & 15) << 2 | (c >>> 7 & 3) << 6;
    return switch (c >>> 13) {
      case 0 -> i(OP_IMM, 1, rd, rd, immediate(c) & 63);
      case 1 -> i(LOAD_FP, 3, rd, SP, dword);
      case 2 -> rd == 0 ? ILLEGAL : i(LOAD, 2, rd, SP, word);
      case 3 -> rd == 0 ? ILLEGAL : i(LOAD, 3, rd, SP, dword);
      case 4 -> jumpOrMove(c, rd, rs2);
      case 5 -> s(STORE_FP, 3, SP, rs2, dwordOut);
      case 6 -> s(STORE, 2, SP, rs2, wordOut);
      default -> s(STORE, 3, SP, rs2, dwordOut);
    };
  }

  private static int jumpOrMove(int c, int rd, int rs2) {
    boolean second = (c & 0x1000) != 0;
    if (rs2 != 0) {
      return r(OP, 0, 0, rd, second ? rd : 0, rs2);
    }
    if (rd == 0) {
      return second ? EBREAK : ILLEGAL;
    }
    return i(JALR, 0, second ? 1 : 0, rd, 0);
  }

  private static int immediate(int c) {
    return (c >>> 12 & 1) * -32 | c >>> 2 & 31;
  }

  private static int jumpOffset(int c) {
    return (c >>> 12 & 1) * -2048
        | (c >>> 8 & 1) << 10
        | (c >>> 9 & 3) << 8
        | (c >>> 6 & 1) << 7
        | (c >>> 7 & 1) << 6
        | (c >>> 2 & 1) << 5
        | (c >>> 11 & 1) << 4
        | (c >>> 3 & 7) << 1;
  }

  private static int branchOffset(int c) {
    return (c >>> 12 & 1) * -256
        | (c >>> 5 & 3) << 6
        | (c >>> 2 & 1) << 5
        | (c >>> 10 & 3) << 3
        | (c >>> 3 & 3) << 1;
  }

  private static int r(int major, int funct3, int funct7, int rd, int rs1, int rs2) {
    return funct7 << 25 | rs2 << 20 | rs1 << 15 | funct3 << 12 | rd << 7 | major;
  }

  private static int i(int major, int funct3, int rd, int rs1, int imm) {
    return imm << 20 | rs1 << 15 | funct3 << 12 | rd << 7 | major;
  }

  private static int s(int major, int funct3, int rs1, int rs2, int imm) {
    return imm >> 5 << 25 | rs2 << 20 | rs1 << 15 | funct3 << 12 | (imm & 31) << 7 | major;
  }

  private static int b(int funct3, int rs1, int offset) {
    return (offset >>> 12 & 1) << 31
        | (offset >>> 5 & 63) << 25
        | rs1 << 15
        | funct3 << 12
        | (offset >>> 1 & 15) << 8
        | (offset >>> 11 & 1) << 7
        | BRANCH;
  }

  private static int j(int offset) {
    return (offset >>> 20 & 1) << 31
        | (offset >>> 1 & 1023) << 21
        | (offset >>> 11 & 1) << 20
        | (offset >>> 12 & 255) << 12
        | JAL;
  }
}
