package org.atoll.posix;

import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.abi.protocol.VmProtocol;
import org.atoll.posix.layout.LittleEndian;

/** Resource limits. Those of files are VFS's to enforce, those of memory VM's. */
final class LimitCalls {

  private static final int BYTES = 16;

  private LimitCalls() {}

  static void rows(Table t) {
    t.full(163, "getrlimit", "resource limit:x", c -> limit(c, c.intArg(0), 0, c.arg(1)));
    String note = "locked memory and processes are kept, not enforced";
    t.partial(164, "setrlimit", "resource limit:x", note, c -> limit(c, c.intArg(0), c.arg(1), 0));
    t.partial(
        261,
        "prlimit64",
        "pid resource new:x old:x",
        note + "; another process's: EPERM",
        LimitCalls::prlimit);
  }

  private static long prlimit(Call c) {
    int pid = c.intArg(0);
    if (pid != 0 && pid != c.process().pid) {
      return pid < 0 ? -Errno.ESRCH : -Errno.EPERM;
    }
    return limit(c, c.intArg(1), c.arg(2), c.arg(3));
  }

  /** Words 0 and 1 keep the new limits while a server is told. */
  private static long limit(Call c, int resource, long from, long to) {
    ResourceLimits limits = c.process().limits;
    if (c.step() == 1) {
      limits.set(resource, c.word(0), c.word(1));
      return 0;
    }
    if (resource < 0 || resource >= ResourceLimits.COUNT) {
      return -Errno.EINVAL;
    }
    byte[] wanted = from == 0 ? new byte[0] : c.guest().read(from, BYTES);
    if (to != 0) {
      byte[] old = new byte[BYTES];
      LittleEndian.putLong(old, 0, limits.soft(resource));
      LittleEndian.putLong(old, 8, limits.hard(resource));
      c.guest().write(to, old);
    }
    if (wanted.length == 0) {
      return 0;
    }
    return change(c, resource, LittleEndian.getLong(wanted, 0), LittleEndian.getLong(wanted, 8));
  }

  /**
   * Nobody may raise a hard limit: root of a VOS is not root of the machine (as in a container).
   */
  private static long change(Call c, int resource, long soft, long hard) {
    ResourceLimits limits = c.process().limits;
    if (Long.compareUnsigned(soft, hard) > 0) {
      return -Errno.EINVAL;
    }
    boolean raises = Long.compareUnsigned(hard, limits.hard(resource)) > 0;
    boolean tooMany =
        resource == ResourceLimits.NOFILE && Long.compareUnsigned(hard, Limits.DESCRIPTORS_MAX) > 0;
    if (raises || tooMany) {
      return -Errno.EPERM;
    }
    c.word(0, soft);
    c.word(1, hard);
    return switch (resource) {
      case ResourceLimits.NOFILE, ResourceLimits.FSIZE ->
          c.ask(Role.VFS, VfsProtocol.Call.LIMIT.encode(c.message(), resource, soft));
      case ResourceLimits.DATA, ResourceLimits.STACK, ResourceLimits.AS ->
          c.ask(Role.VM, VmProtocol.Call.LIMIT.encode(c.message(), resource, soft));
      default -> {
        limits.set(resource, soft, hard);
        if (resource == ResourceLimits.CPU) {
          c.process().timers.limitCpu(c.turn(), limits);
        }
        yield 0;
      }
    };
  }
}
