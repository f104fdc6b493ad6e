package org.atoll.servers.vfs;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FileStatus;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.abi.protocol.MagicLink;
import org.atoll.abi.protocol.VfsProtocol.Call;

/**
 * Calls about what a path names: stat, access, chmod, chown, utimes, truncate, readlink, statfs.
 * Words of the row: the call's own, in the order of the protocol, then its AT_ flags last.
 */
final class Attributes implements PathCalls.Theme {

  private static final int STATFS_BYTES = 120;
  private static final int SET_MODE = 1;
  private static final int SET_UID = 2;
  private static final int SET_GID = 4;

  private final PathCalls paths;
  private final MagicLinks magicLinks;

  Attributes(PathCalls paths, MagicLinks magicLinks) {
    this.paths = paths;
    this.magicLinks = magicLinks;
  }

  /** Begins a call; words and AT_ flags are as in the class comment. */
  void begin(
      Turn turn, long request, Process process, Call call, long dirfd, long atFlags, long w0) {
    begin(turn, request, process, call, dirfd, atFlags, w0, 0);
  }

  /** Begins a call with two words. */
  void begin(
      Turn turn,
      long request,
      Process process,
      Call call,
      long dirfd,
      long atFlags,
      long w0,
      long w1) {
    int known = OpenFlags.AT_EMPTY_PATH | OpenFlags.AT_SYMLINK_NOFOLLOW;
    known |= call == Call.ACCESS ? OpenFlags.AT_EACCESS : 0;
    int noAutomount = call == Call.STAT ? 0x800 | 0x6000 : 0;
    if ((atFlags & ~(known | noAutomount)) != 0) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    String path = paths.text(turn, request);
    if (path == null) {
      return;
    }
    PathRow row = paths.row(request, process, call);
    row.words[0] = w0;
    row.words[1] = w1;
    row.words[2] = atFlags;
    boolean nofollow = (atFlags & OpenFlags.AT_SYMLINK_NOFOLLOW) != 0;
    row.last = nofollow ? PathRow.Last.NOFOLLOW : PathRow.Last.FOLLOW;
    paths.walk(turn, row, dirfd, path, atFlags);
  }

  @Override
  public void walked(Turn turn, PathRow row) {
    switch (row.call) {
      case STAT -> stat(turn, row);
      case STATFS -> {
        Message m = FsProtocol.Call.STATFS.encode(turn.scratch(), row.target().inode);
        paths.actLending(turn, row, row.target().mount.fs, m, STATFS_BYTES);
      }
      case ACCESS -> paths.finish(turn, row, access(row));
      case CHMOD -> chmod(turn, row);
      case CHOWN -> chown(turn, row);
      case UTIMES -> utimes(turn, row);
      case TRUNCATE -> truncate(turn, row);
      case READLINK -> readlink(turn, row);
      default -> throw new IllegalStateException("not of this theme: " + row.call);
    }
  }

  private void stat(Turn turn, PathRow row) {
    if (paths.walk().knowsStatus()) {
      paths.finish(turn, row, paths.walk().copyStatus(turn, row.request));
      return;
    }
    Message m = FsProtocol.Call.STAT.encode(turn.scratch(), row.target().inode);
    paths.actLending(turn, row, row.target().mount.fs, m, FileStatus.BYTES);
  }

  private static int access(PathRow row) {
    int rights = (int) row.words[0];
    boolean effective = (row.words[2] & OpenFlags.AT_EACCESS) != 0;
    boolean may =
        effective
            ? Permission.may(row.process, row.target(), rights)
            : Permission.mayReal(row.process, row.target(), rights);
    boolean writes = (rights & Permission.WRITE) != 0 && isFile(row.target());
    return !may ? -Errno.EACCES : writes ? Permission.change(row.target()) : 0;
  }

  private static boolean isFile(Vnode vnode) {
    return vnode.isRegular() || vnode.isDirectory() || vnode.type() == FileMode.SYMLINK;
  }

  private void setattr(Turn turn, PathRow row, int mask, int mode, int uid, int gid) {
    Vnode vnode = row.target();
    row.words[0] = mask;
    row.words[1] = mode;
    row.words[3] = uid;
    row.words[4] = gid;
    Message m = FsProtocol.Call.SETATTR.encode(turn.scratch(), vnode.inode, mask, mode, uid, gid);
    paths.act(turn, row, vnode.mount.fs, m, "");
  }

  private void chmod(Turn turn, PathRow row) {
    Vnode vnode = row.target();
    int mode = (int) row.words[0] & FileMode.PERMISSIONS;
    if (vnode.type() == FileMode.SYMLINK) {
      paths.finish(turn, row, -Errno.EOPNOTSUPP);
    } else if (Permission.change(vnode) != 0) {
      paths.finish(turn, row, Permission.change(vnode));
    } else if (!Permission.owns(row.process, vnode)) {
      paths.finish(turn, row, -Errno.EPERM);
    } else {
      boolean member = row.process.uid == 0 || row.process.inGroup(vnode.gid);
      setattr(turn, row, SET_MODE, member ? mode : mode & ~FileMode.SET_GROUP_ID, 0, 0);
    }
  }

  private void chown(Turn turn, PathRow row) {
    Vnode vnode = row.target();
    int uid = (int) row.words[0];
    int gid = (int) row.words[1];
    int error = Permission.change(vnode);
    if (error != 0 || !mayChown(row.process, vnode, uid, gid)) {
      paths.finish(turn, row, error != 0 ? error : -Errno.EPERM);
      return;
    }
    int mode = vnode.mode & FileMode.PERMISSIONS;
    if (!vnode.isDirectory()) {
      mode &= ~FileMode.SET_USER_ID;
      mode &= (mode & FileMode.GROUP_EXECUTE) != 0 ? ~FileMode.SET_GROUP_ID : ~0;
    }
    int mask = mode == (vnode.mode & FileMode.PERMISSIONS) ? 0 : SET_MODE;
    mask |= uid == -1 ? 0 : SET_UID;
    mask |= gid == -1 ? 0 : SET_GID;
    setattr(turn, row, mask, mode, uid, gid);
  }

  /** Root may all; the owner may give the file to a group that it is in. */
  private static boolean mayChown(Process process, Vnode vnode, int uid, int gid) {
    if (process.uid == 0 || uid == -1 && gid == -1) {
      return true;
    }
    boolean keepsOwner = uid == -1 || uid == vnode.uid;
    boolean ownGroup = gid == -1 || gid == vnode.gid || process.inGroup(gid);
    return process.uid == vnode.uid && keepsOwner && ownGroup;
  }

  private void utimes(Turn turn, PathRow row) {
    Vnode vnode = row.target();
    long access = row.words[0];
    long modified = row.words[1];
    boolean now = access == FileStatus.TIME_NOW && modified == FileStatus.TIME_NOW;
    boolean owner = Permission.owns(row.process, vnode);
    if (access == FileStatus.TIME_OMIT && modified == FileStatus.TIME_OMIT) {
      paths.finish(turn, row, 0);
    } else if (Permission.change(vnode) != 0) {
      paths.finish(turn, row, Permission.change(vnode));
    } else if (!owner && !now) {
      paths.finish(turn, row, -Errno.EPERM);
    } else if (!owner && !Permission.may(row.process, vnode, Permission.WRITE)) {
      paths.finish(turn, row, -Errno.EACCES);
    } else {
      Message m = FsProtocol.Call.UTIMES.encode(turn.scratch(), vnode.inode, access, modified);
      paths.act(turn, row, vnode.mount.fs, m, "");
    }
  }

  private void truncate(Turn turn, PathRow row) {
    Vnode vnode = row.target();
    long bytes = row.words[0];
    int error = 0;
    if (!vnode.isRegular()) {
      error = vnode.isDirectory() ? -Errno.EISDIR : -Errno.EINVAL;
    } else if (bytes < 0) {
      error = -Errno.EINVAL;
    } else if (Permission.change(vnode) != 0) {
      error = Permission.change(vnode);
    } else if (!Permission.may(row.process, vnode, Permission.WRITE)) {
      error = -Errno.EACCES;
    } else if (vnode.executors > 0) {
      error = -Errno.ETXTBSY;
    }
    if (error != 0) {
      paths.finish(turn, row, error);
      return;
    }
    row.words[1] = Permission.dropSetId(row.process);
    vnode.writers++;
    long limit = row.process.fileBytesMax;
    Message m =
        FsProtocol.Call.TRUNCATE.encode(turn.scratch(), vnode.inode, bytes, row.words[1], limit);
    paths.act(turn, row, vnode.mount.fs, m, "");
  }

  private void readlink(Turn turn, PathRow row) {
    Vnode vnode = row.target();
    long bytes = Math.min(row.words[0], turn.kernel().outBytes(row.request));
    if (row.words[0] <= 0) {
      paths.finish(turn, row, -Errno.EINVAL);
      return;
    }
    if (vnode.type() != FileMode.SYMLINK) {
      boolean emptyPath = row.at == null;
      paths.finish(turn, row, emptyPath ? -Errno.ENOENT : -Errno.EINVAL);
      return;
    }
    if (MagicLink.isMagic(vnode.device)) {
      magicLinks.read(turn, row);
      return;
    }
    Message m = FsProtocol.Call.READLINK.encode(turn.scratch(), vnode.inode, bytes);
    paths.actLending(turn, row, vnode.mount.fs, m, (int) bytes);
  }

  @Override
  public void acted(Turn turn, PathRow row, Message answer) {
    if (row.call == Call.READLINK && row.stage != 0) {
      magicLinks.acted(turn, row, answer);
      return;
    }
    boolean attributes = row.call == Call.CHMOD || row.call == Call.CHOWN;
    if (attributes && answer.w0 == 0) {
      remember(row, row.target());
    } else if (row.call == Call.TRUNCATE) {
      truncated(row.target(), answer.w0 == 0 && row.words[1] != 0);
    }
    turn.reply(row.request, answer.w0, Signal.of(answer));
    paths.end(turn, row);
  }

  /** While it is truncated the file counts as written: it is not executed meanwhile. */
  private static void truncated(Vnode vnode, boolean dropsSetId) {
    vnode.writers--;
    if (dropsSetId) {
      vnode.dropSetId();
    }
  }

  private static void remember(PathRow row, Vnode vnode) {
    long mask = row.words[0];
    if ((mask & SET_MODE) != 0) {
      vnode.mode = vnode.type() | (int) row.words[1];
    }
    if ((mask & SET_UID) != 0) {
      vnode.uid = (int) row.words[3];
    }
    if ((mask & SET_GID) != 0) {
      vnode.gid = (int) row.words[4];
    }
  }
}
