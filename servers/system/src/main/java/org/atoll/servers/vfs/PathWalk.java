package org.atoll.servers.vfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FsProtocol;

/**
 * From a path to a vnode, one component a message (POSIX.1-2024, 4.16 pathname resolution).
 *
 * <p>A walk is a {@link PathRow}. {@link #go} takes components until one needs the file system; the
 * answer comes to {@link #lookedUp}, or {@link #linkRead} for a symbolic link, and they go on.
 * Paths are bytes, one in each char.
 */
final class PathWalk {

  private final VfsState state;
  private final PathCalls pathCalls;
  private final byte[] buffer = new byte[Limits.PATH_BYTES_MAX];

  PathWalk(VfsState state, PathCalls pathCalls) {
    this.state = state;
    this.pathCalls = pathCalls;
  }

  /** Begins at a directory, or at the root when the path is absolute. Takes over no reference. */
  void begin(Turn turn, PathRow row, Vnode start, String path) {
    row.path = path;
    row.position = 0;
    row.name = "";
    if (path.isEmpty()) {
      pathCalls.finish(turn, row, -Errno.ENOENT);
    } else if (path.length() >= Limits.PATH_BYTES_MAX) {
      pathCalls.finish(turn, row, -Errno.ENAMETOOLONG);
    } else if (path.indexOf('\0') >= 0) {
      pathCalls.finish(turn, row, -Errno.EINVAL);
    } else {
      row.at = (path.charAt(0) == '/' ? row.process.root : start).retain();
      go(turn, row);
    }
  }

  private void go(Turn turn, PathRow row) {
    while (!row.isAtEnd()) {
      nextComponent(row);
      int error = searchable(row);
      if (error != 0) {
        pathCalls.finish(turn, row, error);
        return;
      }
      if (row.name.equals("..")) {
        climbMounts(row);
      }
      if (!staysHere(row)) {
        look(turn, row);
        return;
      }
    }
    row.trailingSlash = false;
    row.found = row.directory().retain();
    pathCalls.walked(turn, row);
  }

  private static void nextComponent(PathRow row) {
    int start = row.position;
    while (row.path.charAt(start) == '/') {
      start++;
    }
    int end = row.path.indexOf('/', start);
    row.position = end < 0 ? row.path.length() : end;
    row.name = row.path.substring(start, row.position);
    row.trailingSlash = end >= 0;
  }

  private static int searchable(PathRow row) {
    if (!row.directory().isDirectory()) {
      return -Errno.ENOTDIR;
    }
    if (!Permission.may(row.process, row.directory(), Permission.EXECUTE)) {
      return -Errno.EACCES;
    }
    return row.name.length() > Limits.NAME_BYTES_MAX ? -Errno.ENAMETOOLONG : 0;
  }

  /** From the root of a mounted file system, {@code ..} goes on in the directory it hides. */
  private void climbMounts(PathRow row) {
    Vnode at = row.directory();
    while (at != row.process.root && at == at.mount.root && at.mount.covered != null) {
      Vnode above = at.mount.covered.retain();
      state.release(at);
      at = above;
    }
    row.at = at;
  }

  private static boolean staysHere(PathRow row) {
    Vnode at = row.directory();
    boolean top = at == row.process.root || at == at.mount.root;
    return row.name.equals(".") || row.name.equals("..") && top;
  }

  /** Asks for the component {@link PathRow#name}; also to ask again after a race. */
  void look(Turn turn, PathRow row) {
    Vnode at = row.directory();
    Message m = FsProtocol.Call.LOOKUP.encode(turn.scratch(), at.inode);
    byte[] name = row.name.getBytes(ISO_8859_1);
    long call = turn.callWithBytes(at.mount.fs, m, name, name.length, 0);
    state.calls.add(state.key(call), Step.WALK_LOOKUP.number(), row.request);
  }

  /** The file system answered a component. */
  void lookedUp(Turn turn, PathRow row, Message answer) {
    boolean last = row.isAtEnd() && !row.name.equals("..");
    if (answer.w0 < 0) {
      missing(turn, row, answer.w0, last);
      return;
    }
    row.foundBytes = answer.w2;
    Vnode vnode = state.cross(state.enter(row.directory().mount, answer));
    if (vnode.type() == FileMode.SYMLINK && follows(row, last)) {
      row.found = vnode;
      readLink(turn, row);
    } else if (!last) {
      state.release(row.at);
      row.at = vnode;
      go(turn, row);
    } else {
      row.found = vnode;
      boolean needsDirectory = row.trailingSlash && row.last != PathRow.Last.NAME;
      if (needsDirectory && !vnode.isDirectory()) {
        pathCalls.finish(turn, row, -Errno.ENOTDIR);
      } else {
        pathCalls.walked(turn, row);
      }
    }
  }

  private void missing(Turn turn, PathRow row, long error, boolean last) {
    if (error == -Errno.ENOENT && last && row.missingAllowed) {
      pathCalls.walked(turn, row);
    } else {
      pathCalls.finish(turn, row, error);
    }
  }

  private static boolean follows(PathRow row, boolean last) {
    if (!last) {
      return true;
    }
    return switch (row.last) {
      case FOLLOW -> true;
      case NOFOLLOW -> row.trailingSlash;
      case NAME -> false;
    };
  }

  private void readLink(Turn turn, PathRow row) {
    if (++row.symlinks > Limits.SYMLINKS_MAX) {
      pathCalls.finish(turn, row, -Errno.ELOOP);
      return;
    }
    Vnode link = row.target();
    Message m = FsProtocol.Call.READLINK.encode(turn.scratch(), link.inode, buffer.length);
    long call = turn.callWithBytes(link.mount.fs, m, buffer, 0, buffer.length);
    state.calls.add(state.key(call), Step.WALK_READLINK.number(), row.request);
  }

  /** The target takes the place of what was walked so far. */
  void linkRead(Turn turn, PathRow row, Message answer) {
    if (answer.w0 <= 0) {
      pathCalls.finish(turn, row, answer.w0 == 0 ? -Errno.ENOENT : answer.w0);
      return;
    }
    int bytes = turn.answerBytes(0, buffer, 0, (int) answer.w0);
    row.path = new String(buffer, 0, bytes, ISO_8859_1) + row.path.substring(row.position);
    row.position = 0;
    row.name = "";
    state.release(row.found);
    row.found = null;
    if (row.path.charAt(0) == '/') {
      state.release(row.at);
      row.at = row.process.root.retain();
    }
    go(turn, row);
  }
}
