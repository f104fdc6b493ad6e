package org.atoll.vcpu;

import static org.atoll.vcpu.Format.B;
import static org.atoll.vcpu.Format.CSR;
import static org.atoll.vcpu.Format.FLOAT;
import static org.atoll.vcpu.Format.FLOAT_FUSED;
import static org.atoll.vcpu.Format.FLOAT_LOAD;
import static org.atoll.vcpu.Format.FLOAT_STORE;
import static org.atoll.vcpu.Format.FLOAT_TO_X;
import static org.atoll.vcpu.Format.I;
import static org.atoll.vcpu.Format.J;
import static org.atoll.vcpu.Format.NONE;
import static org.atoll.vcpu.Format.R;
import static org.atoll.vcpu.Format.S;
import static org.atoll.vcpu.Format.SHIFT;
import static org.atoll.vcpu.Format.U;

import java.util.ArrayList;
import java.util.List;

/**
 * The instructions there are: operation, format, and the bits that tell it from all others.
 *
 * <p>The lists follow the specification's instruction tables (chapter 34). Rows are found by the
 * major opcode and funct3 together, in at most a few dozen steps; that is paid once for each
 * instruction in memory, not for each that is executed.
 */
final class InstructionTable {
  /** One instruction: {@code (bits & mask) == match}. */
  record Row(int op, Format format, int mask, int match) {
    boolean matches(int bits) {
      return (bits & mask) == match;
    }
  }

  private static final int MAJOR = 0x7f;
  private static final int FUNCT3 = 0x7000;
  private static final int FUNCT7 = 0xfe00_0000;
  private static final int FUNCT6 = 0xfc00_0000;
  private static final int FUNCT5 = 0xf800_0000;
  private static final int FUNCT2 = 0x0600_0000;
  private static final int SECOND = 0x01f0_0000;

  private static final int OP_FP = 0x53;

  /** RV64IMAFDC with Zicsr and Zifencei; compressed forms are expanded before they come here. */
  static final InstructionTable RV64GC = new InstructionTable(allRows());

  private final List<Row> rows;
  private final Row[][] buckets = new Row[256][];

  InstructionTable(List<Row> rows) {
    this.rows = List.copyOf(rows);
    for (int b = 0; b < buckets.length; b++) {
      buckets[b] = bucket(b);
    }
  }

  List<Row> rows() {
    return rows;
  }

  /** The packed form of a 32-bit instruction, without its length. */
  long decode(int bits) {
    for (Row row : buckets[bits >>> 2 & 31 | bits >>> 7 & 0xe0]) {
      if (row.matches(bits)) {
        return reservedRounding(row, bits) ? illegal(bits) : row.format.pack(row.op, bits);
      }
    }
    return illegal(bits);
  }

  static long illegal(int bits) {
    return Packed.of(Op.ILLEGAL, Packed.SINK, 0, 0, 0, bits);
  }

  /** Modes 5 and 6 are reserved, where the field is a rounding mode (chapter 20.2). */
  private static boolean reservedRounding(Row row, int bits) {
    int mode = bits >>> 12 & 7;
    return (row.mask & FUNCT3) == 0
        && (mode == 5 || mode == 6)
        && row.op >= Op.FADD_D
        && row.op <= Op.FCVT_S_D;
  }

  private Row[] bucket(int number) {
    int bits = (number & 31) << 2 | 3 | (number & 0xe0) << 7;
    int known = MAJOR | FUNCT3;
    return rows.stream()
        .filter(row -> ((bits ^ row.match) & row.mask & known) == 0)
        .toArray(Row[]::new);
  }

  private static List<Row> allRows() {
    var rows = new ArrayList<Row>();
    rows.addAll(control());
    rows.addAll(memory());
    rows.addAll(arithmetic());
    rows.addAll(words());
    rows.addAll(atomic(2, Op.LR_W));
    rows.addAll(atomic(3, Op.LR_D));
    rows.addAll(rounding(0, Op.FADD_S));
    rows.addAll(rounding(1, Op.FADD_D));
    rows.addAll(exact(0, Op.FSGNJ_S));
    rows.addAll(exact(1, Op.FSGNJ_D));
    return rows;
  }

  private static List<Row> control() {
    return List.of(
        new Row(Op.LUI, U, MAJOR, 0x37),
        new Row(Op.AUIPC, U, MAJOR, 0x17),
        new Row(Op.JAL, J, MAJOR, 0x6f),
        row(Op.JALR, I, 0x67, 0),
        row(Op.BEQ, B, 0x63, 0),
        row(Op.BNE, B, 0x63, 1),
        row(Op.BLT, B, 0x63, 4),
        row(Op.BGE, B, 0x63, 5),
        row(Op.BLTU, B, 0x63, 6),
        row(Op.BGEU, B, 0x63, 7),
        row(Op.FENCE, NONE, 0x0f, 0),
        row(Op.FENCE_I, NONE, 0x0f, 1),
        new Row(Op.ECALL, NONE, -1, 0x0000_0073),
        new Row(Op.EBREAK, NONE, -1, 0x0010_0073),
        row(Op.CSRRW, CSR, 0x73, 1),
        row(Op.CSRRS, CSR, 0x73, 2),
        row(Op.CSRRC, CSR, 0x73, 3),
        row(Op.CSRRWI, CSR, 0x73, 5),
        row(Op.CSRRSI, CSR, 0x73, 6),
        row(Op.CSRRCI, CSR, 0x73, 7));
  }

  private static List<Row> memory() {
    return List.of(
        row(Op.LB, I, 0x03, 0),
        row(Op.LH, I, 0x03, 1),
        row(Op.LW, I, 0x03, 2),
        row(Op.LD, I, 0x03, 3),
        row(Op.LBU, I, 0x03, 4),
        row(Op.LHU, I, 0x03, 5),
        row(Op.LWU, I, 0x03, 6),
        row(Op.SB, S, 0x23, 0),
        row(Op.SH, S, 0x23, 1),
        row(Op.SW, S, 0x23, 2),
        row(Op.SD, S, 0x23, 3),
        row(Op.FLW, FLOAT_LOAD, 0x07, 2),
        row(Op.FLD, FLOAT_LOAD, 0x07, 3),
        row(Op.FSW, FLOAT_STORE, 0x27, 2),
        row(Op.FSD, FLOAT_STORE, 0x27, 3));
  }

  private static List<Row> arithmetic() {
    return List.of(
        row(Op.ADDI, I, 0x13, 0),
        row(Op.SLTI, I, 0x13, 2),
        row(Op.SLTIU, I, 0x13, 3),
        row(Op.XORI, I, 0x13, 4),
        row(Op.ORI, I, 0x13, 6),
        row(Op.ANDI, I, 0x13, 7),
        shift(Op.SLLI, 0x13, 1, 0),
        shift(Op.SRLI, 0x13, 5, 0),
        shift(Op.SRAI, 0x13, 5, 0x10),
        row(Op.ADD, R, 0x33, 0, 0),
        row(Op.SUB, R, 0x33, 0, 0x20),
        row(Op.SLL, R, 0x33, 1, 0),
        row(Op.SLT, R, 0x33, 2, 0),
        row(Op.SLTU, R, 0x33, 3, 0),
        row(Op.XOR, R, 0x33, 4, 0),
        row(Op.SRL, R, 0x33, 5, 0),
        row(Op.SRA, R, 0x33, 5, 0x20),
        row(Op.OR, R, 0x33, 6, 0),
        row(Op.AND, R, 0x33, 7, 0),
        row(Op.MUL, R, 0x33, 0, 1),
        row(Op.MULH, R, 0x33, 1, 1),
        row(Op.MULHSU, R, 0x33, 2, 1),
        row(Op.MULHU, R, 0x33, 3, 1),
        row(Op.DIV, R, 0x33, 4, 1),
        row(Op.DIVU, R, 0x33, 5, 1),
        row(Op.REM, R, 0x33, 6, 1),
        row(Op.REMU, R, 0x33, 7, 1));
  }

  private static List<Row> words() {
    return List.of(
        row(Op.ADDIW, I, 0x1b, 0),
        row(Op.SLLIW, SHIFT, 0x1b, 1, 0),
        row(Op.SRLIW, SHIFT, 0x1b, 5, 0),
        row(Op.SRAIW, SHIFT, 0x1b, 5, 0x20),
        row(Op.ADDW, R, 0x3b, 0, 0),
        row(Op.SUBW, R, 0x3b, 0, 0x20),
        row(Op.SLLW, R, 0x3b, 1, 0),
        row(Op.SRLW, R, 0x3b, 5, 0),
        row(Op.SRAW, R, 0x3b, 5, 0x20),
        row(Op.MULW, R, 0x3b, 0, 1),
        row(Op.DIVW, R, 0x3b, 4, 1),
        row(Op.DIVUW, R, 0x3b, 5, 1),
        row(Op.REMW, R, 0x3b, 6, 1),
        row(Op.REMUW, R, 0x3b, 7, 1));
  }

  /** The atomics of a width, whose operations follow one another in {@link Op}. */
  private static List<Row> atomic(int width, int loadReserved) {
    var rows = new ArrayList<Row>();
    rows.add(
        new Row(
            loadReserved, R, MAJOR | FUNCT3 | FUNCT5 | SECOND, 0x2f | width << 12 | 0x02 << 27));
    int[] functions = {0x03, 0x01, 0x00, 0x04, 0x0c, 0x08, 0x10, 0x14, 0x18, 0x1c};
    for (int i = 0; i < functions.length; i++) {
      int match = 0x2f | width << 12 | functions[i] << 27;
      rows.add(new Row(loadReserved + 1 + i, R, MAJOR | FUNCT3 | FUNCT5, match));
    }
    return rows;
  }

  /** What rounds, in a format (0 single, 1 double), in {@link Op}'s order. */
  private static List<Row> rounding(int format, int add) {
    var rows = new ArrayList<Row>();
    int op = add;
    for (int function = 0x00; function <= 0x0c; function += 4) {
      rows.add(new Row(op++, FLOAT, MAJOR | FUNCT7, OP_FP | (function | format) << 25));
    }
    rows.add(converting(op++, FLOAT, 0x2c | format, 0));
    for (int major = 0x43; major <= 0x4f; major += 4) {
      rows.add(new Row(op++, FLOAT_FUSED, MAJOR | FUNCT2, major | format << 25));
    }
    for (int integer = 0; integer < 4; integer++) {
      rows.add(converting(op++, FLOAT_TO_X, 0x60 | format, integer));
    }
    for (int integer = 0; integer < 4; integer++) {
      rows.add(converting(op++, FLOAT, 0x68 | format, integer));
    }
    rows.add(converting(op, FLOAT, 0x20 | format, 1 - format));
    return rows;
  }

  /** What does not round, in a format (0 single, 1 double), in {@link Op}'s order. */
  private static List<Row> exact(int format, int signInject) {
    int op = signInject;
    return List.of(
        row(op++, FLOAT, OP_FP, 0, 0x10 | format),
        row(op++, FLOAT, OP_FP, 1, 0x10 | format),
        row(op++, FLOAT, OP_FP, 2, 0x10 | format),
        row(op++, FLOAT, OP_FP, 0, 0x14 | format),
        row(op++, FLOAT, OP_FP, 1, 0x14 | format),
        row(op++, FLOAT_TO_X, OP_FP, 2, 0x50 | format),
        row(op++, FLOAT_TO_X, OP_FP, 1, 0x50 | format),
        row(op++, FLOAT_TO_X, OP_FP, 0, 0x50 | format),
        moving(op++, FLOAT_TO_X, 0x70 | format, 1),
        moving(op++, FLOAT_TO_X, 0x70 | format, 0),
        moving(op, FLOAT, 0x78 | format, 0));
  }

  private static Row row(int op, Format format, int major, int funct3) {
    return new Row(op, format, MAJOR | FUNCT3, major | funct3 << 12);
  }

  private static Row row(int op, Format format, int major, int funct3, int funct7) {
    return new Row(op, format, MAJOR | FUNCT3 | FUNCT7, major | funct3 << 12 | funct7 << 25);
  }

  private static Row shift(int op, int major, int funct3, int funct6) {
    return new Row(op, SHIFT, MAJOR | FUNCT3 | FUNCT6, major | funct3 << 12 | funct6 << 26);
  }

  private static Row converting(int op, Format format, int funct7, int second) {
    return new Row(op, format, MAJOR | FUNCT7 | SECOND, OP_FP | funct7 << 25 | second << 20);
  }

  private static Row moving(int op, Format format, int funct7, int funct3) {
    int match = OP_FP | funct3 << 12 | funct7 << 25;
    return new Row(op, format, MAJOR | FUNCT3 | FUNCT7 | SECOND, match);
  }
}
