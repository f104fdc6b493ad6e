package org.atoll.vcpu;

import org.atoll.hypercall.cpu.Hart;
import org.atoll.vcpu.FloatConversions.Target;

/**
 * The F and D extensions (chapters 20 and 21): finds operands, rounding mode and unit for each
 * instruction, and puts the result where it belongs.
 *
 * <p>A single in a register is boxed: the upper half is all ones. One that is not counts as the
 * canonical NaN.
 */
final class FloatUnit {
  private static final int DYNAMIC = 7;
  private static final int LARGEST_MODE = 4;
  private static final long BOX = 0xffff_ffff_0000_0000L;
  private static final Target[] TARGETS = Target.values();

  private FloatUnit() {}

  /** Executes a floating-point instruction; answers false when its rounding mode is reserved. */
  static boolean execute(Hart hart, long packed) {
    int op = Packed.op(packed);
    if (op >= Op.FSGNJ_D) {
      if (op >= Op.FSGNJ_S) {
        exactSingle(hart, packed, op);
      } else {
        exactDouble(hart, packed, op);
      }
      return true;
    }
    int mode = Packed.rounding(packed);
    if (mode == DYNAMIC) {
      mode = hart.fcsr >>> 5;
    }
    if (mode > LARGEST_MODE) {
      return false;
    }
    if (op >= Op.FCVT_W_S) {
      convertSingle(hart, packed, mode);
    } else if (op >= Op.FADD_S) {
      single(hart, packed, mode);
    } else if (op >= Op.FCVT_W_D) {
      convertDouble(hart, packed, mode);
    } else {
      arithmetic(hart, packed, mode);
    }
    return true;
  }

  private static void arithmetic(Hart hart, long packed, int mode) {
    long[] f = hart.f;
    long a = f[Packed.rs1(packed)];
    long b = f[Packed.rs2(packed)];
    long sign = Long.MIN_VALUE;
    f[Packed.rd(packed)] =
        switch (Packed.op(packed)) {
          case Op.FADD_D -> DoubleUnit.add(hart, a, b, mode);
          case Op.FSUB_D -> DoubleUnit.subtract(hart, a, b, mode);
          case Op.FMUL_D -> DoubleUnit.multiply(hart, a, b, mode);
          case Op.FDIV_D -> DoubleUnit.divide(hart, a, b, mode);
          case Op.FSQRT_D -> DoubleUnit.squareRoot(hart, a, mode);
          case Op.FMADD_D -> DoubleUnit.fuse(hart, a, b, third(f, packed), mode);
          case Op.FMSUB_D -> DoubleUnit.fuse(hart, a, b, third(f, packed) ^ sign, mode);
          case Op.FNMSUB_D -> DoubleUnit.fuse(hart, a ^ sign, b, third(f, packed), mode);
          default -> DoubleUnit.fuse(hart, a ^ sign, b, third(f, packed) ^ sign, mode);
        };
  }

  private static long third(long[] f, long packed) {
    return f[Packed.immediate(packed)];
  }

  private static void single(Hart hart, long packed, int mode) {
    long[] f = hart.f;
    long a = unboxed(f[Packed.rs1(packed)]);
    long b = unboxed(f[Packed.rs2(packed)]);
    long c = unboxed(f[Packed.immediate(packed)]);
    long sign = 0x8000_0000L;
    f[Packed.rd(packed)] =
        BOX
            | switch (Packed.op(packed)) {
              case Op.FADD_S -> SingleUnit.add(hart, a, b, mode);
              case Op.FSUB_S -> SingleUnit.subtract(hart, a, b, mode);
              case Op.FMUL_S -> SingleUnit.multiply(hart, a, b, mode);
              case Op.FDIV_S -> SingleUnit.divide(hart, a, b, mode);
              case Op.FSQRT_S -> SingleUnit.squareRoot(hart, a, mode);
              case Op.FMADD_S -> SingleUnit.fuse(hart, a, b, c, mode);
              case Op.FMSUB_S -> SingleUnit.fuse(hart, a, b, c ^ sign, mode);
              case Op.FNMSUB_S -> SingleUnit.fuse(hart, a ^ sign, b, c, mode);
              default -> SingleUnit.fuse(hart, a ^ sign, b, c ^ sign, mode);
            };
  }

  private static long unboxed(long bits) {
    return (bits & BOX) == BOX ? bits & ~BOX : FloatFormat.SINGLE.canonicalNan();
  }

  private static void convertDouble(Hart hart, long packed, int mode) {
    int op = Packed.op(packed);
    if (op <= Op.FCVT_LU_D) {
      long a = hart.f[Packed.rs1(packed)];
      Target target = TARGETS[op - Op.FCVT_W_D];
      hart.x[Packed.rd(packed)] = FloatConversions.DOUBLE.toInteger(hart, a, target, mode);
    } else if (op == Op.FCVT_D_S) {
      long a = unboxed(hart.f[Packed.rs1(packed)]);
      hart.f[Packed.rd(packed)] = FloatConversions.DOUBLE.from(hart, FloatFormat.SINGLE, a, mode);
    } else {
      hart.f[Packed.rd(packed)] =
          fromInteger(hart, FloatConversions.DOUBLE, op - Op.FCVT_D_W, packed, mode);
    }
  }

  private static void convertSingle(Hart hart, long packed, int mode) {
    int op = Packed.op(packed);
    if (op <= Op.FCVT_LU_S) {
      long a = unboxed(hart.f[Packed.rs1(packed)]);
      Target target = TARGETS[op - Op.FCVT_W_S];
      hart.x[Packed.rd(packed)] = FloatConversions.SINGLE.toInteger(hart, a, target, mode);
    } else if (op == Op.FCVT_S_D) {
      long a = hart.f[Packed.rs1(packed)];
      hart.f[Packed.rd(packed)] =
          BOX | FloatConversions.SINGLE.from(hart, FloatFormat.DOUBLE, a, mode);
    } else {
      hart.f[Packed.rd(packed)] =
          BOX | fromInteger(hart, FloatConversions.SINGLE, op - Op.FCVT_S_W, packed, mode);
    }
  }

  private static long fromInteger(
      Hart hart, FloatConversions to, int source, long packed, int mode) {
    long value = hart.x[Packed.rs1(packed)];
    return switch (TARGETS[source]) {
      case WORD -> to.fromSigned(hart, value << 32 >> 32, mode);
      case UNSIGNED_WORD -> to.fromUnsigned(hart, value & 0xffff_ffffL, mode);
      case DOUBLEWORD -> to.fromSigned(hart, value, mode);
      case UNSIGNED_DOUBLEWORD -> to.fromUnsigned(hart, value, mode);
    };
  }

  private static void exactDouble(Hart hart, long packed, int op) {
    long[] f = hart.f;
    int rd = Packed.rd(packed);
    long a = f[Packed.rs1(packed)];
    long b = f[Packed.rs2(packed)];
    FloatTests tests = FloatTests.DOUBLE;
    switch (op) {
      case Op.FSGNJ_D, Op.FSGNJN_D, Op.FSGNJX_D -> f[rd] = tests.injectSign(op, a, b);
      case Op.FMIN_D -> f[rd] = tests.minimum(hart, a, b);
      case Op.FMAX_D -> f[rd] = tests.maximum(hart, a, b);
      case Op.FEQ_D -> hart.x[rd] = tests.equal(hart, a, b) ? 1 : 0;
      case Op.FLT_D -> hart.x[rd] = tests.less(hart, a, b) ? 1 : 0;
      case Op.FLE_D -> hart.x[rd] = tests.lessOrEqual(hart, a, b) ? 1 : 0;
      case Op.FCLASS_D -> hart.x[rd] = tests.classify(a);
      case Op.FMV_X_D -> hart.x[rd] = a;
      default -> f[rd] = hart.x[Packed.rs1(packed)];
    }
  }

  private static void exactSingle(Hart hart, long packed, int op) {
    long[] f = hart.f;
    int rd = Packed.rd(packed);
    long a = unboxed(f[Packed.rs1(packed)]);
    long b = unboxed(f[Packed.rs2(packed)]);
    FloatTests tests = FloatTests.SINGLE;
    switch (op) {
      case Op.FSGNJ_S, Op.FSGNJN_S, Op.FSGNJX_S -> f[rd] = BOX | tests.injectSign(op, a, b) & ~BOX;
      case Op.FMIN_S -> f[rd] = BOX | tests.minimum(hart, a, b);
      case Op.FMAX_S -> f[rd] = BOX | tests.maximum(hart, a, b);
      case Op.FEQ_S -> hart.x[rd] = tests.equal(hart, a, b) ? 1 : 0;
      case Op.FLT_S -> hart.x[rd] = tests.less(hart, a, b) ? 1 : 0;
      case Op.FLE_S -> hart.x[rd] = tests.lessOrEqual(hart, a, b) ? 1 : 0;
      case Op.FCLASS_S -> hart.x[rd] = tests.classify(a);
      case Op.FMV_X_W -> hart.x[rd] = (int) f[Packed.rs1(packed)];
      default -> f[rd] = BOX | hart.x[Packed.rs1(packed)] & ~BOX;
    }
  }
}
