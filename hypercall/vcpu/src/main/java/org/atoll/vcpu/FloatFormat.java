package org.atoll.vcpu;

import org.atoll.hypercall.cpu.Hart;

/**
 * A binary floating-point format, and how an exact value becomes a number of it.
 *
 * <p>A number is its bits in a long (a single in the lower 32). An exact finite value is a sign, an
 * exponent and a significand whose highest bit is bit 63: significand / 2<sup>63</sup> *
 * 2<sup>exponent</sup>. A significand that lost bits keeps a 1 in bit 0 for them, which is enough
 * to round correctly in every mode, as the formats have at most 53 bits.
 *
 * @param precision bits of a significand, with the implied one
 * @param minExponent exponent of the smallest normal number
 */
record FloatFormat(int precision, int minExponent) {
  static final FloatFormat SINGLE = new FloatFormat(24, -126);
  static final FloatFormat DOUBLE = new FloatFormat(53, -1022);

  /** Accrued exceptions as in fcsr. */
  static final int INEXACT = 1;

  static final int UNDERFLOW = 2;
  static final int OVERFLOW = 4;
  static final int DIVIDE_BY_ZERO = 8;
  static final int INVALID = 16;

  /** Rounding modes as encoded. */
  static final int NEAREST_EVEN = 0;

  static final int TO_ZERO = 1;
  static final int DOWN = 2;
  static final int UP = 3;
  static final int NEAREST_AWAY = 4;

  private static final long TOP = Long.MIN_VALUE;

  private int fractionBits() {
    return precision - 1;
  }

  /** Bits of positive infinity: the largest exponent, no fraction. */
  long infinity() {
    return (long) (2 * -minExponent + 3) << fractionBits();
  }

  long infinity(boolean negative) {
    return infinity() | zero(negative);
  }

  long zero(boolean negative) {
    return negative ? infinity() + (1L << fractionBits()) : 0;
  }

  long canonicalNan() {
    return infinity() | 1L << precision - 2;
  }

  boolean negative(long bits) {
    return (bits & zero(true)) != 0;
  }

  long magnitude(long bits) {
    return bits & zero(true) - 1;
  }

  boolean isNan(long bits) {
    return magnitude(bits) > infinity();
  }

  boolean isSignalling(long bits) {
    return isNan(bits) && (bits & 1L << precision - 2) == 0;
  }

  boolean isInfinite(long bits) {
    return magnitude(bits) == infinity();
  }

  boolean isZero(long bits) {
    return magnitude(bits) == 0;
  }

  /** Exponent of a finite number that is not zero. */
  int exponent(long bits) {
    long magnitude = magnitude(bits);
    int biased = (int) (magnitude >>> fractionBits());
    return biased == 0
        ? minExponent + 63 - fractionBits() - Long.numberOfLeadingZeros(magnitude)
        : biased - 1 + minExponent;
  }

  /** Significand of a finite number that is not zero. */
  long significand(long bits) {
    long magnitude = magnitude(bits);
    long shifted = magnitude << 64 - precision;
    return magnitude >>> fractionBits() == 0
        ? magnitude << Long.numberOfLeadingZeros(magnitude)
        : shifted | TOP;
  }

  /** Rounds an exact value and accrues what happened: overflow, underflow, inexact. */
  long round(Hart hart, boolean negative, int exponent, long significand, int mode) {
    long kept = significand;
    int at = exponent;
    if (exponent < minExponent) {
      kept = shiftRightJamming(significand, minExponent - exponent);
      at = minExponent;
    }
    long fraction = kept >>> 64 - precision;
    long rest = kept << precision;
    long up = increments(mode, negative, fraction, rest) ? 1 : 0;
    long magnitude = ((long) (at - minExponent) << fractionBits()) + fraction + up;
    if (rest != 0) {
      hart.fcsr |= INEXACT;
      if (tiny(negative, exponent, significand, mode)) {
        hart.fcsr |= UNDERFLOW;
      }
    }
    if (at > -minExponent + 1 || magnitude >= infinity()) {
      hart.fcsr |= OVERFLOW | INEXACT;
      magnitude = overflowsToInfinity(mode, negative) ? infinity() : infinity() - 1;
    }
    return magnitude | zero(negative);
  }

  /** Tininess is detected after rounding, as if the exponent had no lower bound. */
  private boolean tiny(boolean negative, int exponent, long significand, int mode) {
    if (exponent >= minExponent - 1) {
      long fraction = significand >>> 64 - precision;
      boolean carries =
          fraction + 1 == 1L << precision
              && increments(mode, negative, fraction, significand << precision);
      return exponent < minExponent && !carries;
    }
    return true;
  }

  private static boolean overflowsToInfinity(int mode, boolean negative) {
    return switch (mode) {
      case TO_ZERO -> false;
      case DOWN -> negative;
      case UP -> !negative;
      default -> true;
    };
  }

  /**
   * Whether a magnitude is rounded away from zero.
   *
   * @param rest what is cut off, as a fraction of 2<sup>64</sup>
   */
  static boolean increments(int mode, boolean negative, long fraction, long rest) {
    return switch (mode) {
      case NEAREST_EVEN -> rest < 0 && (rest != TOP || (fraction & 1) != 0);
      case TO_ZERO -> false;
      case DOWN -> negative && rest != 0;
      case UP -> !negative && rest != 0;
      default -> rest < 0;
    };
  }

  /** Shifts right; what falls out leaves a 1 in bit 0. */
  static long shiftRightJamming(long bits, int n) {
    if (n == 0) {
      return bits;
    }
    if (n >= 64) {
      return bits == 0 ? 0 : 1;
    }
    return bits >>> n | (bits << 64 - n == 0 ? 0 : 1);
  }
}
