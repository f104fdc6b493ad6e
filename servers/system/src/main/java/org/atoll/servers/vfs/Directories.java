package org.atoll.servers.vfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.abi.protocol.VfsProtocol.Call;

/** The directories of a process: chdir, fchdir, chroot, getcwd. */
final class Directories implements PathCalls.Theme {

  /** Stages of GETCWD; its words: mount, inode whose name is looked for, inode above it. */
  private static final int PARENT = 1;

  private static final int NAME = 2;

  private final VfsState state;
  private final PathCalls paths;
  private final byte[] buffer = new byte[Limits.PATH_BYTES_MAX + Limits.NAME_BYTES_MAX + 2];

  Directories(VfsState state, PathCalls paths) {
    this.state = state;
    this.paths = paths;
  }

  void change(Turn turn, long request, Process process, Call call) {
    String path = paths.text(turn, request);
    if (path != null) {
      PathRow row = paths.row(request, process, call);
      paths.walk(turn, row, OpenFlags.AT_FDCWD, path, 0);
    }
  }

  void changeTo(Turn turn, long request, Process process, long fd) {
    OpenFile file = process.file(fd);
    if (file == null) {
      turn.reply(request, -Errno.EBADF);
      return;
    }
    int error = file.vnode == null ? -Errno.ENOTDIR : refusal(process, file.vnode);
    if (error == 0) {
      Vnode old = process.directory;
      process.directory = file.place().retain();
      state.release(old);
    }
    turn.reply(request, error);
  }

  private static int refusal(Process process, Vnode vnode) {
    if (!vnode.isDirectory()) {
      return -Errno.ENOTDIR;
    }
    return Permission.may(process, vnode, Permission.EXECUTE) ? 0 : -Errno.EACCES;
  }

  @Override
  public void walked(Turn turn, PathRow row) {
    Process process = row.process;
    int error = refusal(process, row.target());
    if (error == 0 && row.call == Call.CHROOT && process.uid != 0) {
      error = -Errno.EPERM;
    }
    if (error == 0) {
      Vnode fresh = row.target().retain();
      Vnode old = row.call == Call.CHROOT ? process.root : process.directory;
      if (row.call == Call.CHROOT) {
        process.root = fresh;
      } else {
        process.directory = fresh;
      }
      state.release(old);
    }
    paths.finish(turn, row, error);
  }

  // ---- getcwd: from the directory up, a name at a time

  void current(Turn turn, long request, Process process) {
    PathRow row = paths.row(request, process, Call.GETCWD);
    row.words[0] = process.directory.mount.id;
    row.words[1] = process.directory.inode;
    up(turn, row);
  }

  private void up(Turn turn, PathRow row) {
    Vnode root = row.process.root;
    Mount mount = state.mountById((int) row.words[0]);
    while (mount.rootVnode().inode == row.words[1]) {
      if (mount == root.mount && root.inode == row.words[1] || mount.covered == null) {
        break;
      }
      row.words[1] = mount.covered.inode;
      mount = mount.covered.mount;
      row.words[0] = mount.id;
    }
    boolean atRoot = mount == root.mount && root.inode == row.words[1];
    if (atRoot || mount.rootVnode().inode == row.words[1]) {
      answer(turn, row, atRoot ? row.other : "(unreachable)" + row.other);
      return;
    }
    row.stage = PARENT;
    Message m = FsProtocol.Call.PARENT.encode(turn.scratch(), row.words[1]);
    paths.act(turn, row, mount.fs, m, "");
  }

  @Override
  public void acted(Turn turn, PathRow row, Message answer) {
    if (answer.w0 < 0) {
      paths.finish(turn, row, answer.w0 == -Errno.ESTALE ? -Errno.ENOENT : answer.w0);
    } else if (row.stage == PARENT) {
      row.stage = NAME;
      row.words[2] = answer.w0;
      Message m = FsProtocol.Call.NAME_OF.encode(turn.scratch(), answer.w0, row.words[1]);
      int fs = state.mountById((int) row.words[0]).fs;
      long call = turn.callWithBytes(fs, m, buffer, 0, Limits.NAME_BYTES_MAX);
      state.calls.add(state.key(call), Step.PATH_ACTION.number(), row.request);
    } else {
      int bytes = turn.answerBytes(0, buffer, 0, (int) answer.w0);
      row.other = "/" + new String(buffer, 0, bytes, ISO_8859_1) + row.other;
      row.words[1] = row.words[2];
      up(turn, row);
    }
  }

  private void answer(Turn turn, PathRow row, String path) {
    byte[] bytes = ((path.isEmpty() ? "/" : path) + '\0').getBytes(ISO_8859_1);
    if (bytes.length > turn.kernel().outBytes(row.request)) {
      paths.finish(turn, row, -Errno.ERANGE);
      return;
    }
    int copied = turn.kernel().copyOut(row.request, 0, bytes, 0, bytes.length);
    paths.finish(turn, row, copied < 0 ? copied : bytes.length);
  }
}
