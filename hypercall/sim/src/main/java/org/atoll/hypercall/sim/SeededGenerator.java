package org.atoll.hypercall.sim;

/**
 * A generator of numbers that follow from its seed: SplitMix64 (Steele, Lea and Flood, "Fast
 * splittable pseudorandom number generators", 2014).
 */
public final class SeededGenerator {

  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  public SeededGenerator(long seed) {
    state = seed;
  }

  /** The next 64 bits. */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    long z = state;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }

  /** A number from 0 to {@code bound - 1}. */
  public int below(int bound) {
    return (int) ((nextLong() >>> 33) * bound >>> 31);
  }

  /** A number from {@code least} to {@code most}. */
  public long between(long least, long most) {
    return least + Long.remainderUnsigned(nextLong(), most - least + 1);
  }

  /** A generator whose numbers do not depend on how this one is used from now on. */
  public SeededGenerator split() {
    return new SeededGenerator(nextLong());
  }
}
