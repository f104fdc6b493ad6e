package org.atoll.libposix;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.FileStatus;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.libposix.layout.LittleEndian;
import org.atoll.libposix.layout.Status;

/** What files are: status, permissions, owners, times. */
final class Attributes {

  private static final int STATFS_BYTES = 120;
  private static final int AT_NO_AUTOMOUNT = 0x800;
  private static final int AT_STATX_SYNC = 0x6000;
  private static final int AT_EACCESS = 0x200;
  private static final int FOLLOWING = Names.AT_EMPTY_PATH | Names.AT_SYMLINK_NOFOLLOW;
  private static final int MODE_BITS = 07777;
  private static final int NO_FD = -1;
  private static final int UTIME_NOW = 0x3fff_ffff;
  private static final int UTIME_OMIT = 0x3fff_fffe;

  private static final byte[] ITSELF = new byte[0];
  private static final byte[] BOTH_NOW = bothNow();

  private Attributes() {}

  static void rows(Table t) {
    t.full(
        79, "newfstatat", "dirfd:at path:path status:>stat flags:at-flags", Attributes::newfstatat);
    t.full(80, "fstat", "fd:fd status:>stat", Attributes::fstat);
    t.full(
        291,
        "statx",
        "dirfd:at path:path flags:statx-flags mask:statx-mask status:>statx",
        Attributes::statx);
    t.full(43, "statfs", "path:path status:>statfs", Attributes::statfs);
    t.full(44, "fstatfs", "fd:fd status:>statfs", Attributes::fstatfs);
    t.full(48, "faccessat", "dirfd:at path:path mode:access", c -> access(c, 0));
    t.full(
        439,
        "faccessat2",
        "dirfd:at path:path mode:access flags:access-flags",
        Attributes::faccessat2);
    t.full(52, "fchmod", "fd:fd mode:o", Attributes::fchmod);
    t.full(53, "fchmodat", "dirfd:at path:path mode:o", c -> chmod(c, 0));
    t.full(452, "fchmodat2", "dirfd:at path:path mode:o flags:at-flags", Attributes::fchmodat2);
    t.full(55, "fchown", "fd:fd uid gid", Attributes::fchown);
    t.full(54, "fchownat", "dirfd:at path:path uid gid flags:at-flags", Attributes::fchownat);
    t.full(
        88,
        "utimensat",
        "dirfd:at path:path times:timespecs flags:at-flags",
        Attributes::utimensat);
    t.full(
        166,
        "umask",
        "mask:o =o",
        c -> c.pass(Role.VFS, VfsProtocol.Call.UMASK.encode(c.message(), c.intArg(0) & 0777)));
  }

  /** Two times of struct timespec. */
  private static byte[] bothNow() {
    byte[] times = new byte[32];
    LittleEndian.putLong(times, 8, UTIME_NOW);
    LittleEndian.putLong(times, 24, UTIME_NOW);
    return times;
  }

  /** The path of a call that may mean the descriptor itself. Fails with EINVAL, ENOENT. */
  private static byte[] path(Call c, int address, int flags, int allowed) {
    if ((flags & ~allowed) != 0) {
      throw new Failure(Errno.EINVAL);
    }
    if ((flags & Names.AT_EMPTY_PATH) == 0) {
      return c.guest().pathNotEmpty(c.arg(address));
    }
    return c.arg(address) == 0 ? ITSELF : c.guest().path(c.arg(address));
  }

  private static long newfstatat(Call c) {
    if (c.step() == 0) {
      int flags = c.intArg(3) & ~AT_NO_AUTOMOUNT;
      return stat(c, flags, path(c, 1, flags, FOLLOWING));
    }
    c.guest().write(c.arg(2), Status.stat(c.staged()));
    return 0;
  }

  private static long fstat(Call c) {
    if (c.step() == 0) {
      return stat(c, Names.AT_EMPTY_PATH, ITSELF);
    }
    c.guest().write(c.arg(1), Status.stat(c.staged()));
    return 0;
  }

  private static long statx(Call c) {
    if (c.step() == 0) {
      int flags = c.intArg(2) & ~AT_NO_AUTOMOUNT & ~AT_STATX_SYNC;
      if ((c.intArg(2) & AT_STATX_SYNC) == AT_STATX_SYNC || c.intArg(3) < 0) {
        return -Errno.EINVAL;
      }
      return stat(c, flags, path(c, 1, flags, FOLLOWING));
    }
    c.guest().write(c.arg(4), Status.statx(c.staged()));
    return 0;
  }

  private static long stat(Call c, int flags, byte[] path) {
    return stat(c, c.intArg(0), flags, path);
  }

  /** Asks for the status of a file; the next step has it staged. */
  static long stat(Call c, int directory, int flags, byte[] path) {
    Message m = VfsProtocol.Call.STAT.encode(c.message(), directory, flags);
    return c.ask(Role.VFS, m, path, FileStatus.BYTES);
  }

  private static long statfs(Call c) {
    return c.step() == 0 ? statfs(c, NO_FD, c.guest().pathNotEmpty(c.arg(0))) : copyStatus(c);
  }

  private static long fstatfs(Call c) {
    return c.step() == 0 ? statfs(c, c.intArg(0), ITSELF) : copyStatus(c);
  }

  private static long statfs(Call c, int fd, byte[] path) {
    if (fd < 0 && path.length == 0) {
      return -Errno.EBADF;
    }
    Message m = VfsProtocol.Call.STATFS.encode(c.message(), fd);
    return c.ask(Role.VFS, m, path, STATFS_BYTES);
  }

  private static long copyStatus(Call c) {
    c.guest().write(c.arg(1), c.staged(), 0, c.stagedBytes());
    return 0;
  }

  private static long faccessat2(Call c) {
    return access(c, c.intArg(3));
  }

  private static long access(Call c, int flags) {
    if ((c.intArg(2) & ~7) != 0) {
      return -Errno.EINVAL;
    }
    byte[] path = path(c, 1, flags, FOLLOWING | AT_EACCESS);
    Message m = VfsProtocol.Call.ACCESS.encode(c.message(), c.intArg(0), c.intArg(2), flags);
    return c.pass(Role.VFS, m, path);
  }

  private static long fchmod(Call c) {
    Message m =
        VfsProtocol.Call.CHMOD.encode(
            c.message(), c.intArg(0), c.intArg(1) & MODE_BITS, Names.AT_EMPTY_PATH);
    return c.pass(Role.VFS, m, ITSELF);
  }

  private static long fchmodat2(Call c) {
    return chmod(c, c.intArg(3));
  }

  private static long chmod(Call c, int flags) {
    byte[] path = path(c, 1, flags, FOLLOWING);
    Message m =
        VfsProtocol.Call.CHMOD.encode(c.message(), c.intArg(0), c.intArg(2) & MODE_BITS, flags);
    return c.pass(Role.VFS, m, path);
  }

  private static long fchown(Call c) {
    Message m =
        VfsProtocol.Call.CHOWN.encode(
            c.message(), c.intArg(0), c.intArg(1), c.intArg(2), Names.AT_EMPTY_PATH);
    return c.pass(Role.VFS, m, ITSELF);
  }

  private static long fchownat(Call c) {
    int flags = c.intArg(4);
    byte[] path = path(c, 1, flags, FOLLOWING);
    Message m =
        VfsProtocol.Call.CHOWN.encode(c.message(), c.intArg(0), c.intArg(2), c.intArg(3), flags);
    return c.pass(Role.VFS, m, path);
  }

  private static long utimensat(Call c) {
    byte[] times = c.arg(2) == 0 ? BOTH_NOW : c.guest().read(c.arg(2), BOTH_NOW.length);
    if (nanos(times, 0) == UTIME_OMIT && nanos(times, 16) == UTIME_OMIT) {
      return 0;
    }
    int flags = c.intArg(3);
    boolean itself = c.arg(1) == 0;
    if (itself && flags != 0) {
      return -Errno.EINVAL;
    }
    byte[] path = itself ? ITSELF : path(c, 1, flags, FOLLOWING);
    long accessed = time(times, 0);
    long modified = time(times, 16);
    Message m =
        VfsProtocol.Call.UTIMES.encode(
            c.message(), c.intArg(0), accessed, modified, itself ? Names.AT_EMPTY_PATH : flags);
    return c.pass(Role.VFS, m, path);
  }

  private static long nanos(byte[] times, int at) {
    return LittleEndian.getLong(times, at + 8);
  }

  private static long time(byte[] times, int at) {
    long nanos = nanos(times, at);
    if (nanos == UTIME_NOW) {
      return FileStatus.TIME_NOW;
    }
    if (nanos == UTIME_OMIT) {
      return FileStatus.TIME_OMIT;
    }
    if (nanos < 0 || nanos >= Times.NANOS_PER_SECOND) {
      throw new Failure(Errno.EINVAL);
    }
    long seconds = LittleEndian.getLong(times, at);
    long most = Long.MAX_VALUE / Times.NANOS_PER_SECOND - 1;
    return Math.clamp(seconds, -most, most) * Times.NANOS_PER_SECOND + nanos;
  }
}
