package org.atoll.servers.vfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FsProtocol;
import org.jspecify.annotations.Nullable;

/**
 * From a vnode to its path as a process sees it: one message to each file system on the way up, and
 * when the process has a root of its own, the same for that.
 *
 * <p>Words 1 to 4 of the row: mount and inode whose path is asked, whether a name is gone, whether
 * the process's root is above. {@link PathRow#other} is what is known of the path.
 */
final class Places {

  /** Stages; {@link #STREAM} is for who asks the console instead. */
  static final int STREAM = 10;

  private static final int TARGET = 11;
  private static final int ROOT = 12;

  private final VfsState state;
  private final PathCalls paths;
  private final byte[] buffer = new byte[Limits.PATH_BYTES_MAX];

  Places(VfsState state, PathCalls paths) {
    this.state = state;
    this.paths = paths;
  }

  /** Begins; the answers go to {@link #acted}. */
  void find(Turn turn, PathRow row, Vnode vnode) {
    state.release(row.first);
    state.release(row.firstAt);
    row.first = vnode.retain();
    row.firstAt = row.process.root.retain();
    row.words[3] = 0;
    row.words[4] = 1;
    row.firstName = "";
    begin(turn, row, vnode, TARGET);
  }

  private void begin(Turn turn, PathRow row, Vnode vnode, int stage) {
    row.stage = stage;
    row.other = "";
    ask(turn, row, vnode);
  }

  private void ask(Turn turn, PathRow row, Vnode vnode) {
    row.words[1] = vnode.mount.id;
    row.words[2] = vnode.inode;
    Message m = FsProtocol.Call.PATH.encode(turn.scratch(), vnode.inode);
    long call = turn.callWithBytes(vnode.mount.fs, m, buffer, 0, buffer.length);
    state.calls.add(state.key(call), Step.PATH_ACTION.number(), row.request);
  }

  /** A file system answered. The path when it is complete; null: it is not, or the call failed. */
  @Nullable String acted(Turn turn, PathRow row, Message answer) {
    if (answer.w0 < 0) {
      boolean gone = answer.w0 == -Errno.ESTALE;
      paths.finish(turn, row, gone ? -Errno.ENOENT : answer.w0);
      return null;
    }
    row.words[3] |= answer.w1;
    int bytes = turn.answerBytes(0, buffer, 0, (int) answer.w0);
    row.other = new String(buffer, 0, bytes, ISO_8859_1) + row.other;
    Mount mount = state.mountIfThere((int) row.words[1]);
    Vnode covered = mount == null ? null : mount.covered;
    if (covered != null) {
      ask(turn, row, covered);
      return null;
    }
    Vnode root = PathRow.present(row.firstAt);
    if (row.stage == TARGET && !(root == root.mount.root && root.mount.covered == null)) {
      row.firstName = row.other;
      begin(turn, row, root, ROOT);
      return null;
    }
    return row.stage == TARGET ? text(row, row.other) : below(row);
  }

  /** What is left of the path under the process's root; all of it when it is elsewhere. */
  private static String below(PathRow row) {
    String path = row.firstName;
    boolean under = path.equals(row.other) || path.startsWith(row.other + "/");
    row.words[4] = under ? 1 : 0;
    return text(row, under ? path.substring(row.other.length()) : path);
  }

  private static String text(PathRow row, String path) {
    return (path.isEmpty() ? "/" : path) + (row.words[3] == 0 ? "" : " (deleted)");
  }

  /** Whether the path that was found is under the process's root. */
  static boolean isReachable(PathRow row) {
    return row.words[4] != 0;
  }
}
