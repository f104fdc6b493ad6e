package org.atoll.servers.vfs;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.abi.protocol.VfsProtocol.Call;
import org.atoll.libsys.Row;

/**
 * mount from a task of the system: the root of all, and what boot and RS put into the tree. Makes
 * the target where it is missing, one directory after the other.
 *
 * <p>The root is looked at first, because a file is mounted on a file, and entered when the target
 * is there. Words of the row: file system, how much of the target is walked, whether the root is a
 * directory, flags, inode of the root. {@link PathRow#other} is the target, {@link
 * PathRow#firstName} source and type, a NUL between them.
 */
final class SystemMounts implements PathCalls.Theme {

  private static final int LOOK = 1;
  private static final int WALK = 2;
  private static final int MAKE = 3;
  private static final int ENTER = 4;
  private static final int DIRECTORY_MODE = FileMode.DIRECTORY | 0755;
  private static final int FILE_MODE = FileMode.REGULAR | 0644;

  private final VfsState state;
  private final PathCalls paths;
  private final Processes processes;

  SystemMounts(VfsState state, PathCalls paths, Processes processes) {
    this.state = state;
    this.paths = paths;
    this.processes = processes;
  }

  void mount(
      Turn turn,
      long request,
      long flags,
      long sourceBytes,
      long targetBytes,
      long typeBytes,
      long fs,
      long root) {
    String text = paths.text(turn, request);
    if (text == null) {
      return;
    }
    if (targetBytes == 0 || !Mounts.fit(text, sourceBytes, targetBytes, typeBytes)) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    int targetEnd = (int) (sourceBytes + targetBytes);
    String source = text.substring(0, (int) sourceBytes);
    String target = text.substring((int) sourceBytes, targetEnd);
    String type = text.substring(targetEnd, (int) (targetEnd + typeBytes));
    boolean near = Endpoint.home(Turn.caller(request)) == turn.node();
    int error = near ? refusal(fs, root, target) : -Errno.EPERM;
    if (error != 0) {
      turn.reply(request, error);
      return;
    }
    if (state.mounts.isEmpty()) {
      Mount mount = state.addMount((int) fs, source, type, (int) flags);
      Message m = FsProtocol.Call.GET.encode(turn.scratch(), root);
      long call = turn.call(mount.fs, m);
      state.calls.add(state.key(call), Step.FIRST_ROOT.number(), request, mount.id);
      return;
    }
    PathRow row = paths.row(request, processes.task(Turn.caller(request)), Call.MOUNT);
    row.words[0] = fs;
    row.words[3] = flags;
    row.words[4] = root;
    row.other = target;
    row.firstName = source + "\0" + type;
    row.missingAllowed = true;
    askRoot(turn, row, LOOK);
  }

  private void askRoot(Turn turn, PathRow row, int stage) {
    row.stage = stage;
    Message m = FsProtocol.Call.GET.encode(turn.scratch(), row.words[4]);
    paths.act(turn, row, (int) row.words[0], m, "");
  }

  private int refusal(long fs, long root, String target) {
    boolean first = state.mounts.isEmpty();
    if (target.charAt(0) != '/' || fs < 0 || fs > Integer.MAX_VALUE) {
      return -Errno.EINVAL;
    }
    if (first != target.equals("/") || !first && state.mounts.getFirst().root == null) {
      return -Errno.EBUSY;
    }
    return state.mountOf((int) fs, root) == null ? 0 : -Errno.EBUSY;
  }

  /** The root of all is known. */
  void rootKnown(Turn turn, Row row, Message answer) {
    Mount mount = state.mountById((int) row.w1);
    if (answer.w0 < 0) {
      state.mounts.remove(mount);
      turn.reply(row.w0, answer.w0);
    } else {
      mount.root = state.enter(mount, answer);
      turn.reply(row.w0, 0);
    }
  }

  @Override
  public void acted(Turn turn, PathRow row, Message answer) {
    if (answer.w0 < 0) {
      paths.finish(turn, row, answer.w0);
      return;
    }
    switch (row.stage) {
      case LOOK -> {
        state.puts.add((int) row.words[0], row.words[4], 1);
        row.words[2] = (answer.w1 & FileMode.TYPE) == FileMode.DIRECTORY ? 1 : 0;
        next(turn, row);
      }
      case MAKE -> {
        row.found = state.enter(row.directory().mount, answer);
        reached(turn, row, row.found);
      }
      default -> enter(turn, row, answer);
    }
  }

  /** Walks one name further than the last time. */
  private void next(Turn turn, PathRow row) {
    int start = (int) row.words[1];
    while (start < row.other.length() && row.other.charAt(start) == '/') {
      start++;
    }
    int end = row.other.indexOf('/', start);
    row.words[1] = end < 0 ? row.other.length() : end;
    state.release(row.at);
    state.release(row.found);
    row.at = null;
    row.found = null;
    row.symlinks = 0;
    row.stage = WALK;
    String path = row.other.substring(0, (int) row.words[1]);
    paths.walk(turn, row, OpenFlags.AT_FDCWD, path, 0);
  }

  private static boolean isLast(PathRow row) {
    String left = row.other.substring((int) row.words[1]);
    return left.chars().allMatch(c -> c == '/');
  }

  @Override
  public void walked(Turn turn, PathRow row) {
    if (row.found == null) {
      make(turn, row);
    } else {
      reached(turn, row, row.found);
    }
  }

  private void make(Turn turn, PathRow row) {
    row.stage = MAKE;
    boolean directory = !isLast(row) || row.words[2] != 0;
    Vnode above = row.directory();
    int mode = directory ? DIRECTORY_MODE : FILE_MODE;
    FsProtocol.Call.CREATE.encode(turn.scratch(), above.inode, mode, 0, 0, 0);
    paths.act(turn, row, above.mount.fs, turn.scratch(), row.name);
  }

  private void reached(Turn turn, PathRow row, Vnode vnode) {
    if (!isLast(row) && vnode.isDirectory()) {
      next(turn, row);
    } else if (!isLast(row) || vnode.isDirectory() != (row.words[2] != 0)) {
      paths.finish(turn, row, -Errno.ENOTDIR);
    } else {
      askRoot(turn, row, ENTER);
    }
  }

  private void enter(Turn turn, PathRow row, Message answer) {
    int fs = (int) row.words[0];
    Vnode target = row.target();
    if (state.mountOf(fs, row.words[4]) != null || target.covering != null) {
      state.puts.add(fs, row.words[4], 1);
      paths.finish(turn, row, -Errno.EBUSY);
      return;
    }
    int end = row.firstName.indexOf('\0');
    String source = row.firstName.substring(0, end);
    String type = row.firstName.substring(end + 1);
    Mount mount = state.addMount(fs, source, type, (int) row.words[3]);
    mount.root = state.enter(mount, answer);
    mount.covered = target.retain();
    target.covering = mount;
    paths.finish(turn, row, 0);
  }
}
