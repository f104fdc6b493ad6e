package org.atoll.vcpu;

/** Division and the upper halves of products, as the M extension wants them (chapter 12). */
final class IntegerUnit {
  private IntegerUnit() {}

  static long multiplyHighOrDivide(int op, long a, long b) {
    return switch (op) {
      case Op.MULH -> Math.multiplyHigh(a, b);
      case Op.MULHU -> Math.unsignedMultiplyHigh(a, b);
      case Op.MULHSU -> Math.multiplyHigh(a, b) + (b < 0 ? a : 0);
      case Op.DIV -> b == 0 ? -1 : a / b;
      case Op.DIVU -> b == 0 ? -1 : Long.divideUnsigned(a, b);
      case Op.REM -> b == 0 ? a : a % b;
      case Op.REMU -> b == 0 ? a : Long.remainderUnsigned(a, b);
      default -> throw new IllegalArgumentException("operation " + op);
    };
  }

  static long divideWords(int op, int a, int b) {
    return switch (op) {
      case Op.DIVW -> b == 0 ? -1 : a / b;
      case Op.DIVUW -> b == 0 ? -1 : Integer.divideUnsigned(a, b);
      case Op.REMW -> b == 0 ? a : a % b;
      case Op.REMUW -> b == 0 ? a : Integer.remainderUnsigned(a, b);
      default -> throw new IllegalArgumentException("operation " + op);
    };
  }
}
