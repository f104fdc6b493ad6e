package org.atoll.servers.vfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FileStatus;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.abi.protocol.VfsProtocol.Call;
import org.jspecify.annotations.Nullable;

/**
 * The mounts as lines of proc_pid_mounts(5) or proc_pid_mountinfo(5), as a process sees them: a
 * path of {@link Places} for each, and for the latter the status of its root, which has the number
 * of its device. Word 0 of the row: the mount; {@link PathRow#path}: the lines so far; {@link
 * PathRow#trailingSlash}: whether it is mountinfo; {@link PathRow#name}: the path that was found.
 */
final class MountTable implements PathCalls.Theme {

  private static final int NONE = -1;
  private static final byte[] NOTHING = {};

  /** Stage: the status of the root is asked; the others are those of {@link Places}. */
  private static final int DEVICE = 13;

  private final VfsState state;
  private final PathCalls paths;
  private final Places places;

  MountTable(VfsState state, PathCalls paths, Places places) {
    this.state = state;
    this.paths = paths;
    this.places = places;
  }

  void list(Turn turn, long request, int pid, boolean info) {
    Process process = state.processOf(pid, null);
    if (process == null || process.exit != 0) {
      turn.reply(request, -Errno.ESRCH);
      return;
    }
    PathRow row = paths.row(request, process, Call.MOUNTS);
    row.words[0] = NONE;
    row.trailingSlash = info;
    next(turn, row);
  }

  private void next(Turn turn, PathRow row) {
    Mount mount = after((int) row.words[0]);
    if (mount == null) {
      answer(turn, row);
    } else {
      row.words[0] = mount.id;
      places.find(turn, row, mount.rootVnode());
    }
  }

  private @Nullable Mount after(int id) {
    for (Mount mount : state.mounts) {
      if (mount.id > id && mount.root != null) {
        return mount;
      }
    }
    return null;
  }

  @Override
  public void walked(Turn turn, PathRow row) {
    throw new IllegalStateException("there is no path to walk");
  }

  @Override
  public void acted(Turn turn, PathRow row, Message answer) {
    if (row.stage == DEVICE) {
      rootKnown(turn, row, answer);
      return;
    }
    String path = places.acted(turn, row, answer);
    if (path == null) {
      return;
    }
    Mount mount = state.mountById((int) row.words[0]);
    if (!Places.isReachable(row)) {
      next(turn, row);
    } else if (row.trailingSlash) {
      row.name = path;
      row.stage = DEVICE;
      Message m = FsProtocol.Call.STAT.encode(turn.scratch(), mount.rootVnode().inode);
      long call = turn.callWithBytes(mount.fs, m, NOTHING, 0, FileStatus.BYTES);
      state.calls.add(state.key(call), Step.PATH_ACTION.number(), row.request);
    } else {
      row.path += escaped(mount.source) + " " + escaped(path) + " " + mount.type + " ";
      row.path += mount.options() + (mount.shown.isEmpty() ? "" : "," + mount.shown) + " 0 0\n";
      next(turn, row);
    }
  }

  private void rootKnown(Turn turn, PathRow row, Message answer) {
    byte[] status = new byte[FileStatus.BYTES];
    turn.answerBytes(0, status, 0, status.length);
    if (answer.w0 < 0) {
      paths.finish(turn, row, answer.w0);
      return;
    }
    int device = Processes.id(status, FileStatus.DEVICE / Integer.BYTES);
    row.path += info(state.mountById((int) row.words[0]), row.name, device);
    next(turn, row);
  }

  /** The root of all is its own parent, as in Linux. */
  private static String info(Mount mount, String path, int device) {
    Vnode covered = mount.covered;
    int major = device >>> 8 & 0xfff;
    int minor = device & 0xff | device >>> 12 & 0xfff00;
    return mount.id
        + " "
        + (covered == null ? mount.id : covered.mount.id)
        + (" " + major + ":" + minor + " / " + escaped(path) + " " + mount.options())
        + (" - " + mount.type + " " + escaped(mount.source) + " " + mount.ofFileSystem() + "\n");
  }

  /** What would end a field or a line is written in octal. */
  private static String escaped(String field) {
    return field
        .replace("\\", "\\134")
        .replace(" ", "\\040")
        .replace("\t", "\\011")
        .replace("\n", "\\012");
  }

  private void answer(Turn turn, PathRow row) {
    byte[] lines = row.path.getBytes(ISO_8859_1);
    if (lines.length > turn.kernel().outBytes(row.request)) {
      paths.finish(turn, row, -Errno.ENAMETOOLONG);
      return;
    }
    int copied = turn.kernel().copyOut(row.request, 0, lines, 0, lines.length);
    paths.finish(turn, row, copied < 0 ? copied : lines.length);
  }
}
