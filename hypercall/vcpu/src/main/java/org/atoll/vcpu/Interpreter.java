package org.atoll.vcpu;

import static org.atoll.hypercall.memory.HostMemory.EVERYTHING;
import static org.atoll.vcpu.DataTranslations.FAULT;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import org.atoll.abi.Trap;
import org.atoll.hypercall.cpu.Engine;
import org.atoll.hypercall.cpu.Hart;
import org.atoll.hypercall.memory.AddressSpace;

/**
 * The interpreter of RV64GC user mode.
 *
 * <p>The pc is kept as a page and a slot in it. The inner loop executes what is decoded within a
 * page; it is left, and entered again, where the next slot is in another page, is not decoded yet,
 * or holds an instruction that straddles two pages. One counter is the quantum and the number of
 * retired instructions at once.
 *
 * <p>Tried and left out, on InterpreterBenchmark's kernels: decoded runs in dense arrays, so that
 * the next instruction is the next element whatever its length (276 against 342 million
 * instructions a second: it takes more locals than the JIT has registers for).
 *
 * <p>Owner: one CPU.
 */
public final class Interpreter implements Engine {
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final long PAGE = -4096;
  private static final long BOX = 0xffff_ffff_0000_0000L;

  private final Translations translations;

  /** An interpreter of everything that RV64GC has in user mode. */
  public Interpreter() {
    this(InstructionTable.RV64GC);
  }

  Interpreter(InstructionTable table) {
    this.translations = new Translations(table);
  }

  /*
   * The length of this method is its speed: one frame, everything in locals, and still under the
   * 8000 bytes of bytecode above which HotSpot compiles nothing. Cases that would share an
   * expression are one case (or spell it differently), because the JIT hoists what cases share
   * above the jump; with that undone the loop ran 1.5 times as fast (InterpreterBenchmark).
   */
  @Override
  public int run(Hart hart, AddressSpace space, int quantumInstructions) {
    final Translations.OfSpace entered = translations.enter(space);
    final DataTranslations data = entered.data;
    final CodeTranslations codes = entered.codes;
    final long[] readTags = data.readTags;
    final long[] writeTags = data.writeTags;
    final long[] distances = data.distances;
    final long[] x = hart.x;
    final long[] f = hart.f;
    final int m = x.length - 1;
    final int fm = f.length - 1;
    final long retired = hart.retired;
    long base = hart.pc & PAGE;
    int slot = (int) (hart.pc & ~PAGE) >>> 1;
    int next = slot;
    int left = quantumInstructions;
    int trap = Trap.QUANTUM_OVER;

    run:
    while (left > 0) {
      long pc = base + 2L * slot;
      base = pc & PAGE;
      slot = (int) (pc & ~PAGE) >>> 1;
      long[] code = codes.code(base);
      if (code.length == 0 || Packed.op(code[slot]) <= Op.STRADDLES) {
        code = codes.prepare(pc);
        if (code.length == 0) {
          trap = Trap.FETCH_FAULT;
          break;
        }
      }

      inner:
      for (; left > 0; left--, slot = next) {
        if (slot < 0 || slot >= code.length) {
          break;
        }
        final long packed = code[slot];
        final int w = (int) packed;
        final long imm = packed >> Packed.IMMEDIATE;
        final int rd = w >>> Packed.RD & m;
        final long a = x[w >>> Packed.RS1 & m];
        final long b = x[w >>> Packed.RS2 & m];
        final long h;
        next = slot + (w >>> Packed.LENGTH & 3);

        switch (w & 0xff) {
          case Op.UNDECODED, Op.STRADDLES -> {
            break inner;
          }

          case Op.LUI -> x[rd] = imm;
          case Op.AUIPC -> x[rd] = base + imm;
          case Op.JAL -> {
            x[rd] = base + 2L * slot + 4;
            next = (int) imm;
          }
          case Op.JALR -> {
            long target = a + imm & -2;
            x[rd] = base + 2L * next;
            next = ((int) target & 4094) >>> 1;
            if ((target ^ base) >>> 12 != 0) {
              base = target >> 12 << 12;
              code = codes.code(base);
            }
          }
          case Op.BEQ -> {
            if (a == b) {
              next = (int) imm;
            }
          }
          case Op.BNE -> {
            if (a != b) {
              next = (int) imm;
            }
          }
          case Op.BLT -> {
            if (a < b) {
              next = (int) imm;
            }
          }
          case Op.BGE -> {
            if (a >= b) {
              next = (int) imm;
            }
          }
          case Op.BLTU -> {
            if (Long.compareUnsigned(a, b) < 0) {
              next = (int) imm;
            }
          }
          case Op.BGEU -> {
            if (Long.compareUnsigned(a, b) >= 0) {
              next = (int) imm;
            }
          }

          case Op.LB, Op.LBU -> {
            if ((h = data.readable1(a + imm, readTags, distances)) == FAULT) {
              trap = Trap.LOAD_FAULT;
              break run;
            }
            {
              byte value = EVERYTHING.get(BYTE, h);
              x[rd] = (w & 0xff) == Op.LB ? value : value & 0xff;
            }
          }
          case Op.LH, Op.LHU -> {
            if ((h = data.readable2(a + imm, readTags, distances)) == FAULT) {
              trap = Trap.LOAD_FAULT;
              break run;
            }
            {
              short value = EVERYTHING.get(SHORT, h);
              x[rd] = (w & 0xff) == Op.LH ? value : value & 0xffff;
            }
          }
          case Op.LW, Op.LWU, Op.FLW -> {
            if ((h = data.readable4(a + imm, readTags, distances)) == FAULT) {
              trap = Trap.LOAD_FAULT;
              break run;
            }
            {
              int value = EVERYTHING.get(INT, h);
              if ((w & 0xff) == Op.LW) {
                x[rd] = value;
              } else if ((w & 0xff) == Op.LWU) {
                x[rd] = value & 0xffff_ffffL;
              } else {
                f[w >>> Packed.RD & fm] = value | BOX;
              }
            }
          }
          case Op.LD, Op.FLD -> {
            if ((h = data.readable8(a + imm, readTags, distances)) == FAULT) {
              trap = Trap.LOAD_FAULT;
              break run;
            }
            {
              long value = EVERYTHING.get(LONG, h);
              if ((w & 0xff) == Op.LD) {
                x[rd] = value;
              } else {
                f[w >>> Packed.RD & fm] = value;
              }
            }
          }

          case Op.SB -> {
            if ((h = data.writable1(a + imm, writeTags, distances, b)) == FAULT) {
              trap = Trap.STORE_FAULT;
              break run;
            }
            EVERYTHING.set(BYTE, h, (byte) b);
          }
          case Op.SH -> {
            if ((h = data.writable2(a + imm, writeTags, distances, b)) == FAULT) {
              trap = Trap.STORE_FAULT;
              break run;
            }
            EVERYTHING.set(SHORT, h, (short) b);
          }
          case Op.SW, Op.FSW -> {
            long value = (w & 0xff) == Op.SW ? b : f[w >>> Packed.RS2 & fm];
            if ((h = data.writable4(a + imm, writeTags, distances, value)) == FAULT) {
              trap = Trap.STORE_FAULT;
              break run;
            }
            EVERYTHING.set(INT, h, (int) value);
          }
          case Op.SD, Op.FSD -> {
            long value = (w & 0xff) == Op.SD ? b : f[w >>> Packed.RS2 & fm];
            if ((h = data.writable8(a + imm, writeTags, distances, value)) == FAULT) {
              trap = Trap.STORE_FAULT;
              break run;
            }
            EVERYTHING.set(LONG, h, value);
          }

          case Op.ADDI -> x[rd] = a + imm;
          case Op.SLTI -> x[rd] = a < imm ? 1 : 0;
          case Op.SLTIU -> x[rd] = Long.compareUnsigned(a, imm) < 0 ? 1 : 0;
          case Op.XORI -> x[rd] = a ^ imm;
          case Op.ORI -> x[rd] = a | imm;
          case Op.ANDI -> x[rd] = a & imm;
          case Op.SLLI -> x[rd] = a << imm;
          case Op.SRLI -> x[rd] = a >>> imm;
          case Op.SRAI -> x[rd] = a >> imm;
          case Op.ADD -> x[rd] = a + b;
          case Op.SUB -> x[rd] = a - b;
          case Op.SLL -> x[rd] = a << b;
          case Op.SLT -> x[rd] = a < b ? 1 : 0;
          case Op.SLTU -> x[rd] = Long.compareUnsigned(a, b) < 0 ? 1 : 0;
          case Op.XOR -> x[rd] = a ^ b;
          case Op.SRL -> x[rd] = a >>> b;
          case Op.SRA -> x[rd] = a >> b;
          case Op.OR -> x[rd] = a | b;
          case Op.AND -> x[rd] = a & b;
          case Op.ADDIW -> x[rd] = signExtended((int) a + (int) imm);
          case Op.SLLIW -> x[rd] = signExtended((int) a << (int) imm);
          case Op.SRLIW -> x[rd] = signExtended((int) a >>> (int) imm);
          case Op.SRAIW -> x[rd] = signExtended((int) a >> (int) imm);
          case Op.ADDW -> x[rd] = signExtended((int) a + (int) b);
          case Op.SUBW -> x[rd] = signExtended((int) a - (int) b);
          case Op.SLLW -> x[rd] = signExtended((int) a << (int) b);
          case Op.SRLW -> x[rd] = signExtended((int) a >>> (int) b);
          case Op.SRAW -> x[rd] = signExtended((int) a >> (int) b);
          case Op.MUL -> x[rd] = a * b;
          case Op.MULW -> x[rd] = signExtended((int) a * (int) b);
          case Op.MULH, Op.MULHSU, Op.MULHU, Op.DIV, Op.DIVU, Op.REM, Op.REMU ->
              x[rd] = IntegerUnit.multiplyHighOrDivide(w & 0xff, a, b);
          case Op.DIVW, Op.DIVUW, Op.REMW, Op.REMUW ->
              x[rd] = IntegerUnit.divideWords(w & 0xff, (int) a, (int) b);

          case Op.FENCE -> VarHandle.fullFence();
          case Op.FENCE_I -> {
            codes.fence();
            code = CodeTranslations.ABSENT;
          }
          case Op.ECALL -> {
            trap = Trap.ECALL;
            break run;
          }
          case Op.EBREAK -> {
            trap = Trap.BREAKPOINT;
            break run;
          }
          case Op.ILLEGAL -> {
            trap = Trap.ILLEGAL_INSTRUCTION;
            break run;
          }
          default -> {
            if ((trap = rare(hart, packed, retired + quantumInstructions - left)) != 0) {
              break run;
            }
          }
        }
      }
    }
    hart.pc = base + 2L * slot;
    hart.retired = retired + quantumInstructions - left;
    return trap == Trap.QUANTUM_OVER ? trap : trapped(hart, trap);
  }

  private static long signExtended(int word) {
    return word;
  }

  /** What the dispatch loop does not know. Answers a trap, or 0 when the instruction is done. */
  private int rare(Hart hart, long packed, long retired) {
    int op = Packed.op(packed);
    if (op >= Op.FADD_D) {
      return FloatUnit.execute(hart, packed) ? 0 : Trap.ILLEGAL_INSTRUCTION;
    }
    if (op >= Op.LR_W) {
      return translations.last().atomics.execute(hart, packed);
    }
    return ControlRegisters.execute(hart, packed, retired) ? 0 : Trap.ILLEGAL_INSTRUCTION;
  }

  /** Leaves a run with a trap: a reservation does not outlive it. */
  private int trapped(Hart hart, int trap) {
    hart.dropReservation();
    switch (trap) {
      case Trap.LOAD_FAULT, Trap.STORE_FAULT, Trap.MISALIGNED_ATOMIC ->
          hart.trapValue = translations.last().data.faultAddress();
      case Trap.FETCH_FAULT -> hart.trapValue = translations.last().codes.faultAddress();
      case Trap.ILLEGAL_INSTRUCTION -> hart.trapValue = translations.last().codes.bits(hart.pc);
      default -> {}
    }
    return trap;
  }
}
