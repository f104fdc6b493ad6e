package org.atoll.vcpu;

import static org.atoll.vcpu.FloatFormat.INVALID;

import org.atoll.hypercall.cpu.Hart;

/**
 * What compares and classifies numbers of a format, and takes or gives a sign (chapter 20.5 to
 * 20.9).
 */
record FloatTests(FloatFormat format) {
  static final FloatTests SINGLE = new FloatTests(FloatFormat.SINGLE);
  static final FloatTests DOUBLE = new FloatTests(FloatFormat.DOUBLE);

  /** The first number with the sign that the operation makes of both: copied, inverted, xored. */
  long injectSign(int operation, long a, long b) {
    long sign = format.zero(true);
    long given =
        switch (operation) {
          case Op.FSGNJ_D, Op.FSGNJ_S -> b;
          case Op.FSGNJN_D, Op.FSGNJN_S -> ~b;
          default -> a ^ b;
        };
    return a & ~sign | given & sign;
  }

  /** minimumNumber of IEEE 754-2019: a NaN loses against a number, and -0 is below +0. */
  long minimum(Hart hart, long a, long b) {
    return choose(hart, a, b, true);
  }

  /** maximumNumber of IEEE 754-2019. */
  long maximum(Hart hart, long a, long b) {
    return choose(hart, a, b, false);
  }

  private long choose(Hart hart, long a, long b, boolean smaller) {
    if (format.isSignalling(a) || format.isSignalling(b)) {
      hart.fcsr |= INVALID;
    }
    if (format.isNan(a)) {
      return format.isNan(b) ? format.canonicalNan() : b;
    }
    if (format.isNan(b)) {
      return a;
    }
    return order(a) < order(b) == smaller ? a : b;
  }

  /** An integer that is ordered as the numbers are, with -0 just below +0. */
  private long order(long bits) {
    long magnitude = format.magnitude(bits);
    return format.negative(bits) ? ~magnitude : magnitude;
  }

  boolean equal(Hart hart, long a, long b) {
    if (format.isNan(a) || format.isNan(b)) {
      if (format.isSignalling(a) || format.isSignalling(b)) {
        hart.fcsr |= INVALID;
      }
      return false;
    }
    return a == b || format.magnitude(a | b) == 0;
  }

  boolean less(Hart hart, long a, long b) {
    return ordered(hart, a, b) && order(a) < order(b) && format.magnitude(a | b) != 0;
  }

  boolean lessOrEqual(Hart hart, long a, long b) {
    return ordered(hart, a, b) && (order(a) <= order(b) || format.magnitude(a | b) == 0);
  }

  private boolean ordered(Hart hart, long a, long b) {
    boolean ordered = !format.isNan(a) && !format.isNan(b);
    if (!ordered) {
      hart.fcsr |= INVALID;
    }
    return ordered;
  }

  /** The one bit of ten that says what a number is. */
  long classify(long a) {
    boolean negative = format.negative(a);
    if (format.isNan(a)) {
      return format.isSignalling(a) ? 1 << 8 : 1 << 9;
    }
    if (format.isInfinite(a)) {
      return negative ? 1 : 1 << 7;
    }
    if (format.isZero(a)) {
      return negative ? 1 << 3 : 1 << 4;
    }
    if (format.exponent(a) < format.minExponent()) {
      return negative ? 1 << 2 : 1 << 5;
    }
    return negative ? 1 << 1 : 1 << 6;
  }
}
