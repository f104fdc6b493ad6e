package org.atoll.posix.gate;

import org.atoll.abi.Errno;
import org.atoll.abi.HostedProcess;

/** Anonymous memory of the process, for what the arena has no room for. */
final class Memory {

  private static final int MMAP = 222;
  private static final int MUNMAP = 215;
  private static final int READ_WRITE = 3;
  private static final int PRIVATE_ANONYMOUS = 0x22;

  private Memory() {}

  /** Maps memory, zeroed; fails with {@link OutOfMemoryError}, as the process has no more. */
  static long map(HostedProcess process, int bytes) {
    long address = process.call(MMAP, 0, bytes, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0);
    if (address < 0) {
      throw new OutOfMemoryError("mmap: " + Errno.text((int) -address));
    }
    return address;
  }

  /** Unmaps it. */
  static void unmap(HostedProcess process, long address, int bytes) {
    process.call(MUNMAP, address, bytes);
  }
}
