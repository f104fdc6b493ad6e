package org.atoll.servers.vfs;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.abi.protocol.VfsProtocol.Call;

/**
 * open(2), and the open of exec.
 *
 * <p>Stages of an OPEN: the walk; then, where the flags ask for it, CREATE or TRUNCATE at the file
 * system; then the description and its descriptor. Words of the row: flags, mode, DROP_SET_ID of a
 * TRUNCATE.
 */
final class Open implements PathCalls.Theme {

  private static final int CREATE = 1;
  private static final int TRUNCATE = 2;
  private static final int DRIVER = 3;

  private final VfsState state;
  private final PathCalls paths;
  private final Files files;
  private final Fifos fifos;
  private final Devices devices;
  private final Drivers drivers;

  Open(
      VfsState state, PathCalls paths, Files files, Fifos fifos, Devices devices, Drivers drivers) {
    this.state = state;
    this.paths = paths;
    this.files = files;
    this.fifos = fifos;
    this.devices = devices;
    this.drivers = drivers;
  }

  void open(Turn turn, long request, Process process, long dirfd, long openFlags, long mode) {
    String path = paths.text(turn, request);
    if (path == null) {
      return;
    }
    int flags = flags((int) openFlags);
    int error = flagsError(flags, path);
    if (error == 0) {
      error = files.haveRoom(1) ? Math.min(0, process.freeFrom(0)) : -Errno.ENFILE;
    }
    if (error != 0) {
      turn.reply(request, error);
      return;
    }
    PathRow row = paths.row(request, process, Call.OPEN);
    row.words[0] = flags;
    row.words[1] = mode & FileMode.PERMISSIONS;
    row.missingAllowed = (flags & OpenFlags.CREAT) != 0;
    boolean exclusive = (flags & OpenFlags.EXCL) != 0 && row.missingAllowed;
    boolean nofollow = exclusive || (flags & OpenFlags.NOFOLLOW) != 0;
    row.last = nofollow ? PathRow.Last.NOFOLLOW : PathRow.Last.FOLLOW;
    paths.walk(turn, row, dirfd, path, 0);
  }

  /** With O_PATH, all but three flags have no meaning. */
  private static int flags(int flags) {
    int ofPath = OpenFlags.PATH | OpenFlags.DIRECTORY | OpenFlags.NOFOLLOW | OpenFlags.CLOEXEC;
    return (flags & OpenFlags.PATH) != 0 ? flags & ofPath : flags;
  }

  private static int flagsError(int flags, String path) {
    if ((flags & OpenFlags.TMPFILE) != 0) {
      return -Errno.EOPNOTSUPP;
    }
    if ((flags & OpenFlags.CREAT) == 0) {
      return 0;
    }
    if ((flags & OpenFlags.DIRECTORY) != 0) {
      return -Errno.EINVAL;
    }
    return path.endsWith("/") ? -Errno.EISDIR : 0;
  }

  void openExec(Turn turn, long request, Process process, long dirfd, long atFlags) {
    String path = paths.text(turn, request);
    if (path == null) {
      return;
    }
    if (!files.haveRoom(1)) {
      turn.reply(request, -Errno.ENFILE);
      return;
    }
    PathRow row = paths.row(request, process, Call.OPEN_EXEC);
    boolean nofollow = (atFlags & OpenFlags.AT_SYMLINK_NOFOLLOW) != 0;
    row.last = nofollow ? PathRow.Last.NOFOLLOW : PathRow.Last.FOLLOW;
    paths.walk(turn, row, dirfd, path, atFlags);
  }

  @Override
  public void walked(Turn turn, PathRow row) {
    if (row.call == Call.OPEN_EXEC) {
      walkedExec(turn, row);
    } else if (row.found == null) {
      create(turn, row);
    } else {
      openFound(turn, row, row.found);
    }
  }

  private void create(Turn turn, PathRow row) {
    Vnode directory = row.directory();
    int error = Permission.changeNames(row.process, directory);
    if (error != 0) {
      paths.finish(turn, row, error);
      return;
    }
    row.stage = CREATE;
    int mode = Permission.newMode(row.process, directory, FileMode.REGULAR, (int) row.words[1]);
    int group = Permission.newGroup(row.process, directory);
    Message m =
        FsProtocol.Call.CREATE.encode(
            turn.scratch(), directory.inode, mode, row.process.uid, group, 0);
    paths.act(turn, row, directory.mount.fs, m, row.name);
  }

  private void openFound(Turn turn, PathRow row, Vnode vnode) {
    int flags = (int) row.words[0];
    int error = refusal(row, vnode, flags);
    if (error != 0) {
      paths.finish(turn, row, error);
    } else if ((flags & OpenFlags.TRUNC) != 0 && vnode.isRegular()) {
      row.stage = TRUNCATE;
      row.words[2] = Permission.dropSetId(row.process);
      vnode.writers++;
      Message m = FsProtocol.Call.TRUNCATE.encode(turn.scratch(), vnode.inode, 0, row.words[2], 0);
      paths.act(turn, row, vnode.mount.fs, m, "");
    } else {
      describe(turn, row, vnode);
    }
  }

  private static int refusal(PathRow row, Vnode vnode, int flags) {
    boolean created = (flags & OpenFlags.CREAT) != 0;
    if (created && (flags & OpenFlags.EXCL) != 0) {
      return -Errno.EEXIST;
    }
    if (created && vnode.isDirectory()) {
      return -Errno.EISDIR;
    }
    if ((flags & OpenFlags.DIRECTORY) != 0 && !vnode.isDirectory()) {
      return -Errno.ENOTDIR;
    }
    return (flags & OpenFlags.PATH) != 0 ? 0 : refusalToUse(row.process, vnode, flags);
  }

  private static int refusalToUse(Process process, Vnode vnode, int flags) {
    int access = flags & OpenFlags.ACCESS_MODE;
    boolean writes = access != 0 || (flags & OpenFlags.TRUNC) != 0;
    if (vnode.type() == FileMode.SYMLINK) {
      return -Errno.ELOOP;
    }
    if (vnode.isDirectory() && writes) {
      return -Errno.EISDIR;
    }
    if (writes && vnode.isRegular() && Permission.change(vnode) != 0) {
      return -Errno.EROFS;
    }
    int rights = access == OpenFlags.WRONLY ? 0 : Permission.READ;
    if (!Permission.may(process, vnode, rights | (writes ? Permission.WRITE : 0))) {
      return -Errno.EACCES;
    }
    if ((flags & OpenFlags.NOATIME) != 0 && !Permission.owns(process, vnode)) {
      return -Errno.EPERM;
    }
    return writes && vnode.executors > 0 ? -Errno.ETXTBSY : 0;
  }

  @Override
  public void acted(Turn turn, PathRow row, Message answer) {
    if (row.call == Call.OPEN_EXEC) {
      describeExec(turn, row, answer);
      return;
    }
    switch (row.stage) {
      case CREATE -> created(turn, row, answer);
      case TRUNCATE -> truncated(turn, row, answer.w0);
      case DRIVER -> drivers.opened(turn, row, answer);
      default -> throw new IllegalStateException("stage " + row.stage);
    }
  }

  /** EEXIST: somebody was faster between LOOKUP and CREATE; then it is there to be looked up. */
  private void created(Turn turn, PathRow row, Message answer) {
    boolean exclusive = (row.words[0] & OpenFlags.EXCL) != 0;
    if (answer.w0 == -Errno.EEXIST && !exclusive) {
      paths.walk().look(turn, row);
    } else if (answer.w0 < 0) {
      paths.finish(turn, row, answer.w0);
    } else {
      Vnode vnode = state.enter(row.directory().mount, answer);
      row.found = vnode;
      describe(turn, row, vnode);
    }
  }

  /** While it is truncated the file counts as written: it is not executed meanwhile. */
  private void truncated(Turn turn, PathRow row, long result) {
    Vnode vnode = row.target();
    vnode.writers--;
    if (result < 0) {
      paths.finish(turn, row, result);
      return;
    }
    if (row.words[2] != 0) {
      vnode.dropSetId();
    }
    describe(turn, row, vnode);
  }

  /** Makes the open file description and answers its descriptor, or waits for a FIFO's peer. */
  private void describe(Turn turn, PathRow row, Vnode vnode) {
    int flags = (int) row.words[0];
    if ((flags & OpenFlags.PATH) != 0) {
      answer(turn, row, files.open(OpenFile.Kind.PATH, flags, vnode, null, 0));
      return;
    }
    switch (vnode.type()) {
      case FileMode.REGULAR, FileMode.DIRECTORY ->
          answer(turn, row, files.open(OpenFile.Kind.FILE, flags, vnode, null, 0));
      case FileMode.FIFO -> fifos.open(turn, row, vnode);
      case FileMode.CHARACTER -> character(turn, row, vnode);
      default -> paths.finish(turn, row, -Errno.ENXIO);
    }
  }

  private void character(Turn turn, PathRow row, Vnode vnode) {
    if (vnode.mount.is(Mount.NO_DEVICES)) {
      paths.finish(turn, row, -Errno.EACCES);
    } else if (Drivers.serves(vnode.device)) {
      row.stage = DRIVER;
      drivers.open(turn, row, vnode, (int) row.words[0]);
    } else {
      devices.open(turn, row, vnode);
    }
  }

  private void answer(Turn turn, PathRow row, OpenFile file) {
    turn.reply(row.request, files.install(turn, row.process, file, (int) row.words[0]));
    paths.end(turn, row);
  }

  // ---- exec

  private void walkedExec(Turn turn, PathRow row) {
    Vnode vnode = row.target();
    if (vnode.type() == FileMode.SYMLINK) {
      paths.finish(turn, row, -Errno.ELOOP);
    } else if (!vnode.isRegular() || !Permission.may(row.process, vnode, Permission.EXECUTE)) {
      paths.finish(turn, row, -Errno.EACCES);
    } else if (vnode.writers > 0) {
      paths.finish(turn, row, -Errno.ETXTBSY);
    } else {
      Message m = FsProtocol.Call.VERSION.encode(turn.scratch(), vnode.inode);
      paths.act(turn, row, vnode.mount.fs, m, "");
    }
  }

  private void describeExec(Turn turn, PathRow row, Message answer) {
    Vnode vnode = row.target();
    if (answer.w0 < 0 || vnode.writers > 0) {
      paths.finish(turn, row, answer.w0 < 0 ? answer.w0 : -Errno.ETXTBSY);
      return;
    }
    long bytes = answer.w1;
    OpenFile file = files.open(OpenFile.Kind.FILE, OpenFlags.LARGEFILE, vnode, null, 0);
    file.executing = true;
    vnode.executors++;
    int fd = row.process.putHidden(file);
    int setId = FileMode.SET_USER_ID | FileMode.SET_GROUP_ID;
    int mode = vnode.mount.is(Mount.NO_SET_ID) ? vnode.mode & ~setId : vnode.mode;
    Message m = turn.scratch().set(0, fd, mode, vnode.uid, vnode.gid, bytes, 0, 0);
    turn.reply(row.request, m);
    paths.end(turn, row);
  }
}
