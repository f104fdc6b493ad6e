package org.atoll.libposix;

import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.libposix.layout.LittleEndian;

/**
 * Scheduling. A node is one processor to its processes, with the node's number; a process stays on
 * its node, so that its affinity is that one.
 */
final class Scheduling {

  private static final int CPU_SET_BYTES = Limits.NODES_MAX / 8;

  private Scheduling() {}

  static void rows(Table t) {
    t.full(124, "sched_yield", "", Scheduling::giveWay);
    t.full(168, "getcpu", "cpu:>int-at node:>int-at", Scheduling::getcpu);
    String own = "a process's own; one processor a node";
    t.partial(
        123,
        "sched_getaffinity",
        "pid bytes:size mask:>cpus",
        "one processor a node",
        Scheduling::getaffinity);
    t.partial(
        122, "sched_setaffinity", "pid bytes:size mask:cpus[bytes]", own, Scheduling::setaffinity);
    t.full(141, "getpriority", "which:priority-which who", Scheduling::getpriority);
    t.full(140, "setpriority", "which:priority-which who nice", Scheduling::setpriority);
    t.full(31, "ioprio_get", "which:ioprio-which who", Scheduling::ioprioGet);
    t.full(30, "ioprio_set", "which:ioprio-which who priority:x", Scheduling::ioprioSet);
  }

  /** Another thread of the process goes on, if there is one that can; else another process. */
  private static long giveWay(Call c) {
    if (c.threads().alone()) {
      c.kernel().giveWay();
    } else {
      c.threads().giveWay();
    }
    return 0;
  }

  /** 0 when a pid means the process itself. Fails with ESRCH, EINVAL. */
  private static long own(Call c, int pid) {
    if (!c.isOwn(pid)) {
      throw new Failure(pid < 0 ? Errno.EINVAL : Errno.ESRCH);
    }
    return 0;
  }

  private static long getcpu(Call c) {
    int node = c.turn().node();
    for (int i = 0; i < 2; i++) {
      if (c.arg(i) != 0) {
        c.guest().putInt(c.arg(i), node);
      }
    }
    return 0;
  }

  private static long getaffinity(Call c) {
    if (c.step() == 0 && c.intArg(0) > 0 && !c.isOwn(c.intArg(0))) {
      return c.ask(Role.PM, PmProtocol.Call.GETPGID.encode(c.message(), c.intArg(0)));
    }
    if (c.step() == 1 && c.answer(0) < 0) {
      return c.answer(0);
    }
    long bytes = c.arg(1) & 0xffff_ffffL;
    if (bytes < CPU_SET_BYTES || bytes % 8 != 0) {
      return -Errno.EINVAL;
    }
    long node = c.step() == 1 ? c.answer(1) : c.turn().node();
    c.guest().putLong(c.arg(2), 1L << node);
    return CPU_SET_BYTES;
  }

  private static long setaffinity(Call c) {
    own(c, c.intArg(0));
    byte[] mask = new byte[CPU_SET_BYTES];
    int bytes = (int) Math.min(c.arg(1) & 0xffff_ffffL, CPU_SET_BYTES);
    c.guest().read(c.arg(2), mask, 0, bytes);
    boolean here = (LittleEndian.getLong(mask, 0) >>> c.turn().node() & 1) != 0;
    return here ? 0 : -Errno.EINVAL;
  }

  private static long getpriority(Call c) {
    return c.pass(
        Role.PM, PmProtocol.Call.GETPRIORITY.encode(c.message(), c.intArg(0), c.intArg(1)));
  }

  private static long setpriority(Call c) {
    return c.pass(
        Role.PM,
        PmProtocol.Call.SETPRIORITY.encode(c.message(), c.intArg(0), c.intArg(1), c.intArg(2)));
  }

  private static long ioprioGet(Call c) {
    return c.pass(
        Role.PM, PmProtocol.Call.IOPRIO_GET.encode(c.message(), c.intArg(0), c.intArg(1)));
  }

  private static long ioprioSet(Call c) {
    return c.pass(
        Role.PM,
        PmProtocol.Call.IOPRIO_SET.encode(c.message(), c.intArg(0), c.intArg(1), c.intArg(2)));
  }
}
