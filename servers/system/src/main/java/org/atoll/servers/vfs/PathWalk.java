package org.atoll.servers.vfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.abi.protocol.MagicLink;
import org.atoll.abi.protocol.PassedDirectory;

/**
 * From a path to a vnode (POSIX.1-2024, 4.16 pathname resolution).
 *
 * <p>A walk is a {@link PathRow}. {@link #go} takes components until one needs the file system,
 * which is asked for it and for those behind it; the answer comes to {@link #lookedUp}, or {@link
 * #linkRead} for a symbolic link, and they go on. A file system knows neither who may search a
 * directory nor what is mounted there: both are looked at here, in each directory that it went
 * through. Paths are bytes, one in each char.
 */
final class PathWalk {

  private final VfsState state;
  private final PathCalls pathCalls;
  private final byte[] buffer = new byte[Limits.PATH_BYTES_MAX];
  private final LookupAnswer lookup = new LookupAnswer();

  /** Whether {@link #lookup} has the status of what a walk has just found. */
  private boolean statusKnown;

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
    int start = behindSlashes(row.path, row.position);
    row.position = endOfName(row.path, start);
    row.name = row.path.substring(start, row.position);
    row.trailingSlash = row.position < row.path.length();
  }

  private static int searchable(PathRow row) {
    if (!row.directory().isDirectory()) {
      return -Errno.ENOTDIR;
    }
    return refusal(row, Permission.may(row.process, row.directory(), Permission.EXECUTE));
  }

  private static int refusal(PathRow row, boolean maySearch) {
    if (!maySearch) {
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

  /** Asks for {@link PathRow#name} and what is behind it; also to ask again after a race. */
  void look(Turn turn, PathRow row) {
    Vnode at = row.directory();
    row.asked = endOfNames(row);
    long flags = row.needsDirectory() ? FsProtocol.KEEP_DIRECTORY : 0;
    flags |= looksOnly(row) ? FsProtocol.LOOK_ONLY : 0;
    Message m = FsProtocol.Call.LOOKUP.encode(turn.scratch(), at.inode, flags);
    int start = row.position - row.name.length();
    byte[] names = row.path.substring(start, row.asked).getBytes(ISO_8859_1);
    long call =
        turn.callWithBytes(at.mount.fs, m, names, names.length, PassedDirectory.ANSWER_BYTES_MAX);
    state.calls.add(state.key(call), Step.WALK_LOOKUP.number(), row.request);
  }

  /** Behind the name, and those after it that a file system can follow by itself. */
  private static int endOfNames(PathRow row) {
    String path = row.path;
    int end = row.position;
    int next = row.name.equals("..") ? path.length() : behindSlashes(path, end);
    while (next < path.length() && !areDots(path, next)) {
      end = endOfName(path, next);
      next = behindSlashes(path, end);
    }
    return end;
  }

  /** Whether what the names that were asked for lead to is wanted for a look only. */
  private static boolean looksOnly(PathRow row) {
    boolean last = behindSlashes(row.path, row.asked) == row.path.length();
    return row.looksOnly() && last && !row.name.equals("..");
  }

  private static boolean areDots(String path, int at) {
    int bytes = endOfName(path, at) - at;
    return bytes <= 2 && path.startsWith("..".substring(0, bytes), at);
  }

  private static int behindSlashes(String path, int from) {
    int at = from;
    while (at < path.length() && path.charAt(at) == '/') {
      at++;
    }
    return at;
  }

  private static int endOfName(String path, int from) {
    int end = path.indexOf('/', from);
    return end < 0 ? path.length() : end;
  }

  /** The file system went through directories, and answered what it found last. */
  void lookedUp(Turn turn, PathRow row, Message answer) {
    int error = lookup.read(turn, answer, row.needsDirectory(), looksOnly(row));
    Mount mount = row.directory().mount;
    for (int i = 0; i < lookup.passed() && error == 0; i++) {
      Vnode covered = mount.mountPoint(lookup.inode(i));
      if (covered != null) {
        lookup.giveBack(state.puts, mount);
        move(row, state.cross(covered.retain()));
        go(turn, row);
        return;
      }
      error = step(row, i);
    }
    if (error != 0) {
      lookup.giveBack(state.puts, mount);
      pathCalls.finish(turn, row, error);
      return;
    }
    if (lookup.holdsDirectory()) {
      move(row, lookup.directory(state, mount));
    }
    found(turn, row, answer);
  }

  /** Takes the component that was looked for in a directory that was passed. */
  private int step(PathRow row, int directory) {
    if (row.isAtEnd()) {
      return -Errno.EIO;
    }
    nextComponent(row);
    return refusal(row, lookup.maySearch(row.process, directory));
  }

  private void move(PathRow row, Vnode to) {
    state.release(row.at);
    row.at = to;
  }

  private void found(Turn turn, PathRow row, Message answer) {
    boolean last = row.isAtEnd() && !row.name.equals("..");
    if (answer.w0 < 0) {
      missing(turn, row, answer.w0, last);
      return;
    }
    row.foundBytes = answer.w2;
    Vnode entered = state.look(row.directory().mount, answer);
    entered.holds += lookup.holdsFound() ? 1 : 0;
    Vnode vnode = state.cross(entered);
    if (vnode.type() == FileMode.SYMLINK && follows(row, last)) {
      row.found = vnode;
      follow(turn, row, vnode);
    } else if (!last) {
      move(row, vnode);
      go(turn, row);
    } else {
      row.found = vnode;
      statusKnown = vnode == entered && lookup.hasStatus();
      end(turn, row);
      statusKnown = false;
    }
  }

  private void end(Turn turn, PathRow row) {
    boolean needsDirectory = row.trailingSlash && row.last != PathRow.Last.NAME;
    if (needsDirectory && !row.target().isDirectory()) {
      pathCalls.finish(turn, row, -Errno.ENOTDIR);
    } else {
      pathCalls.walked(turn, row);
    }
  }

  /** Whether the status of what a walk has just found is known. */
  boolean knowsStatus() {
    return statusKnown;
  }

  /** Answers a request that wants it: 0, or a negated errno. */
  int copyStatus(Turn turn, long request) {
    return lookup.copyStatus(turn, request);
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

  private void follow(Turn turn, PathRow row, Vnode link) {
    if (++row.symlinks > Limits.SYMLINKS_MAX) {
      pathCalls.finish(turn, row, -Errno.ELOOP);
    } else if (!MagicLink.isMagic(link.device)) {
      readLink(turn, row, link);
    } else if (MagicLink.kind(link.device) == MagicLink.Kind.SELF) {
      replaceLink(turn, row, String.valueOf(row.process.pid));
    } else {
      jump(turn, row, link.device);
    }
  }

  /** A magic link leads to what a process has, wherever that is. */
  private void jump(Turn turn, PathRow row, long device) {
    Process owner = state.processOf(MagicLink.pid(device), row.process);
    int error = MagicLinks.refusal(row.process, owner);
    if (error != 0 || owner == null) {
      pathCalls.finish(turn, row, error);
      return;
    }
    MagicLinks.Target target = MagicLinks.target(owner, device);
    Vnode vnode = target.vnode();
    boolean needsDirectory = !row.isAtEnd() || row.trailingSlash;
    if (target.isNone()) {
      pathCalls.finish(turn, row, -Errno.ENOENT);
    } else if (needsDirectory && (vnode == null || !vnode.isDirectory())) {
      pathCalls.finish(turn, row, -Errno.ENOTDIR);
    } else {
      land(turn, row, target);
    }
  }

  private void land(Turn turn, PathRow row, MagicLinks.Target target) {
    state.release(row.found);
    row.found = null;
    Vnode vnode = target.vnode();
    OpenFile file = target.file();
    if (vnode != null && !row.isAtEnd()) {
      move(row, vnode.retain());
      go(turn, row);
      return;
    }
    row.found = vnode == null ? null : vnode.retain();
    row.file = file == null ? null : file.retain();
    pathCalls.walked(turn, row);
  }

  private void readLink(Turn turn, PathRow row, Vnode link) {
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
    replaceLink(turn, row, new String(buffer, 0, bytes, ISO_8859_1));
  }

  private void replaceLink(Turn turn, PathRow row, String target) {
    row.path = target + row.path.substring(row.position);
    row.position = 0;
    row.name = "";
    state.release(row.found);
    row.found = null;
    if (row.path.charAt(0) == '/') {
      move(row, row.process.root.retain());
    }
    go(turn, row);
  }
}
