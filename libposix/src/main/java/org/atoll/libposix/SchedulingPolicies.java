package org.atoll.libposix;

import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.SchedProtocol;
import org.atoll.libposix.layout.LittleEndian;
import org.atoll.libposix.layout.TimeValue;

/**
 * Scheduling policies and their numbers. PM has them and knows who may change them; threads of a
 * process have one policy, that of the process.
 */
final class SchedulingPolicies {

  private static final int PRIORITY_MAX = 99;
  private static final int NICE_MAX = 19;

  /** SCHED_DEADLINE: known, and nobody has it. */
  private static final int DEADLINE = 6;

  /** SCHED_RESET_ON_FORK, beside a policy. */
  private static final int RESET_ON_FORK = 0x4000_0000;

  /** Bytes of struct sched_attr at first, and with utilization clamping. */
  private static final int ATTRIBUTES_BYTES_MIN = 48;

  private static final int ATTRIBUTES_BYTES = 56;

  private static final int FLAG_RESET_ON_FORK = 1;
  private static final int FLAG_KEEP_POLICY = 8;
  private static final int FLAG_KEEP_PARAMS = 0x10;
  private static final int FLAGS_OF_CLAMPS = 0x60;
  private static final int FLAGS_KNOWN = 0x7f;

  /** What sched_rr_get_interval tells of SCHED_RR (Linux RR_TIMESLICE). */
  private static final long ROUND_ROBIN_NANOS = 100_000_000;

  /** And of the others, but for SCHED_FIFO: a quantum, as the clock has it. */
  private static final long QUANTUM_NANOS = 1_000_000;

  private SchedulingPolicies() {}

  static void rows(Table t) {
    String note = "one policy for all threads of a process";
    t.full(120, "sched_getscheduler", "pid =policy", SchedulingPolicies::getPolicy);
    t.partial(
        119,
        "sched_setscheduler",
        "pid policy:policy parameter:int-at",
        note,
        SchedulingPolicies::setPolicy);
    t.full(121, "sched_getparam", "pid parameter:>int-at", SchedulingPolicies::getParameter);
    t.partial(
        118, "sched_setparam", "pid parameter:int-at", note, SchedulingPolicies::setParameter);
    t.partial(
        274,
        "sched_setattr",
        "pid attributes:addr flags:x",
        note,
        SchedulingPolicies::setAttributes);
    t.full(
        275,
        "sched_getattr",
        "pid attributes:addr bytes:size flags:x",
        SchedulingPolicies::getAttributes);
    t.full(125, "sched_get_priority_max", "policy:policy", c -> bound(c, PRIORITY_MAX));
    t.full(126, "sched_get_priority_min", "policy:policy", c -> bound(c, 1));
    t.full(127, "sched_rr_get_interval", "pid time:>timespec", SchedulingPolicies::interval);
  }

  private static long bound(Call c, int realTime) {
    return switch (c.intArg(0)) {
      case SchedProtocol.FIFO, SchedProtocol.ROUND_ROBIN -> realTime;
      case SchedProtocol.OTHER, SchedProtocol.BATCH, SchedProtocol.IDLE, DEADLINE -> 0;
      default -> -Errno.EINVAL;
    };
  }

  private static long ask(Call c) {
    return c.ask(Role.PM, PmProtocol.Call.GET_POLICY.encode(c.message(), c.intArg(0)));
  }

  private static long getPolicy(Call c) {
    if (c.step() == 0) {
      return c.intArg(0) < 0 ? -Errno.EINVAL : ask(c);
    }
    boolean resets = (c.answer(2) & PmProtocol.POLICY_RESETS) != 0;
    return c.answer(0) | (resets ? RESET_ON_FORK : 0);
  }

  private static long getParameter(Call c) {
    if (c.step() == 0) {
      return c.intArg(0) < 0 || c.arg(1) == 0 ? -Errno.EINVAL : ask(c);
    }
    c.guest().putInt(c.arg(1), (int) c.answer(1));
    return 0;
  }

  private static long interval(Call c) {
    if (c.step() == 0) {
      return c.intArg(0) < 0 ? -Errno.EINVAL : ask(c);
    }
    long nanos =
        switch ((int) c.answer(0)) {
          case SchedProtocol.FIFO -> 0;
          case SchedProtocol.ROUND_ROBIN -> ROUND_ROBIN_NANOS;
          default -> QUANTUM_NANOS;
        };
    c.guest().write(c.arg(1), TimeValue.of(nanos));
    return 0;
  }

  private static long setPolicy(Call c) {
    int policy = c.intArg(1);
    if (policy < 0 || c.intArg(0) < 0 || c.arg(2) == 0) {
      return -Errno.EINVAL;
    }
    int priority = c.guest().getInt(c.arg(2));
    int flags = (policy & RESET_ON_FORK) != 0 ? PmProtocol.POLICY_RESETS : 0;
    return set(c, policy & ~RESET_ON_FORK, priority, flags, 0);
  }

  private static long setParameter(Call c) {
    if (c.intArg(0) < 0 || c.arg(1) == 0) {
      return -Errno.EINVAL;
    }
    return set(c, 0, c.guest().getInt(c.arg(1)), PmProtocol.POLICY_KEPT, 0);
  }

  private static long set(Call c, long policy, long priority, int flags, int nice) {
    return c.pass(
        Role.PM,
        PmProtocol.Call.SET_POLICY.encode(c.message(), c.intArg(0), policy, priority, flags, nice));
  }

  private static long setAttributes(Call c) {
    if (c.arg(1) == 0 || c.intArg(0) < 0 || c.intArg(2) != 0) {
      return -Errno.EINVAL;
    }
    byte[] attributes = attributes(c);
    int policy = LittleEndian.getInt(attributes, 4);
    long wanted = LittleEndian.getLong(attributes, 8);
    if (policy < 0 || (wanted & ~FLAGS_KNOWN) != 0) {
      return -Errno.EINVAL;
    }
    if ((wanted & FLAGS_OF_CLAMPS) != 0) {
      return -Errno.EOPNOTSUPP;
    }
    int flags = PmProtocol.POLICY_SETS_NICE;
    flags |= (wanted & FLAG_RESET_ON_FORK) != 0 ? PmProtocol.POLICY_RESETS : 0;
    flags |= (wanted & FLAG_KEEP_POLICY) != 0 ? PmProtocol.POLICY_KEPT : 0;
    flags |= (wanted & FLAG_KEEP_PARAMS) != 0 ? PmProtocol.POLICY_NUMBERS_KEPT : 0;
    int nice = Math.clamp(LittleEndian.getInt(attributes, 16), -NICE_MAX - 1, NICE_MAX);
    return set(c, policy, LittleEndian.getUnsigned(attributes, 20), flags, nice);
  }

  /** The attributes as this system knows them. Fails with EFAULT, E2BIG. */
  private static byte[] attributes(Call c) {
    long at = c.arg(1);
    long size = Integer.toUnsignedLong(c.guest().getInt(at));
    long bytes = size == 0 ? ATTRIBUTES_BYTES_MIN : size;
    if (bytes < ATTRIBUTES_BYTES_MIN || bytes > Limits.PAGE_BYTES) {
      throw tooBig(c, at);
    }
    byte[] all = new byte[Math.max((int) bytes, ATTRIBUTES_BYTES)];
    c.guest().read(at, all, 0, (int) bytes);
    for (int i = ATTRIBUTES_BYTES; i < all.length; i++) {
      if (all[i] != 0) {
        throw tooBig(c, at);
      }
    }
    return all;
  }

  private static Failure tooBig(Call c, long at) {
    c.guest().putInt(at, ATTRIBUTES_BYTES);
    return new Failure(Errno.E2BIG);
  }

  private static long getAttributes(Call c) {
    long room = c.arg(2) & 0xffff_ffffL;
    boolean fits = room >= ATTRIBUTES_BYTES_MIN && room <= Limits.PAGE_BYTES;
    if (c.step() == 0) {
      boolean known = c.arg(1) != 0 && c.intArg(0) >= 0 && c.intArg(3) == 0;
      return known && fits ? ask(c) : -Errno.EINVAL;
    }
    byte[] attributes = new byte[(int) Math.min(room, ATTRIBUTES_BYTES)];
    boolean realTime = c.answer(1) > 0;
    LittleEndian.putInt(attributes, 0, attributes.length);
    LittleEndian.putInt(attributes, 4, (int) c.answer(0));
    LittleEndian.putLong(attributes, 8, c.answer(2) & PmProtocol.POLICY_RESETS);
    LittleEndian.putInt(attributes, 16, realTime ? 0 : (int) c.answer(3));
    LittleEndian.putInt(attributes, 20, (int) c.answer(1));
    c.guest().write(c.arg(1), attributes);
    return 0;
  }
}
