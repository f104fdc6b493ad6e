package org.atoll.hypercall;

/**
 * The host below a node: the parts that every kernel needs. Implemented by the Linux host and by
 * the simulated host; called through {@link Hypercalls}, which checks and counts.
 */
public interface Host {

  /** Nanoseconds since this host started the node; never goes back. */
  long monotonicNanos();

  /** Nanoseconds since the Epoch. */
  long wallNanos();

  /** Fills with random bytes. */
  void random(byte[] target, int offset, int bytes);

  /**
   * Reserves zeroed, lazily committed memory.
   *
   * @param bytes a multiple of 4096
   * @return its address, page-aligned, or a negated errno
   */
  long reserveMemory(long bytes);

  /** The wait of one CPU. */
  EventWait eventWait(int cpu);
}
