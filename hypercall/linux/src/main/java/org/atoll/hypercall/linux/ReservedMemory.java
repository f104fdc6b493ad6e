package org.atoll.hypercall.linux;

import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Errno;

/**
 * Memory of nodes, which the host finds as they use it. A node that is a process of its own keeps
 * it as long as it lives; where nodes end before their process does, it is closed after them.
 */
public final class ReservedMemory implements AutoCloseable {

  private static final int PROT_READ_WRITE = 1 | 2;
  private static final int MAP_PRIVATE = 2;
  private static final int MAP_ANONYMOUS = 0x20;
  private static final int MAP_NORESERVE = 0x4000;

  private record Range(long address, long bytes) {}

  private final Libc libc;
  private final List<Range> ranges = new ArrayList<>();

  /** Nothing is reserved yet. */
  public ReservedMemory(Libc libc) {
    this.libc = libc;
  }

  /** As {@link org.atoll.hypercall.Host#reserveMemory}. */
  public synchronized long reserve(long bytes) {
    long address = libc.mmap(bytes, PROT_READ_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE);
    if (address > 0) {
      ranges.add(new Range(address, bytes));
    }
    return address;
  }

  /** Gives all of it back. Who uses it afterwards crashes the process. */
  @Override
  public synchronized void close() {
    for (Range range : ranges) {
      int error = libc.munmap(range.address, range.bytes);
      if (error < 0) {
        throw new IllegalStateException("munmap failed: " + Errno.name(-error));
      }
    }
    ranges.clear();
  }
}
