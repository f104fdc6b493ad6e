package org.atoll.libposix;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.abi.protocol.VmProtocol;
import org.atoll.libposix.layout.LittleEndian;

/**
 * Resource limits: the process holds its own. Those of files are VFS's to enforce, those of memory
 * VM's.
 */
final class LimitCalls {

  private static final int BYTES = 16;

  /** Flag of the messages about limits: there is a new one. */
  private static final int CHANGE = 1;

  private LimitCalls() {}

  static void rows(Table t) {
    t.full(
        163,
        "getrlimit",
        "resource:resource limit:>rlimit",
        c -> limit(c, c.intArg(0), 0, c.arg(1)));
    String note = "locked memory is kept, not enforced";
    t.partial(
        164,
        "setrlimit",
        "resource:resource limit:rlimit",
        note,
        c -> limit(c, c.intArg(0), c.arg(1), 0));
    t.partial(
        261,
        "prlimit64",
        "pid resource:resource new:rlimit64 old:>rlimit64",
        note,
        LimitCalls::prlimit);
  }

  private static long prlimit(Call c) {
    int pid = c.intArg(0);
    boolean own = c.isOwn(pid);
    return own ? limit(c, c.intArg(1), c.arg(2), c.arg(3)) : another(c, pid);
  }

  /** A limit of another process: PM asks it. */
  private static long another(Call c, int pid) {
    if (c.step() == 1) {
      if (c.arg(3) != 0) {
        c.guest().write(c.arg(3), pair(c.answer(1), c.answer(2)));
      }
      return 0;
    }
    int resource = c.intArg(1);
    if (resource < 0 || resource >= ResourceLimits.COUNT) {
      return -Errno.EINVAL;
    }
    boolean changes = c.arg(2) != 0;
    byte[] wanted = changes ? c.guest().read(c.arg(2), BYTES) : new byte[BYTES];
    long soft = LittleEndian.getLong(wanted, 0);
    long hard = LittleEndian.getLong(wanted, 8);
    int flags = changes ? CHANGE : 0;
    return c.ask(
        Role.PM, PmProtocol.Call.LIMIT.encode(c.message(), pid, flags, resource, soft, hard));
  }

  /** PM asks for a limit of this process, for another one; PM then tells VFS or VM. */
  static void asked(Clocks clocks, long request, ProcessState process, Message m) {
    long flags = m.w0;
    int resource = (int) m.w1;
    long soft = m.w2;
    long hard = m.w3;
    ResourceLimits limits = process.limits;
    boolean changes = (flags & CHANGE) != 0;
    int refusal = changes ? limits.refusal(resource, soft, hard) : 0;
    long oldSoft = limits.soft(resource);
    long oldHard = limits.hard(resource);
    if (changes && refusal == 0) {
      set(clocks, process, resource, soft, hard);
    }
    clocks.turn().reply(request, refusal, oldSoft, oldHard);
  }

  private static void set(Clocks clocks, ProcessState process, int resource, long soft, long hard) {
    process.limits.set(resource, soft, hard);
    if (resource == ResourceLimits.CPU) {
      process.timers.limitCpu(clocks, process.limits);
    }
  }

  private static byte[] pair(long soft, long hard) {
    byte[] pair = new byte[BYTES];
    LittleEndian.putLong(pair, 0, soft);
    LittleEndian.putLong(pair, 8, hard);
    return pair;
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
      c.guest().write(to, pair(limits.soft(resource), limits.hard(resource)));
    }
    if (wanted.length == 0) {
      return 0;
    }
    return change(c, resource, LittleEndian.getLong(wanted, 0), LittleEndian.getLong(wanted, 8));
  }

  private static long change(Call c, int resource, long soft, long hard) {
    int refusal = c.process().limits.refusal(resource, soft, hard);
    if (refusal != 0) {
      return refusal;
    }
    c.word(0, soft);
    c.word(1, hard);
    int own = Endpoint.NONE;
    return switch (resource) {
      case ResourceLimits.NOFILE, ResourceLimits.FSIZE ->
          c.ask(Role.VFS, VfsProtocol.Call.LIMIT.encode(c.message(), resource, soft, own));
      case ResourceLimits.DATA, ResourceLimits.STACK, ResourceLimits.AS ->
          c.ask(Role.VM, VmProtocol.Call.LIMIT.encode(c.message(), resource, soft, own));
      default -> {
        set(Clocks.of(c), c.process(), resource, soft, hard);
        yield 0;
      }
    };
  }
}
