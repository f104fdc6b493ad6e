package org.atoll.libposix;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.VfsProtocol;

/** What makes, removes and follows names in directories. */
final class Names {

  static final int AT_FDCWD = ExecRequest.AT_FDCWD;
  static final int AT_SYMLINK_NOFOLLOW = 0x100;
  static final int AT_EMPTY_PATH = 0x1000;

  private static final int AT_SYMLINK_FOLLOW = 0x400;
  private static final int AT_REMOVEDIR = 0x200;
  private static final int O_CREAT = 0100;
  private static final int O_TMPFILE = 020000000;
  private static final int MODE_BITS = 07777;
  private static final int PATH_BYTES_MAX = 4096;

  private Names() {}

  static void rows(Table t) {
    t.full(
        56,
        "openat",
        "dirfd:at path:path flags:open-flags mode:open-mode",
        Interruption.RESTARTS,
        Names::openat);
    t.full(34, "mkdirat", "dirfd:at path:path mode:o", Names::mkdirat);
    t.full(33, "mknodat", "dirfd:at path:path mode:mode device:node-device", Names::mknodat);
    t.full(35, "unlinkat", "dirfd:at path:path flags:unlink-flags", Names::unlinkat);
    t.full(36, "symlinkat", "target:path dirfd:at path:path", Names::symlinkat);
    t.full(37, "linkat", "fromfd:at from:path tofd:at to:path flags:at-flags", Names::linkat);
    t.full(
        276,
        "renameat2",
        "fromfd:at from:path tofd:at to:path flags:rename-flags",
        Names::renameat2);
    t.full(78, "readlinkat", "dirfd:at path:path buffer:>bytes bytes:size", Names::readlinkat);
    t.full(17, "getcwd", "buffer:>string bytes:size", Names::getcwd);
    t.full(49, "chdir", "path:path", c -> path(c, VfsProtocol.Call.CHDIR));
    t.full(
        50,
        "fchdir",
        "fd:fd",
        c -> c.pass(Role.VFS, VfsProtocol.Call.FCHDIR.encode(c.message(), c.intArg(0))));
    t.full(51, "chroot", "path:path", c -> path(c, VfsProtocol.Call.CHROOT));
    t.partial(
        40,
        "mount",
        "source:string target:path type:string flags:mount-flags data:string",
        "no binding, moving and propagation, no flags for access times",
        Names::mount);
    t.full(39, "umount2", "path:path flags:umount-flags", Names::umount);
  }

  private static long path(Call c, VfsProtocol.Call call) {
    byte[] path = c.guest().pathNotEmpty(c.arg(0));
    return c.pass(Role.VFS, call.encode(c.message()), path);
  }

  private static long openat(Call c) {
    byte[] path = c.guest().pathNotEmpty(c.arg(1));
    int flags = c.intArg(2);
    int mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? c.intArg(3) & MODE_BITS : 0;
    Message m = VfsProtocol.Call.OPEN.encode(c.message(), c.intArg(0), flags, mode);
    return c.pass(Role.VFS, m, path);
  }

  private static long mkdirat(Call c) {
    byte[] path = c.guest().pathNotEmpty(c.arg(1));
    int mode = c.intArg(2) & MODE_BITS;
    return c.pass(Role.VFS, VfsProtocol.Call.MKDIR.encode(c.message(), c.intArg(0), mode), path);
  }

  private static long mknodat(Call c) {
    byte[] path = c.guest().pathNotEmpty(c.arg(1));
    Message m =
        VfsProtocol.Call.MKNOD.encode(
            c.message(), c.intArg(0), c.intArg(2), c.arg(3) & 0xffff_ffffL);
    return c.pass(Role.VFS, m, path);
  }

  private static long unlinkat(Call c) {
    if ((c.intArg(2) & ~AT_REMOVEDIR) != 0) {
      return -Errno.EINVAL;
    }
    byte[] path = c.guest().pathNotEmpty(c.arg(1));
    Message m = VfsProtocol.Call.UNLINK.encode(c.message(), c.intArg(0), c.intArg(2));
    return c.pass(Role.VFS, m, path);
  }

  private static long symlinkat(Call c) {
    byte[] target = c.guest().pathNotEmpty(c.arg(0));
    byte[] path = c.guest().pathNotEmpty(c.arg(2));
    Message m = VfsProtocol.Call.SYMLINK.encode(c.message(), c.intArg(1), target.length);
    return c.pass(Role.VFS, m, ExecRequest.join(target, path));
  }

  private static long linkat(Call c) {
    int flags = c.intArg(4);
    if ((flags & ~(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH)) != 0) {
      return -Errno.EINVAL;
    }
    byte[] from =
        (flags & AT_EMPTY_PATH) != 0 ? c.guest().path(c.arg(1)) : c.guest().pathNotEmpty(c.arg(1));
    byte[] to = c.guest().pathNotEmpty(c.arg(3));
    Message m =
        VfsProtocol.Call.LINK.encode(c.message(), c.intArg(0), c.intArg(2), flags, from.length);
    return c.pass(Role.VFS, m, ExecRequest.join(from, to));
  }

  private static long renameat2(Call c) {
    byte[] from = c.guest().pathNotEmpty(c.arg(1));
    byte[] to = c.guest().pathNotEmpty(c.arg(3));
    Message m =
        VfsProtocol.Call.RENAME.encode(
            c.message(), c.intArg(0), c.intArg(2), c.intArg(4), from.length);
    return c.pass(Role.VFS, m, ExecRequest.join(from, to));
  }

  private static long readlinkat(Call c) {
    if (c.step() == 0) {
      if (c.intArg(3) <= 0) {
        return -Errno.EINVAL;
      }
      byte[] path = c.guest().path(c.arg(1));
      int bytes = Math.min(c.intArg(3), PATH_BYTES_MAX);
      Message m = VfsProtocol.Call.READLINK.encode(c.message(), c.intArg(0), bytes);
      return c.ask(Role.VFS, m, path, bytes);
    }
    c.guest().write(c.arg(2), c.staged(), 0, c.stagedBytes());
    return c.answer(0);
  }

  private static long getcwd(Call c) {
    if (c.step() == 0) {
      return c.ask(Role.VFS, VfsProtocol.Call.GETCWD.encode(c.message()), PATH_BYTES_MAX);
    }
    if (Long.compareUnsigned(c.answer(0), c.arg(1)) > 0) {
      return -Errno.ERANGE;
    }
    c.guest().write(c.arg(0), c.staged(), 0, c.stagedBytes());
    return c.answer(0);
  }

  private static long mount(Call c) {
    byte[] source = c.arg(0) == 0 ? new byte[0] : c.guest().path(c.arg(0));
    byte[] target = c.guest().pathNotEmpty(c.arg(1));
    byte[] type = c.arg(2) == 0 ? new byte[0] : c.guest().path(c.arg(2));
    byte[] options = c.arg(4) == 0 ? new byte[0] : c.guest().path(c.arg(4));
    Message m =
        VfsProtocol.Call.MOUNT.encode(
            c.message(), c.arg(3), source.length, target.length, type.length);
    return c.pass(Role.VFS, m, ExecRequest.join(source, target, type, options));
  }

  private static long umount(Call c) {
    byte[] path = c.guest().pathNotEmpty(c.arg(0));
    return c.pass(Role.VFS, VfsProtocol.Call.UMOUNT.encode(c.message(), c.intArg(1)), path);
  }
}
