package org.atoll.servers.vfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.VfsProtocol.Call;
import org.jspecify.annotations.Nullable;

/**
 * The mounts as lines of proc_pid_mounts(5), as a process sees them: a path of {@link Places} for
 * each. Word 0 of the row: the mount; {@link PathRow#path}: the lines so far.
 */
final class MountTable implements PathCalls.Theme {

  private static final int NONE = -1;

  private final VfsState state;
  private final PathCalls paths;
  private final Places places;

  MountTable(VfsState state, PathCalls paths, Places places) {
    this.state = state;
    this.paths = paths;
    this.places = places;
  }

  void list(Turn turn, long request, int pid) {
    Process process = state.processOf(pid, null);
    if (process == null || process.exit != 0) {
      turn.reply(request, -Errno.ESRCH);
      return;
    }
    PathRow row = paths.row(request, process, Call.MOUNTS);
    row.words[0] = NONE;
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
    String path = places.acted(turn, row, answer);
    if (path == null) {
      return;
    }
    Mount mount = state.mountById((int) row.words[0]);
    if (Places.isReachable(row)) {
      row.path += escaped(mount.source) + " " + escaped(path) + " " + mount.type + " ";
      row.path += mount.options() + " 0 0\n";
    }
    next(turn, row);
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
