package org.atoll.vcpu;

import static org.atoll.vcpu.FloatFormat.INEXACT;
import static org.atoll.vcpu.FloatFormat.NEAREST_EVEN;

import org.atoll.hypercall.cpu.Hart;

/**
 * Single-precision arithmetic: the host's where it tells everything, {@link ExactFloat} otherwise.
 *
 * <p>As in {@link DoubleUnit}; but here a double holds products exactly, and so the errors of
 * products, quotients and roots are seen by comparing in double.
 */
final class SingleUnit {
  /** Biased exponents of results that are far enough from both ends of the range. */
  private static final int LOWEST = 60;

  private static final int SPAN = 150;

  private SingleUnit() {}

  private static boolean plain(int bits) {
    return Integer.compareUnsigned((bits >>> 23 & 0xff) - LOWEST, SPAN) < 0;
  }

  private static long noting(Hart hart, int bits, boolean inexact) {
    if (inexact) {
      hart.fcsr |= INEXACT;
    }
    return bits & 0xffff_ffffL;
  }

  private static float value(long bits) {
    return Float.intBitsToFloat((int) bits);
  }

  static long add(Hart hart, long a, long b, int mode) {
    if (mode == NEAREST_EVEN) {
      float x = value(a);
      float y = value(b);
      float sum = x + y;
      int bits = Float.floatToRawIntBits(sum);
      if (plain(bits)) {
        return noting(hart, bits, sumError(x, y, sum) != 0);
      }
    }
    return ExactFloat.SINGLE.add(hart, a, b, mode);
  }

  static long subtract(Hart hart, long a, long b, int mode) {
    if (mode == NEAREST_EVEN) {
      float x = value(a);
      float y = value(b);
      float sum = x - y;
      int bits = Float.floatToRawIntBits(sum);
      if (plain(bits)) {
        return noting(hart, bits, sumError(x, -y, sum) != 0);
      }
    }
    return ExactFloat.SINGLE.subtract(hart, a, b, mode);
  }

  private static float sumError(float x, float y, float sum) {
    float seen = sum - x;
    return (x - (sum - seen)) + (y - seen);
  }

  static long multiply(Hart hart, long a, long b, int mode) {
    if (mode == NEAREST_EVEN) {
      double product = (double) value(a) * value(b);
      float rounded = (float) product;
      int bits = Float.floatToRawIntBits(rounded);
      if (plain(bits)) {
        return noting(hart, bits, rounded != product);
      }
    }
    return ExactFloat.SINGLE.multiply(hart, a, b, mode);
  }

  static long divide(Hart hart, long a, long b, int mode) {
    if (mode == NEAREST_EVEN) {
      float x = value(a);
      float y = value(b);
      float quotient = x / y;
      int bits = Float.floatToRawIntBits(quotient);
      if (plain(bits)) {
        return noting(hart, bits, (double) quotient * y != x);
      }
    }
    return ExactFloat.SINGLE.divide(hart, a, b, mode);
  }

  static long squareRoot(Hart hart, long a, int mode) {
    if (mode == NEAREST_EVEN && plain((int) a) && (int) a >= 0) {
      float x = value(a);
      float root = (float) Math.sqrt(x);
      int bits = Float.floatToRawIntBits(root);
      return noting(hart, bits, (double) root * root != x);
    }
    return ExactFloat.SINGLE.squareRoot(hart, a, mode);
  }

  static long fuse(Hart hart, long a, long b, long c, int mode) {
    if (mode == NEAREST_EVEN && (hart.fcsr & INEXACT) != 0) {
      int bits = Float.floatToRawIntBits(Math.fma(value(a), value(b), value(c)));
      if (plain(bits)) {
        return bits & 0xffff_ffffL;
      }
    }
    return ExactFloat.SINGLE.fuse(hart, a, b, c, mode);
  }
}
