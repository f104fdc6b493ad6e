package org.atoll.vcpu;

import org.atoll.hypercall.cpu.Hart;

/**
 * The control and status registers of user mode (chapters 6, 8 and 20.2).
 *
 * <p>{@code cycle}, {@code time} and {@code instret} all count retired instructions: a hart has no
 * clock of its own, and a replayed one must read the same numbers.
 */
final class ControlRegisters {
  private static final int FFLAGS = 0x001;
  private static final int FRM = 0x002;
  private static final int FCSR = 0x003;
  private static final int CYCLE = 0xc00;
  private static final int TIME = 0xc01;
  private static final int INSTRET = 0xc02;

  private ControlRegisters() {}

  /** Executes a CSR instruction; answers false when it is illegal. */
  static boolean execute(Hart hart, long packed, long retired) {
    int op = Packed.op(packed);
    int register = Packed.immediate(packed);
    int source = Packed.rs1(packed);
    boolean immediate = op >= Op.CSRRWI;
    boolean swap = op == Op.CSRRW || op == Op.CSRRWI;
    boolean writes = swap || source != 0;
    if (!exists(register) || writes && register >= CYCLE) {
      return false;
    }
    long operand = immediate ? source : hart.x[source];
    long old = read(hart, register, retired);
    if (writes) {
      boolean set = op == Op.CSRRS || op == Op.CSRRSI;
      write(hart, register, (int) (swap ? operand : set ? old | operand : old & ~operand));
    }
    hart.x[Packed.rd(packed)] = old;
    return true;
  }

  private static boolean exists(int register) {
    return switch (register) {
      case FFLAGS, FRM, FCSR, CYCLE, TIME, INSTRET -> true;
      default -> false;
    };
  }

  private static long read(Hart hart, int register, long retired) {
    return switch (register) {
      case FFLAGS -> hart.fcsr & 31;
      case FRM -> hart.fcsr >>> 5;
      case FCSR -> hart.fcsr;
      default -> retired;
    };
  }

  private static void write(Hart hart, int register, int value) {
    hart.fcsr =
        switch (register) {
          case FFLAGS -> hart.fcsr & 0xe0 | value & 31;
          case FRM -> hart.fcsr & 31 | (value & 7) << 5;
          default -> value & 0xff;
        };
  }
}
