package org.atoll.libposix;

import org.atoll.abi.Errno;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.libposix.layout.LittleEndian;

/** Users and groups. PM decides; the process keeps a copy, from which the get calls answer. */
final class Identity {

  private static final int GROUPS_MAX = 65_536 / 4;
  private static final int KEEP = -1;
  private static final int CAPABILITY_VERSION_1 = 0x1998_0330;
  private static final int CAPABILITY_VERSION_2 = 0x2007_1026;
  private static final int CAPABILITY_VERSION_3 = 0x2008_0522;

  /** All capabilities of Linux 6.12, CAP_CHECKPOINT_RESTORE (40) the last. */
  private static final long ALL_CAPABILITIES = (1L << 41) - 1;

  private Identity() {}

  static void rows(Table t) {
    t.full(174, "getuid", "", c -> unsigned(ids(c).user()));
    t.full(175, "geteuid", "", c -> unsigned(ids(c).effectiveUser()));
    t.full(176, "getgid", "", c -> unsigned(ids(c).group()));
    t.full(177, "getegid", "", c -> unsigned(ids(c).effectiveGroup()));
    t.full(148, "getresuid", "real:>int-at effective:>int-at saved:>int-at", Identity::getresuid);
    t.full(150, "getresgid", "real:>int-at effective:>int-at saved:>int-at", Identity::getresgid);
    t.full(146, "setuid", "uid", Identity::setuid);
    t.full(144, "setgid", "gid", Identity::setgid);
    t.full(145, "setreuid", "real effective", Identity::setreuid);
    t.full(143, "setregid", "real effective", Identity::setregid);
    t.full(147, "setresuid", "real effective saved", Identity::setresuid);
    t.full(149, "setresgid", "real effective saved", Identity::setresgid);
    String fs = "files go by the effective id; sets nothing";
    t.partial(151, "setfsuid", "uid", fs, c -> unsigned(ids(c).effectiveUser()));
    t.partial(152, "setfsgid", "gid", fs, c -> unsigned(ids(c).effectiveGroup()));
    t.full(158, "getgroups", "count groups:>ints", Identity::getgroups);
    t.full(159, "setgroups", "count groups:ints[count]", Identity::setgroups);
    t.partial(90, "capget", "header:addr data:addr", "root has all, others none", Identity::capget);
    t.partial(
        91, "capset", "header:addr data:addr", "none can be dropped: EPERM", c -> -Errno.EPERM);
  }

  private static Credentials ids(Call c) {
    return c.process().credentials;
  }

  private static long unsigned(int id) {
    return id & 0xffff_ffffL;
  }

  private static long getresuid(Call c) {
    return three(c, ids(c).user(), ids(c).effectiveUser(), ids(c).savedUser());
  }

  private static long getresgid(Call c) {
    return three(c, ids(c).group(), ids(c).effectiveGroup(), ids(c).savedGroup());
  }

  private static long three(Call c, int real, int effective, int saved) {
    for (int i = 0; i < 3; i++) {
      c.guest().writable(c.arg(i), 4);
    }
    c.guest().putInt(c.arg(0), real);
    c.guest().putInt(c.arg(1), effective);
    c.guest().putInt(c.arg(2), saved);
    return 0;
  }

  private static long setuid(Call c) {
    int id = c.intArg(0);
    if (id == KEEP) {
      return -Errno.EINVAL;
    }
    return ids(c).privileged() ? users(c, id, id, id) : users(c, KEEP, id, KEEP);
  }

  private static long setgid(Call c) {
    int id = c.intArg(0);
    if (id == KEEP) {
      return -Errno.EINVAL;
    }
    return ids(c).privileged() ? groups(c, id, id, id) : groups(c, KEEP, id, KEEP);
  }

  private static long setreuid(Call c) {
    int real = c.intArg(0);
    int effective = c.intArg(1);
    Credentials now = ids(c);
    if (!now.privileged() && real != KEEP && real != now.user() && real != now.effectiveUser()) {
      return -Errno.EPERM;
    }
    return users(c, real, effective, saved(real, effective, now.user(), now.effectiveUser()));
  }

  private static long setregid(Call c) {
    int real = c.intArg(0);
    int effective = c.intArg(1);
    Credentials now = ids(c);
    if (!now.privileged() && real != KEEP && real != now.group() && real != now.effectiveGroup()) {
      return -Errno.EPERM;
    }
    return groups(c, real, effective, saved(real, effective, now.group(), now.effectiveGroup()));
  }

  /** The saved id after setreuid: the new effective one, if one of the ids is really set. */
  private static int saved(int real, int effective, int oldReal, int oldEffective) {
    boolean follows = real != KEEP || effective != KEEP && effective != oldReal;
    if (!follows) {
      return KEEP;
    }
    return effective == KEEP ? oldEffective : effective;
  }

  private static long setresuid(Call c) {
    return users(c, c.intArg(0), c.intArg(1), c.intArg(2));
  }

  private static long setresgid(Call c) {
    return groups(c, c.intArg(0), c.intArg(1), c.intArg(2));
  }

  private static long users(Call c, int real, int effective, int saved) {
    if (c.step() == 0) {
      return ask(c, PmProtocol.Call.SETRESUID, real, effective, saved);
    }
    ids(c).users((int) c.word(0), (int) c.word(1), (int) c.word(2));
    return 0;
  }

  private static long groups(Call c, int real, int effective, int saved) {
    if (c.step() == 0) {
      return ask(c, PmProtocol.Call.SETRESGID, real, effective, saved);
    }
    ids(c).groups((int) c.word(0), (int) c.word(1), (int) c.word(2));
    return 0;
  }

  private static long ask(Call c, PmProtocol.Call call, int real, int effective, int saved) {
    c.word(0, real);
    c.word(1, effective);
    c.word(2, saved);
    return c.ask(Role.PM, call.encode(c.message(), real, effective, saved));
  }

  private static long getgroups(Call c) {
    int[] groups = ids(c).supplementary();
    int room = c.intArg(0);
    if (room < 0 || room > 0 && room < groups.length) {
      return -Errno.EINVAL;
    }
    if (room > 0) {
      byte[] bytes = new byte[4 * groups.length];
      for (int i = 0; i < groups.length; i++) {
        LittleEndian.putInt(bytes, 4 * i, groups[i]);
      }
      c.guest().write(c.arg(1), bytes);
    }
    return groups.length;
  }

  private static long setgroups(Call c) {
    int count = c.intArg(0);
    if (!ids(c).privileged()) {
      return -Errno.EPERM;
    }
    if (count < 0 || count > GROUPS_MAX) {
      return -Errno.EINVAL;
    }
    byte[] bytes = c.guest().read(c.arg(1), 4 * count);
    if (c.step() == 0) {
      return c.ask(Role.PM, PmProtocol.Call.SETGROUPS.encode(c.message(), count), bytes, 0);
    }
    int[] groups = new int[count];
    for (int i = 0; i < count; i++) {
      groups[i] = LittleEndian.getInt(bytes, 4 * i);
    }
    ids(c).supplementary(groups);
    return 0;
  }

  private static long capget(Call c) {
    int version = c.guest().getInt(c.arg(0));
    boolean wide = version == CAPABILITY_VERSION_2 || version == CAPABILITY_VERSION_3;
    if (!wide && version != CAPABILITY_VERSION_1) {
      c.guest().putInt(c.arg(0), CAPABILITY_VERSION_3);
      return c.arg(1) == 0 ? 0 : -Errno.EINVAL;
    }
    int pid = c.guest().getInt(c.arg(0) + 4);
    if (!c.isOwn(pid)) {
      return pid < 0 ? -Errno.EINVAL : -Errno.ESRCH;
    }
    if (c.arg(1) != 0) {
      c.guest().write(c.arg(1), capabilities(ids(c).privileged() ? ALL_CAPABILITIES : 0, wide));
    }
    return 0;
  }

  /** Effective, permitted, inheritable; the low 32 bits of each, then the high ones. */
  private static byte[] capabilities(long set, boolean wide) {
    byte[] data = new byte[wide ? 24 : 12];
    for (int half = 0; half < data.length / 12; half++) {
      int bits = (int) (set >>> 32 * half);
      LittleEndian.putInt(data, 12 * half, bits);
      LittleEndian.putInt(data, 12 * half + 4, bits);
    }
    return data;
  }
}
