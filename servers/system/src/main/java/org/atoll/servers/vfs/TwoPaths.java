package org.atoll.servers.vfs;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.abi.protocol.VfsProtocol.Call;
import org.jspecify.annotations.Nullable;

/**
 * Calls with two paths: rename and link. The first walk's end is kept in the row ({@link
 * PathRow#firstAt}) while the second is under way. Words of the row: flags, second descriptor.
 */
final class TwoPaths implements PathCalls.Theme {

  private static final int NOREPLACE = 1;
  private static final int EXCHANGE = 2;

  private final PathCalls paths;

  TwoPaths(PathCalls paths) {
    this.paths = paths;
  }

  void rename(
      Turn turn,
      long request,
      Process process,
      long fromfd,
      long tofd,
      long flags,
      long fromBytes) {
    if ((flags & ~(NOREPLACE | EXCHANGE)) != 0 || flags == (NOREPLACE | EXCHANGE)) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    begin(turn, request, process, Call.RENAME, fromfd, tofd, flags, fromBytes);
  }

  void link(
      Turn turn,
      long request,
      Process process,
      long fromfd,
      long tofd,
      long flags,
      long fromBytes) {
    if ((flags & ~(OpenFlags.AT_SYMLINK_FOLLOW | OpenFlags.AT_EMPTY_PATH)) != 0) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    begin(turn, request, process, Call.LINK, fromfd, tofd, flags, fromBytes);
  }

  private void begin(
      Turn turn,
      long request,
      Process process,
      Call call,
      long fromfd,
      long tofd,
      long flags,
      long fromBytes) {
    String both = paths.text(turn, request);
    if (both == null) {
      return;
    }
    if (fromBytes < 0 || fromBytes > both.length()) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    PathRow row = paths.row(request, process, call);
    row.words[0] = flags;
    row.words[1] = tofd;
    row.other = both.substring((int) fromBytes);
    boolean follow = (flags & OpenFlags.AT_SYMLINK_FOLLOW) != 0;
    row.last = follow ? PathRow.Last.FOLLOW : PathRow.Last.NOFOLLOW;
    if (call == Call.RENAME) {
      row.last = PathRow.Last.NAME;
    }
    long emptyPath = call == Call.LINK ? flags : 0;
    paths.walk(turn, row, fromfd, both.substring(0, (int) fromBytes), emptyPath);
  }

  @Override
  public void walked(Turn turn, PathRow row) {
    if (row.stage == 0) {
      second(turn, row);
      return;
    }
    int error = row.call == Call.RENAME ? refusalToRename(row) : refusalToLink(row);
    if (error != 0) {
      paths.finish(turn, row, error);
      return;
    }
    Vnode to = row.directory();
    if (row.call == Call.LINK) {
      Message m =
          FsProtocol.Call.LINK.encode(turn.scratch(), to.inode, PathRow.present(row.first).inode);
      paths.act(turn, row, to.mount.fs, m, row.name);
    } else {
      Message m =
          FsProtocol.Call.RENAME.encode(
              turn.scratch(),
              PathRow.present(row.firstAt).inode,
              to.inode,
              row.words[0],
              row.firstName.length());
      paths.act(turn, row, to.mount.fs, m, row.firstName + row.name);
    }
  }

  private void second(Turn turn, PathRow row) {
    boolean noEntry = row.namesNoEntry() && row.call == Call.RENAME;
    row.firstAt = row.at;
    row.first = row.found;
    row.firstName = row.name;
    row.firstTrailingSlash = row.trailingSlash;
    row.at = null;
    row.found = null;
    row.name = "";
    row.stage = 1;
    row.symlinks = 0;
    row.last = PathRow.Last.NAME;
    row.missingAllowed = true;
    if (noEntry) {
      paths.finish(turn, row, -Errno.EBUSY);
    } else {
      paths.walk(turn, row, row.words[1], row.other, 0);
    }
  }

  private static int refusalToLink(PathRow row) {
    Vnode file = PathRow.present(row.first);
    if (row.found != null) {
      return -Errno.EEXIST;
    }
    if (row.trailingSlash) {
      return -Errno.ENOENT;
    }
    if (file.mount != row.directory().mount) {
      return -Errno.EXDEV;
    }
    int error = Permission.link(row.process, file);
    if (error == 0) {
      error = Permission.changeNames(row.process, row.directory());
    }
    return error == 0 && file.isDirectory() ? -Errno.EPERM : error;
  }

  private static int refusalToRename(PathRow row) {
    if (row.namesNoEntry()) {
      return row.words[0] == NOREPLACE ? -Errno.EEXIST : -Errno.EBUSY;
    }
    Vnode from = PathRow.present(row.firstAt);
    Vnode source = PathRow.present(row.first);
    Vnode target = row.found;
    if (from.mount != row.directory().mount) {
      return -Errno.EXDEV;
    }
    if (target != null && row.words[0] == NOREPLACE) {
      return -Errno.EEXIST;
    }
    if (target == null && row.words[0] == EXCHANGE) {
      return -Errno.ENOENT;
    }
    if (slashBehindFile(row, source, target)) {
      return -Errno.ENOTDIR;
    }
    return refusalByRights(row, from, source);
  }

  private static boolean slashBehindFile(PathRow row, Vnode source, @Nullable Vnode target) {
    boolean exchange = row.words[0] == EXCHANGE;
    if (!source.isDirectory() && (row.firstTrailingSlash || !exchange && row.trailingSlash)) {
      return true;
    }
    return exchange && target != null && !target.isDirectory() && row.trailingSlash;
  }

  private static int refusalByRights(PathRow row, Vnode from, Vnode source) {
    Vnode to = row.directory();
    Vnode target = row.found;
    int error = Permission.remove(row.process, from, source);
    if (error == 0) {
      error =
          target == null
              ? Permission.changeNames(row.process, to)
              : Permission.remove(row.process, to, target);
    }
    boolean moves = source.isDirectory() && from != to;
    if (error == 0 && moves && !Permission.may(row.process, source, Permission.WRITE)) {
      return -Errno.EACCES;
    }
    boolean busy = source.mount.root == source || target != null && target.mount.root == target;
    return error == 0 && busy ? -Errno.EBUSY : error;
  }

  @Override
  public void acted(Turn turn, PathRow row, Message answer) {
    paths.finish(turn, row, answer.w0);
  }
}
