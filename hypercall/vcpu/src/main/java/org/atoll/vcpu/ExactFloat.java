package org.atoll.vcpu;

import static org.atoll.vcpu.FloatFormat.DIVIDE_BY_ZERO;
import static org.atoll.vcpu.FloatFormat.DOWN;
import static org.atoll.vcpu.FloatFormat.INVALID;

import org.atoll.hypercall.cpu.Hart;

/**
 * Arithmetic of a format in every rounding mode with all exceptions, by integers alone.
 *
 * <p>Each operation first settles NaNs, infinities and zeros, then computes an exact value (or one
 * whose lost bits are kept in bit 0), which {@link FloatFormat#round} makes a number. This is the
 * slow way; {@link DoubleUnit} and {@link SingleUnit} take it when the host's own arithmetic cannot
 * tell everything.
 */
record ExactFloat(FloatFormat format) {
  static final ExactFloat SINGLE = new ExactFloat(FloatFormat.SINGLE);
  static final ExactFloat DOUBLE = new ExactFloat(FloatFormat.DOUBLE);

  /** Zero bits below a significand that make room for the carry of a sum. */
  private static final int HEADROOM = 2;

  /** The canonical NaN, with "invalid" when it is not only handed on. */
  private long nan(Hart hart, boolean invalid) {
    if (invalid) {
      hart.fcsr |= INVALID;
    }
    return format.canonicalNan();
  }

  private boolean anyNan(long a, long b) {
    return format.isNan(a) || format.isNan(b);
  }

  private boolean anySignalling(long a, long b) {
    return format.isSignalling(a) || format.isSignalling(b);
  }

  long add(Hart hart, long a, long b, int mode) {
    if (anyNan(a, b)) {
      return nan(hart, anySignalling(a, b));
    }
    boolean aNegative = format.negative(a);
    boolean bNegative = format.negative(b);
    if (format.isInfinite(a)) {
      return format.isInfinite(b) && aNegative != bNegative ? nan(hart, true) : a;
    }
    if (format.isInfinite(b)) {
      return b;
    }
    if (format.isZero(a)) {
      return format.isZero(b) ? format.zero(zeroSum(aNegative, bNegative, mode)) : b;
    }
    if (format.isZero(b)) {
      return a;
    }
    return format.magnitude(a) >= format.magnitude(b)
        ? addOrdered(hart, a, b, mode)
        : addOrdered(hart, b, a, mode);
  }

  long subtract(Hart hart, long a, long b, int mode) {
    return add(hart, a, format.isNan(b) ? b : b ^ format.zero(true), mode);
  }

  /** The sign of an exact zero that is a sum. */
  private static boolean zeroSum(boolean aNegative, boolean bNegative, int mode) {
    return aNegative == bNegative ? aNegative : mode == DOWN;
  }

  private long addOrdered(Hart hart, long large, long small, int mode) {
    boolean negative = format.negative(large);
    int exponent = format.exponent(large);
    long a = format.significand(large) >>> HEADROOM;
    long b =
        FloatFormat.shiftRightJamming(
            format.significand(small) >>> HEADROOM, exponent - format.exponent(small));
    long sum = negative == format.negative(small) ? a + b : a - b;
    if (sum == 0) {
      return format.zero(mode == DOWN);
    }
    int shift = Long.numberOfLeadingZeros(sum);
    return format.round(hart, negative, exponent + HEADROOM - shift, sum << shift, mode);
  }

  long multiply(Hart hart, long a, long b, int mode) {
    if (anyNan(a, b)) {
      return nan(hart, anySignalling(a, b));
    }
    boolean negative = format.negative(a) != format.negative(b);
    if (format.isInfinite(a) || format.isInfinite(b)) {
      boolean invalid = format.isZero(a) || format.isZero(b);
      return invalid ? nan(hart, true) : format.infinity(negative);
    }
    if (format.isZero(a) || format.isZero(b)) {
      return format.zero(negative);
    }
    long x = format.significand(a);
    long y = format.significand(b);
    long high = Math.unsignedMultiplyHigh(x, y) | (x * y == 0 ? 0 : 1);
    int shift = high < 0 ? 0 : 1;
    int exponent = format.exponent(a) + format.exponent(b) + 1 - shift;
    return format.round(hart, negative, exponent, high << shift, mode);
  }

  long divide(Hart hart, long a, long b, int mode) {
    if (anyNan(a, b)) {
      return nan(hart, anySignalling(a, b));
    }
    boolean negative = format.negative(a) != format.negative(b);
    if (format.isInfinite(a)) {
      return format.isInfinite(b) ? nan(hart, true) : format.infinity(negative);
    }
    if (format.isInfinite(b)) {
      return format.zero(negative);
    }
    if (format.isZero(b)) {
      if (format.isZero(a)) {
        return nan(hart, true);
      }
      hart.fcsr |= DIVIDE_BY_ZERO;
      return format.infinity(negative);
    }
    if (format.isZero(a)) {
      return format.zero(negative);
    }
    long quotient = quotient(format.significand(a), format.significand(b));
    int shift = quotient < 0 ? 0 : 1;
    int exponent = format.exponent(a) - format.exponent(b) - shift;
    return format.round(hart, negative, exponent, quotient << shift, mode);
  }

  /** a / b, both with bit 63 set, as one bit before the point and 63 after it, jammed. */
  private static long quotient(long a, long b) {
    long rest = a >>> 1;
    long divisor = b >>> 1;
    long quotient = 0;
    for (int i = 0; i < 64; i++) {
      quotient <<= 1;
      if (Long.compareUnsigned(rest, divisor) >= 0) {
        rest -= divisor;
        quotient |= 1;
      }
      rest <<= 1;
    }
    return quotient | (rest == 0 ? 0 : 1);
  }

  long squareRoot(Hart hart, long a, int mode) {
    if (format.isNan(a)) {
      return nan(hart, format.isSignalling(a));
    }
    if (format.isZero(a)) {
      return a;
    }
    if (format.negative(a)) {
      return nan(hart, true);
    }
    if (format.isInfinite(a)) {
      return a;
    }
    int exponent = format.exponent(a);
    return format.round(
        hart, false, exponent >> 1, root(format.significand(a), exponent & 1), mode);
  }

  /**
   * The square root of significand / 2<sup>63</sup> * 2<sup>odd</sup>, which is in [1, 4), jammed.
   * Digit by digit: {@code rest} is what is left of the radicand, scaled with each digit.
   */
  private static long root(long significand, int odd) {
    // The first pair of digits is the integer part: one digit when even, two when odd.
    int first = 1 + odd;
    long high = significand >>> 64 - first;
    long low = significand << first;
    long root = 0;
    for (int i = 0; i < 60; i++) {
      long trial = root << 2 | 1;
      root <<= 1;
      if (high >= trial) {
        high -= trial;
        root |= 1;
      }
      high = high << 2 | low >>> 62;
      low <<= 2;
    }
    return root << 4 | (high == 0 && low == 0 ? 0 : 1);
  }

  /** a * b + c with one rounding. */
  long fuse(Hart hart, long a, long b, long c, int mode) {
    boolean negative = format.negative(a) != format.negative(b);
    boolean product = format.isInfinite(a) || format.isInfinite(b);
    boolean invalid = product && (format.isZero(a) || format.isZero(b));
    if (anyNan(a, b) || format.isNan(c) || invalid) {
      return nan(hart, invalid || anySignalling(a, b) || format.isSignalling(c));
    }
    if (product) {
      boolean against = format.isInfinite(c) && format.negative(c) != negative;
      return against ? nan(hart, true) : format.infinity(negative);
    }
    if (format.isInfinite(c)) {
      return c;
    }
    if (format.isZero(a) || format.isZero(b)) {
      return format.isZero(c) ? format.zero(zeroSum(negative, format.negative(c), mode)) : c;
    }
    return new WideSum(format).of(hart, a, b, c, mode);
  }
}
