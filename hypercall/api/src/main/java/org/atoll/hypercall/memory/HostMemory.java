package org.atoll.hypercall.memory;

import java.lang.foreign.MemorySegment;

/**
 * The one segment through which all guest memory is reached: host addresses are its offsets.
 *
 * <p>It is a constant, so that the JIT folds its bounds away; what keeps an access inside guest
 * memory is the page table, never this segment.
 */
public final class HostMemory {
  public static final MemorySegment EVERYTHING = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private HostMemory() {}
}
