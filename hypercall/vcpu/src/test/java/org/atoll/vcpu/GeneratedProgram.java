package org.atoll.vcpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A program made of a seed: sections of pseudo-random instructions, each of which starts with
 * registers that the seed gives and ends by writing all registers and its memory to standard
 * output.
 *
 * <p>Instructions are drawn from the table, so each is met; operands are free but for what keeps
 * the program going: x2, x3 and x8 point into memory and x4 counts loops, so none of them is a
 * target.
 */
final class GeneratedProgram {
  static final int CODE = 0x1_0000;
  static final int SCRATCH = 0x20_0000;
  static final int SCRATCH_BYTES = 8192;
  static final int DUMP = SCRATCH + SCRATCH_BYTES;
  static final int DUMP_BYTES = 65 * 8;
  static final int INITIAL = DUMP + 4096;

  /** What a section writes. */
  static final int SECTION_BYTES = SCRATCH_BYTES + DUMP_BYTES;

  static final int SECTIONS = 8;
  private static final int STEPS = 160;

  private static final int SP = 2;
  private static final int GP = 3;
  private static final int COUNTER = 4;
  private static final int S0 = 8;

  private static final List<InstructionTable.Row> ROWS = InstructionTable.RV64GC.rows();

  private final Seeded random;
  private final CodeBuffer code = new CodeBuffer();
  private final ByteBuffer data =
      ByteBuffer.allocate(INITIAL - SCRATCH + SECTIONS * DUMP_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  GeneratedProgram(long seed) {
    this.random = new Seeded(seed);
    for (int i = 0; i < SCRATCH_BYTES; i += 8) {
      data.putLong(i, value());
    }
    for (int section = 0; section < SECTIONS; section++) {
      section(section);
    }
    code.exit();
  }

  byte[] code() {
    return code.toBytes();
  }

  byte[] data() {
    return data.array();
  }

  byte[] elf() {
    return StaticElf.of(code(), CODE, data(), SCRATCH);
  }

  /** What an interpreter of the given instructions makes of it, in quanta of a length. */
  byte[] run(InstructionTable table, int quantum) {
    try (var machine = new Machine(new Interpreter(table))) {
      machine.map(CODE, code(), Machine.RX).map(SCRATCH, data(), Machine.RW);
      machine.hart.pc = CODE;
      return machine.runToExit(quantum);
    }
  }

  private void section(int number) {
    int initial = INITIAL + number * DUMP_BYTES;
    for (int i = 0; i < 64; i++) {
      data.putLong(initial - SCRATCH + 8 * i, value());
    }
    data.putLong(initial - SCRATCH + 512, (long) random.below(5) << 5 | random.below(32));
    code.li(COUNTER, initial).i(0x03, 3, 1, COUNTER, 512).i(0x73, 1, 0, 1, 3);
    for (int i = 0; i < 32; i++) {
      code.i(0x07, 3, i, COUNTER, 256 + 8 * i);
      if (i != COUNTER) {
        code.i(0x03, 3, i, COUNTER, 8 * i);
      }
    }
    code.li(SP, SCRATCH + 4096 - 128).li(GP, SCRATCH + 4096).li(S0, SCRATCH + 2048);
    for (int step = 0; step < STEPS; step++) {
      step();
    }
    dump();
  }

  private void dump() {
    code.li(COUNTER, DUMP);
    for (int i = 0; i < 32; i++) {
      code.s(0x23, 3, COUNTER, i, 8 * i).s(0x27, 3, COUNTER, i, 256 + 8 * i);
    }
    code.i(0x73, 2, 1, 0, 3).s(0x23, 3, COUNTER, 1, 512);
    code.write(SCRATCH, SECTION_BYTES);
  }

  /** A value that arithmetic finds interesting, or any. */
  private long value() {
    return switch (random.below(10)) {
      case 0 -> random.oneOf(0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MIN_VALUE);
      case 1 -> random.below(1000) - 500;
      case 2 -> special(52, 11) | random.below(2);
      case 3, 4 -> 0xffff_ffff_0000_0000L | special(23, 8);
      case 5 -> Double.doubleToRawLongBits(random.below(1 << 20) / 16.0 - 20000);
      case 6 ->
          0xffff_ffff_0000_0000L
              | Float.floatToRawIntBits(random.below(1 << 12) / 8.0f - 200) & 0xffff_ffffL;
      case 7 -> near(52, 1023, 11);
      case 8 -> 0xffff_ffff_0000_0000L | near(23, 127, 8);
      default -> random.bits();
    };
  }

  /** Zeros, infinities, NaNs, and numbers near both ends of a format's range. */
  private long special(int fractionBits, int exponentBits) {
    long sign = (random.bits() & 1) << fractionBits + exponentBits;
    long last = (1L << exponentBits) - 1;
    long exponent = random.oneOf(0, 0, 1, 2, last, last, last - 1, last - 2);
    long most = (1L << fractionBits) - 1;
    long fraction = random.oneOf(0, 0, 1, most, 1L << fractionBits - 1, random.bits() & most);
    return sign | exponent << fractionBits | fraction;
  }

  /** A number whose exponent is near that of others, so that sums cancel and round. */
  private long near(int fractionBits, int bias, int exponentBits) {
    long sign = (random.bits() & 1) << fractionBits + exponentBits;
    long exponent = bias + (long) random.below(2 * fractionBits + 6) - fractionBits - 3;
    return sign | exponent << fractionBits | random.bits() & (1L << fractionBits) - 1;
  }

  private void step() {
    switch (random.below(20)) {
      case 0 -> branchOver();
      case 1 -> loop();
      case 2 -> jumpOver();
      case 3 -> reserve();
      case 4 -> control();
      case 5, 6 -> load();
      default -> plain(code);
    }
  }

  /** An instruction that goes on to the next. */
  private void plain(CodeBuffer to) {
    if (random.oneIn(3)) {
      compressed(to);
    } else {
      full(to);
    }
  }

  private void full(CodeBuffer to) {
    while (true) {
      InstructionTable.Row row = ROWS.get(random.below(ROWS.size()));
      int free = (int) random.bits() & ~row.mask() | row.match();
      int bits = constrained(row, random.oneIn(8) ? alike(row, free) : free);
      if (bits != 0) {
        to.word(bits);
        return;
      }
    }
  }

  /** With the same register twice, where the instruction has two operands. */
  private static int alike(InstructionTable.Row row, int bits) {
    boolean two = (row.mask() & 31 << 20) == 0;
    return two ? bits & ~(31 << 20) | (bits >>> 15 & 31) << 20 : bits;
  }

  /** The instruction with operands that it may have here, or 0. */
  private int constrained(InstructionTable.Row row, int bits) {
    int rd = bits >>> 7 & 31;
    boolean writesX = writable(rd);
    return switch (row.format()) {
      case R -> row.op() >= Op.LR_W ? atomic(row, bits) : writesX ? bits : 0;
      case I -> !writesX || row.op() == Op.JALR ? 0 : isLoad(row.op()) ? based(bits) : bits;
      case SHIFT, U -> writesX ? bits : 0;
      case S, FLOAT_STORE, FLOAT_LOAD -> based(bits);
      case FLOAT, FLOAT_FUSED -> rounded(row, bits);
      case FLOAT_TO_X -> writesX ? rounded(row, bits) : 0;
      case NONE -> row.op() == Op.FENCE || row.op() == Op.FENCE_I && random.oneIn(20) ? bits : 0;
      case B, J, CSR -> 0;
    };
  }

  private static boolean writable(int register) {
    return register != SP && register != GP && register != COUNTER && register != S0;
  }

  private static boolean isLoad(int op) {
    return op >= Op.LB && op <= Op.LWU;
  }

  private int rounded(InstructionTable.Row row, int bits) {
    if ((row.mask() & 0x7000) != 0) {
      return bits;
    }
    return bits & ~0x7000 | (int) random.oneOf(0, 0, 1, 2, 3, 4, 7, 7) << 12;
  }

  /** With an address in memory: near the boundary of its two pages more often than not. */
  private int based(int bits) {
    boolean store = (bits & 0x20) != 0;
    int offset = random.oneIn(3) ? random.below(16) - 8 : random.below(2032) - 1016;
    int based = bits & ~(31 << 15) | (random.oneIn(2) ? GP : S0) << 15;
    return store
        ? based & 0x01ff_f07f | offset >> 5 << 25 | (offset & 31) << 7
        : based & 0x000f_ffff | offset << 20;
  }

  private int atomic(InstructionTable.Row row, int bits) {
    int base = (int) random.oneOf(SP, GP, S0);
    boolean reserves =
        row.op() == Op.LR_W || row.op() == Op.LR_D || row.op() == Op.SC_W || row.op() == Op.SC_D;
    return reserves ? 0 : writable(bits >>> 7 & 31) ? bits & ~(31 << 15) | base << 15 : 0;
  }

  private void compressed(CodeBuffer to) {
    while (true) {
      int bits = (int) random.bits() & 0xffff;
      if ((bits & 3) != 3 && allowed(bits)) {
        to.half(bits);
        return;
      }
    }
  }

  private static boolean allowed(int bits) {
    int expanded = Compressed.expand(bits);
    if (expanded == Compressed.ILLEGAL) {
      return false;
    }
    long packed = InstructionTable.RV64GC.decode(expanded);
    int op = Packed.op(packed);
    boolean memory = isLoad(op) || op == Op.FLD || op == Op.FSD || op == Op.SW || op == Op.SD;
    if (memory && Packed.rs1(packed) != SP && Packed.rs1(packed) != S0) {
      return false;
    }
    boolean control = op >= Op.JAL && op <= Op.BGEU || op == Op.EBREAK;
    return !control && (op == Op.FLD || writable(Packed.rd(packed)));
  }

  private CodeBuffer some(int most) {
    var body = new CodeBuffer();
    for (int n = 1 + random.below(most); n > 0; n--) {
      plain(body);
    }
    return body;
  }

  private void branchOver() {
    var body = some(3);
    int a = random.below(32);
    int b = random.oneIn(4) ? a : random.below(32);
    if (random.oneIn(3)) {
      int nonzero = random.below(2);
      int at = body.size() + 2;
      code.half(0xc001 | nonzero << 13 | (at >>> 3 & 3) << 10 | (a & 7) << 7 | (at >>> 1 & 3) << 3);
    } else {
      code.branch((int) random.oneOf(0, 1, 4, 5, 6, 7), a, b, body.size() + 4);
    }
    code.append(body);
  }

  private void loop() {
    code.addi(COUNTER, 0, 1 + random.below(4));
    var body = some(4);
    code.append(body).addi(COUNTER, COUNTER, -1).branch(1, COUNTER, 0, -body.size() - 4);
  }

  private void jumpOver() {
    var body = some(3);
    switch (random.below(3)) {
      case 0 -> code.jal(1, body.size() + 4);
      case 1 -> code.word(0x17 | 5 << 7).i(0x67, 0, 1, 5, body.size() + 8);
      default -> {
        int at = body.size() + 2;
        code.half(0xa001 | (at >>> 4 & 1) << 11 | (at >>> 1 & 7) << 3);
      }
    }
    code.append(body);
  }

  /**
   * lr, something, sc: of one width, as the result for two is nobody's word; mostly one address.
   */
  private void reserve() {
    int base = (int) random.oneOf(SP, GP, S0);
    int width = 2 + random.below(2);
    code.r(0x2f, width, 0x02 << 2, 5, base, 0);
    if (random.oneIn(2)) {
      plain(code);
    }
    int other = random.oneIn(8) ? (int) random.oneOf(SP, GP, S0) : base;
    code.r(0x2f, width, 0x03 << 2, 6, other, random.below(32));
  }

  private void control() {
    int rd = random.oneIn(2) ? 5 : 0;
    switch (random.below(6)) {
      case 0 -> code.i(0x73, 5, rd, random.below(5), 2);
      case 1 -> code.i(0x73, (int) random.oneOf(1, 2, 3), rd, random.below(32), 1);
      case 2 -> code.i(0x73, (int) random.oneOf(5, 6, 7), rd, random.below(32), 1);
      case 3 -> code.i(0x73, (int) random.oneOf(2, 3, 6, 7), 7, 0, (int) random.oneOf(1, 2, 3));
      case 4 -> code.i(0x73, 5, rd, random.below(32), 3);
      default -> code.i(0x73, 6, rd, random.below(32), 3);
    }
  }

  /** Fresh values from memory, or else everything becomes a NaN sooner or later. */
  private void load() {
    int offset = 8 * random.below(200) - 800;
    if (random.oneIn(4)) {
      code.i(0x03, 3, 9 + random.below(22), GP, offset);
    } else {
      code.i(0x07, random.oneIn(3) ? 2 : 3, random.below(32), GP, offset);
    }
  }
}
