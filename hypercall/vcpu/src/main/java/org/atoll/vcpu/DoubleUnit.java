package org.atoll.vcpu;

import static org.atoll.vcpu.FloatFormat.INEXACT;
import static org.atoll.vcpu.FloatFormat.NEAREST_EVEN;

import org.atoll.hypercall.cpu.Hart;

/**
 * Double-precision arithmetic: the host's where it tells everything, {@link ExactFloat} otherwise.
 *
 * <p>The host rounds to nearest, as nearly every guest does, and its results are defined to the
 * bit. What it does not tell is the exceptions. When a result is far from both ends of the exponent
 * range, the only one possible is "inexact", and an error-free transform finds it: the rounding
 * error of a sum is computed by Knuth's TwoSum, that of a product, quotient or root by a fused
 * multiply-add. Once "inexact" is accrued there is nothing left to find.
 */
final class DoubleUnit {
  /**
   * Biased exponents of results for which the transforms are themselves exact. The lower end is
   * that of the product's error (106 bits below); the upper keeps sums in the transform finite.
   */
  private static final int LOWEST = 200;

  private static final int SPAN = 1700;

  private DoubleUnit() {}

  private static boolean plain(long bits) {
    return Integer.compareUnsigned(((int) (bits >>> 52) & 0x7ff) - LOWEST, SPAN) < 0;
  }

  private static long noting(Hart hart, long bits, boolean inexact) {
    if (inexact) {
      hart.fcsr |= INEXACT;
    }
    return bits;
  }

  private static boolean accrued(Hart hart) {
    return (hart.fcsr & INEXACT) != 0;
  }

  static long add(Hart hart, long a, long b, int mode) {
    if (mode == NEAREST_EVEN) {
      double x = Double.longBitsToDouble(a);
      double y = Double.longBitsToDouble(b);
      double sum = x + y;
      long bits = Double.doubleToRawLongBits(sum);
      if (plain(bits)) {
        return accrued(hart) ? bits : noting(hart, bits, sumError(x, y, sum) != 0);
      }
    }
    return ExactFloat.DOUBLE.add(hart, a, b, mode);
  }

  static long subtract(Hart hart, long a, long b, int mode) {
    if (mode == NEAREST_EVEN) {
      double x = Double.longBitsToDouble(a);
      double y = Double.longBitsToDouble(b);
      double sum = x - y;
      long bits = Double.doubleToRawLongBits(sum);
      if (plain(bits)) {
        return accrued(hart) ? bits : noting(hart, bits, sumError(x, -y, sum) != 0);
      }
    }
    return ExactFloat.DOUBLE.subtract(hart, a, b, mode);
  }

  private static double sumError(double x, double y, double sum) {
    double seen = sum - x;
    return (x - (sum - seen)) + (y - seen);
  }

  static long multiply(Hart hart, long a, long b, int mode) {
    if (mode == NEAREST_EVEN) {
      double x = Double.longBitsToDouble(a);
      double y = Double.longBitsToDouble(b);
      double product = x * y;
      long bits = Double.doubleToRawLongBits(product);
      if (plain(bits)) {
        return accrued(hart) ? bits : noting(hart, bits, Math.fma(x, y, -product) != 0);
      }
    }
    return ExactFloat.DOUBLE.multiply(hart, a, b, mode);
  }

  static long divide(Hart hart, long a, long b, int mode) {
    if (mode == NEAREST_EVEN && plain(a) && plain(b)) {
      double x = Double.longBitsToDouble(a);
      double y = Double.longBitsToDouble(b);
      double quotient = x / y;
      long bits = Double.doubleToRawLongBits(quotient);
      if (plain(bits)) {
        return accrued(hart) ? bits : noting(hart, bits, Math.fma(-quotient, y, x) != 0);
      }
    }
    return ExactFloat.DOUBLE.divide(hart, a, b, mode);
  }

  static long squareRoot(Hart hart, long a, int mode) {
    if (mode == NEAREST_EVEN && plain(a) && a >= 0) {
      double x = Double.longBitsToDouble(a);
      double root = Math.sqrt(x);
      long bits = Double.doubleToRawLongBits(root);
      return accrued(hart) ? bits : noting(hart, bits, Math.fma(-root, root, x) != 0);
    }
    return ExactFloat.DOUBLE.squareRoot(hart, a, mode);
  }

  static long fuse(Hart hart, long a, long b, long c, int mode) {
    if (mode == NEAREST_EVEN && accrued(hart)) {
      double x = Double.longBitsToDouble(a);
      double y = Double.longBitsToDouble(b);
      long bits = Double.doubleToRawLongBits(Math.fma(x, y, Double.longBitsToDouble(c)));
      if (plain(bits)) {
        return bits;
      }
    }
    return ExactFloat.DOUBLE.fuse(hart, a, b, c, mode);
  }
}
