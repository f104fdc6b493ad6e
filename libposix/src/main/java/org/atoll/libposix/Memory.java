package org.atoll.libposix;

import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.VmProtocol;

/** The address space: brk, mmap and their kin. VM decides; here numbers are checked and passed. */
final class Memory {

  private static final long PAGE_MASK = Limits.PAGE_BYTES - 1;
  private static final int MEMBARRIER_QUERY = 0;
  private static final int MEMBARRIER_PRIVATE_EXPEDITED = 8;
  private static final int MEMBARRIER_REGISTER_PRIVATE_EXPEDITED = 16;
  private static final int VECTOR_BYTES_MAX = Limits.BUFFER_BYTES_MAX;

  private Memory() {}

  static void rows(Table t) {
    t.full(
        214,
        "brk",
        "address:addr =addr",
        c -> pass(c, VmProtocol.Call.BRK.encode(c.message(), c.arg(0))));
    t.partial(
        222,
        "mmap",
        "address:addr bytes:size protection:protection flags:mmap-flags fd:fd offset:x =addr",
        "shared writable mappings of files on another node; huge pages",
        Memory::mmap);
    t.full(215, "munmap", "address:addr bytes:size", c -> range(c, VmProtocol.Call.MUNMAP));
    t.full(226, "mprotect", "address:addr bytes:size protection:protection", Memory::mprotect);
    t.full(
        216,
        "mremap",
        "address:addr oldBytes:size newBytes:size flags:mremap-flags newAddress:mremap-address =addr",
        Memory::mremap);
    t.full(
        233,
        "madvise",
        "address:addr bytes:size advice:madvise",
        c -> pass(c, VmProtocol.Call.MADVISE.encode(c.message(), c.arg(0), c.arg(1), c.intArg(2))));
    t.full(
        227,
        "msync",
        "address:addr bytes:size flags:msync-flags",
        c -> pass(c, VmProtocol.Call.MSYNC.encode(c.message(), c.arg(0), c.arg(1), c.intArg(2))));
    t.full(232, "mincore", "address:addr bytes:size vector:addr", Memory::mincore);
    String resident = "memory is always resident once touched";
    t.partial(228, "mlock", "address:addr bytes:size", resident, Memory::lock);
    t.partial(284, "mlock2", "address:addr bytes:size flags:x", resident, Memory::lock);
    t.full(229, "munlock", "address:addr bytes:size", c -> 0);
    t.partial(230, "mlockall", "flags:mlockall-flags", "locks nothing: EPERM", c -> -Errno.EPERM);
    t.full(231, "munlockall", "", c -> 0);
    t.partial(
        283,
        "membarrier",
        "command:membarrier flags:x cpu",
        "only the private expedited commands",
        Memory::membarrier);
    t.full(259, "riscv_flush_icache", "start:addr end:addr flags:x", Memory::flushInstructions);
  }

  private static long pass(Call c, Message m) {
    return c.pass(Role.VM, m);
  }

  private static long range(Call c, VmProtocol.Call call) {
    return pass(c, call.encode(c.message(), c.arg(0), c.arg(1)));
  }

  private static long mmap(Call c) {
    if ((c.arg(5) & PAGE_MASK) != 0) {
      return -Errno.EINVAL;
    }
    return pass(
        c,
        VmProtocol.Call.MMAP.encode(
            c.message(), c.arg(0), c.arg(1), c.intArg(2), c.intArg(3), c.intArg(4), c.arg(5)));
  }

  private static long mprotect(Call c) {
    return pass(c, VmProtocol.Call.MPROTECT.encode(c.message(), c.arg(0), c.arg(1), c.intArg(2)));
  }

  private static long mremap(Call c) {
    return pass(
        c,
        VmProtocol.Call.MREMAP.encode(
            c.message(), c.arg(0), c.arg(1), c.arg(2), c.intArg(3), c.arg(4)));
  }

  /** In pieces: one byte a page. */
  private static long mincore(Call c) {
    if (c.arg(1) < 0) {
      return -Errno.ENOMEM;
    }
    if (c.arg(1) == 0) {
      return (c.arg(0) & PAGE_MASK) == 0 ? 0 : -Errno.EINVAL;
    }
    if (c.hasAnswer()) {
      int pages = (int) c.word(0);
      c.guest().write(c.arg(2) + c.progress(), c.staged(), 0, pages);
      c.advance(pages);
    }
    long pages = (c.arg(1) + PAGE_MASK) / Limits.PAGE_BYTES - c.progress();
    if (pages == 0) {
      return 0;
    }
    int piece = (int) Math.min(pages, VECTOR_BYTES_MAX);
    c.word(0, piece);
    long done = c.progress() * Limits.PAGE_BYTES;
    long address = c.arg(0) + done;
    long bytes = Math.min(c.arg(1) - done, (long) piece * Limits.PAGE_BYTES);
    Message m = VmProtocol.Call.MINCORE.encode(c.message(), address, bytes);
    return c.ask(Role.VM, m, piece);
  }

  /** Makes the pages present, as locking does; they stay so anyway. */
  private static long lock(Call c) {
    long start = c.arg(0) & ~PAGE_MASK;
    long bytes = c.arg(1) + (c.arg(0) & PAGE_MASK);
    try {
      c.guest().readable(start, bytes);
      return 0;
    } catch (Failure unmapped) {
      return -Errno.ENOMEM;
    }
  }

  private static long membarrier(Call c) {
    if (c.intArg(1) != 0) {
      return -Errno.EINVAL;
    }
    return switch (c.intArg(0)) {
      case MEMBARRIER_QUERY -> MEMBARRIER_PRIVATE_EXPEDITED | MEMBARRIER_REGISTER_PRIVATE_EXPEDITED;
      case MEMBARRIER_PRIVATE_EXPEDITED, MEMBARRIER_REGISTER_PRIVATE_EXPEDITED -> 0;
      default -> -Errno.EINVAL;
    };
  }

  private static long flushInstructions(Call c) {
    if ((c.arg(2) & ~1L) != 0) {
      return -Errno.EINVAL;
    }
    c.guest().machine().fenceInstructions();
    return 0;
  }
}
