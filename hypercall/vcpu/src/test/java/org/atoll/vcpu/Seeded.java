package org.atoll.vcpu;

/** The generator of pseudo-random numbers that generated programs are made from: SplitMix64. */
final class Seeded {
  private long state;

  Seeded(long seed) {
    this.state = seed;
  }

  long bits() {
    state += 0x9e3779b97f4a7c15L;
    long z = (state ^ state >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }

  /** A number from 0 to {@code bound - 1}. */
  int below(int bound) {
    return (int) Long.remainderUnsigned(bits() >>> 1, bound);
  }

  boolean oneIn(int n) {
    return below(n) == 0;
  }

  long oneOf(long... values) {
    return values[below(values.length)];
  }
}
