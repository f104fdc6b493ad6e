package org.atoll.vcpu;

import static org.atoll.vcpu.FloatFormat.INEXACT;
import static org.atoll.vcpu.FloatFormat.INVALID;

import org.atoll.hypercall.cpu.Hart;

/**
 * Conversions between a format and integers, and from one format to another (chapter 20.7, 21.5).
 */
record FloatConversions(FloatFormat format) {
  static final FloatConversions SINGLE = new FloatConversions(FloatFormat.SINGLE);
  static final FloatConversions DOUBLE = new FloatConversions(FloatFormat.DOUBLE);

  /** The integer types, in the order in which instructions number them. */
  enum Target {
    WORD(31, true),
    UNSIGNED_WORD(32, false),
    DOUBLEWORD(63, true),
    UNSIGNED_DOUBLEWORD(64, false);

    private final int magnitudeBits;
    private final boolean signed;

    Target(int magnitudeBits, boolean signed) {
      this.magnitudeBits = magnitudeBits;
      this.signed = signed;
    }

    private long largest() {
      return magnitudeBits == 64 ? -1 : (1L << magnitudeBits) - 1;
    }

    private long smallest() {
      return signed ? -1L << magnitudeBits : 0;
    }

    private boolean holds(boolean negative, long magnitude) {
      if (!negative) {
        return Long.compareUnsigned(magnitude, largest()) <= 0;
      }
      return Long.compareUnsigned(magnitude, -smallest()) <= 0;
    }

    /** A word is sign-extended in its register, also an unsigned one. */
    private long register(long value) {
      return magnitudeBits <= 32 ? (int) value : value;
    }
  }

  long toInteger(Hart hart, long a, Target target, int mode) {
    boolean negative = format.negative(a) && !format.isNan(a);
    if (format.isNan(a) || format.isInfinite(a)) {
      return outOfRange(hart, target, negative);
    }
    if (format.isZero(a)) {
      return 0;
    }
    int exponent = format.exponent(a);
    if (exponent > 63) {
      return outOfRange(hart, target, negative);
    }
    long significand = format.significand(a);
    long whole = exponent < 0 ? 0 : significand >>> 63 - exponent;
    long rest = rest(significand, exponent);
    if (FloatFormat.increments(mode, negative, whole, rest)) {
      whole++;
    }
    if (!target.holds(negative, whole)) {
      return outOfRange(hart, target, negative);
    }
    if (rest != 0) {
      hart.fcsr |= INEXACT;
    }
    return target.register(negative ? -whole : whole);
  }

  /** What lies behind the point, as a fraction of 2^64, jammed. */
  private static long rest(long significand, int exponent) {
    if (exponent < 0) {
      return FloatFormat.shiftRightJamming(significand, -1 - exponent);
    }
    return exponent == 63 ? 0 : significand << exponent + 1;
  }

  private static long outOfRange(Hart hart, Target target, boolean negative) {
    hart.fcsr |= INVALID;
    return target.register(negative ? target.smallest() : target.largest());
  }

  long fromSigned(Hart hart, long value, int mode) {
    return fromMagnitude(hart, value < 0, value < 0 ? -value : value, mode);
  }

  long fromUnsigned(Hart hart, long value, int mode) {
    return fromMagnitude(hart, false, value, mode);
  }

  private long fromMagnitude(Hart hart, boolean negative, long magnitude, int mode) {
    if (magnitude == 0) {
      return 0;
    }
    int shift = Long.numberOfLeadingZeros(magnitude);
    return format.round(hart, negative, 63 - shift, magnitude << shift, mode);
  }

  /** A number of another format in this one. */
  long from(Hart hart, FloatFormat other, long a, int mode) {
    if (other.isNan(a)) {
      if (other.isSignalling(a)) {
        hart.fcsr |= INVALID;
      }
      return format.canonicalNan();
    }
    boolean negative = other.negative(a);
    if (other.isInfinite(a)) {
      return format.infinity(negative);
    }
    if (other.isZero(a)) {
      return format.zero(negative);
    }
    return format.round(hart, negative, other.exponent(a), other.significand(a), mode);
  }
}
