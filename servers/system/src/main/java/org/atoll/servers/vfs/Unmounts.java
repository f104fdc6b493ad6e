package org.atoll.servers.vfs;

import java.util.List;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.VfsProtocol.Call;

/** umount2(2). What is taken out of the tree goes when the last of its inodes is not in use. */
final class Unmounts implements PathCalls.Theme {

  private static final int MNT_FORCE = 1;
  private static final int MNT_DETACH = 2;
  private static final int UMOUNT_NOFOLLOW = 8;

  private final VfsState state;
  private final PathCalls paths;

  Unmounts(VfsState state, PathCalls paths) {
    this.state = state;
    this.paths = paths;
  }

  void umount(Turn turn, long request, Process process, long flags) {
    String path = paths.text(turn, request);
    if (path == null) {
      return;
    }
    if ((flags & ~(UMOUNT_NOFOLLOW | MNT_FORCE | MNT_DETACH)) != 0) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    PathRow row = paths.row(request, process, Call.UMOUNT);
    row.words[0] = flags;
    boolean nofollow = (flags & UMOUNT_NOFOLLOW) != 0;
    row.last = nofollow ? PathRow.Last.NOFOLLOW : PathRow.Last.FOLLOW;
    paths.walk(turn, row, OpenFlags.AT_FDCWD, path, 0);
  }

  @Override
  public void walked(Turn turn, PathRow row) {
    boolean lazy = (row.words[0] & MNT_DETACH) != 0;
    paths.finish(turn, row, unmount(row, row.target(), lazy));
  }

  @Override
  public void acted(Turn turn, PathRow row, Message answer) {
    throw new IllegalStateException("nobody is asked");
  }

  /** The root of an idle mount is referenced by the mount and by the walk, other inodes by none. */
  private int unmount(PathRow row, Vnode root, boolean lazy) {
    Mount mount = root.mount;
    if (row.process.uid != 0) {
      return -Errno.EPERM;
    }
    if (mount.root != root) {
      return -Errno.EINVAL;
    }
    int fromWalk = row.at == root ? 2 : 1;
    boolean used = mount.vnodes.size() > 1 || root.references > 1 + fromWalk;
    if (mount.covered == null || used && !lazy) {
      return -Errno.EBUSY;
    }
    detach(mount);
    return 0;
  }

  /** Takes a mount out of the tree, after those that are below it. */
  private void detach(Mount mount) {
    for (Mount other : List.copyOf(state.mounts)) {
      Vnode under = other.covered;
      if (under != null && under.mount == mount) {
        detach(other);
      }
    }
    Vnode covered = mount.covered;
    Vnode root = mount.root;
    if (covered != null) {
      covered.covering = null;
    }
    mount.covered = null;
    mount.root = null;
    mount.detached = true;
    state.release(covered);
    state.release(root);
  }
}
