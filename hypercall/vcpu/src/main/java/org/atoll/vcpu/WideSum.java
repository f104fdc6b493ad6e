package org.atoll.vcpu;

import static org.atoll.vcpu.FloatFormat.DOWN;

import org.atoll.hypercall.cpu.Hart;

/**
 * The sum of a product and a number, both finite and the product not zero, rounded once.
 *
 * <p>The product of two significands has at most 106 bits, so 128 bits (two longs, the value's
 * highest bit at bit 125 or 126) hold it exactly with room for a carry. The addend is brought to
 * the same scale; bits that fall out below leave a 1 in bit 0.
 */
record WideSum(FloatFormat format) {
  long of(Hart hart, long a, long b, long c, int mode) {
    boolean negative = format.negative(a) != format.negative(b);
    long x = format.significand(a) >>> 1;
    long y = format.significand(b) >>> 1;
    long high = Math.multiplyHigh(x, y);
    long low = x * y;
    // Bit 124 of the product has the weight of this exponent.
    int exponent = format.exponent(a) + format.exponent(b);
    if (format.isZero(c)) {
      return round(hart, negative, exponent, high, low, mode);
    }
    boolean addendNegative = format.negative(c);
    long addendHigh = format.significand(c) >>> 3;
    long addendLow = format.significand(c) << 61;
    int apart = exponent - format.exponent(c);
    if (apart >= 0) {
      long shifted = shiftLow(addendHigh, addendLow, apart);
      addendHigh = shiftHigh(addendHigh, apart);
      addendLow = shifted;
    } else {
      long shifted = shiftLow(high, low, -apart);
      high = shiftHigh(high, -apart);
      low = shifted;
      exponent = format.exponent(c);
    }
    return negative == addendNegative
        ? sum(hart, negative, exponent, high, low, addendHigh, addendLow, mode)
        : difference(hart, negative, exponent, high, low, addendHigh, addendLow, mode);
  }

  private long sum(
      Hart hart, boolean negative, int exponent, long ah, long al, long bh, long bl, int mode) {
    long low = al + bl;
    long carry = Long.compareUnsigned(low, al) < 0 ? 1 : 0;
    return round(hart, negative, exponent, ah + bh + carry, low, mode);
  }

  private long difference(
      Hart hart, boolean negative, int exponent, long ah, long al, long bh, long bl, int mode) {
    if (ah < bh || ah == bh && Long.compareUnsigned(al, bl) < 0) {
      return difference(hart, !negative, exponent, bh, bl, ah, al, mode);
    }
    long borrow = Long.compareUnsigned(al, bl) < 0 ? 1 : 0;
    long high = ah - bh - borrow;
    long low = al - bl;
    if ((high | low) == 0) {
      return format.zero(mode == DOWN);
    }
    return round(hart, negative, exponent, high, low, mode);
  }

  private long round(Hart hart, boolean negative, int exponent, long high, long low, int mode) {
    int shift = high == 0 ? 64 + Long.numberOfLeadingZeros(low) : Long.numberOfLeadingZeros(high);
    long top =
        shift >= 64 ? low << shift - 64 : shift == 0 ? high : high << shift | low >>> 64 - shift;
    long lost = shift >= 64 ? 0 : low << shift;
    return format.round(hart, negative, exponent + 3 - shift, top | (lost == 0 ? 0 : 1), mode);
  }

  private static long shiftHigh(long high, int n) {
    return n >= 64 ? 0 : high >>> n;
  }

  /** The lower long of a right shift, jammed. */
  private static long shiftLow(long high, long low, int n) {
    if (n == 0) {
      return low;
    }
    if (n >= 128) {
      return (high | low) == 0 ? 0 : 1;
    }
    if (n >= 64) {
      return FloatFormat.shiftRightJamming(high, n - 64) | (low == 0 ? 0 : 1);
    }
    return high << 64 - n | FloatFormat.shiftRightJamming(low, n);
  }
}
