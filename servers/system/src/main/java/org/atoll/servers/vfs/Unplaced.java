package org.atoll.servers.vfs;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.ConsoleProtocol;

/**
 * Calls with a path that leads, by a magic link, to what has no place in a tree: a pipe without a
 * name, a stream of the command. Both belong to who made them, with mode 0600.
 */
final class Unplaced implements PathCalls.Theme {

  private static final int INPUT = 0;

  private final PathCalls paths;
  private final Files files;
  private final FileCalls fileCalls;
  private final Pipes pipes;

  Unplaced(PathCalls paths, Files files, FileCalls fileCalls, Pipes pipes) {
    this.paths = paths;
    this.files = files;
    this.fileCalls = fileCalls;
    this.pipes = pipes;
  }

  @Override
  public void walked(Turn turn, PathRow row) {
    OpenFile file = row.openFile();
    switch (row.call) {
      case OPEN -> open(turn, row, file);
      case STAT -> {
        fileCalls.stat(turn, row.request, file);
        paths.end(turn, row);
      }
      case ACCESS -> paths.finish(turn, row, access(row, file));
      case CHDIR, CHROOT, MOUNT -> paths.finish(turn, row, -Errno.ENOTDIR);
      case OPEN_EXEC -> paths.finish(turn, row, -Errno.EACCES);
      case LINK -> paths.finish(turn, row, -Errno.EXDEV);
      case STATFS -> {
        FileCalls.statfsPlaceless(turn, row.request, file);
        paths.end(turn, row);
      }
      default -> paths.finish(turn, row, -Errno.EINVAL);
    }
  }

  private static int access(PathRow row, OpenFile file) {
    int rights = (int) row.words[0];
    boolean effective = (row.words[2] & OpenFlags.AT_EACCESS) != 0;
    int uid = effective ? row.process.uid : row.process.realUid;
    boolean runs = (rights & Permission.EXECUTE) != 0;
    return rights == 0 || isOwner(uid, file) && !runs ? 0 : -Errno.EACCES;
  }

  private static boolean isOwner(int uid, OpenFile file) {
    return uid == 0 || file.pipe != null && uid == file.pipe.uid;
  }

  private void open(Turn turn, PathRow row, OpenFile file) {
    int flags = (int) row.words[0];
    if ((flags & OpenFlags.DIRECTORY) != 0) {
      paths.finish(turn, row, -Errno.ENOTDIR);
    } else if ((flags & OpenFlags.PATH) != 0) {
      paths.finish(turn, row, -Errno.EOPNOTSUPP);
    } else if (file.kind == OpenFile.Kind.EVENT || file.kind == OpenFile.Kind.SOCKET) {
      paths.finish(turn, row, -Errno.ENXIO);
    } else if (file.pipe == null) {
      Message m = ConsoleProtocol.Call.STATUS.encode(turn.scratch(), file.device);
      paths.actLending(turn, row, turn.role(Role.CONSOLE), m, 0);
    } else if (!isOwner(row.process.uid, file)) {
      paths.finish(turn, row, -Errno.EACCES);
    } else {
      answer(turn, row, files.open(OpenFile.Kind.PIPE, flags, null, file.pipe, 0));
      pipes.pump(turn, file.pipe);
    }
  }

  private void answer(Turn turn, PathRow row, OpenFile opened) {
    turn.reply(row.request, files.install(turn, row.process, opened, (int) row.words[0]));
    paths.end(turn, row);
  }

  /** The console said what a stream is. */
  @Override
  public void acted(Turn turn, PathRow row, Message status) {
    OpenFile file = row.openFile();
    int flags = (int) row.words[0];
    int kind = (int) status.w0;
    if (kind < 0) {
      paths.finish(turn, row, kind);
    } else if (kind == Streams.NULL_DEVICE) {
      answer(turn, row, files.open(OpenFile.Kind.DEVICE, flags, null, null, Devices.NULL));
    } else if (!isOwner(row.process.uid, file)) {
      paths.finish(turn, row, -Errno.EACCES);
    } else if (kind == Streams.TERMINAL) {
      answer(turn, row, files.open(OpenFile.Kind.STREAM, flags, null, null, Devices.CONSOLE));
    } else {
      int direction = file.device == INPUT ? 0 : OpenFlags.WRONLY;
      if ((flags & OpenFlags.ACCESS_MODE) == direction) {
        answer(turn, row, files.open(OpenFile.Kind.STREAM, flags, null, null, file.device));
      } else {
        paths.finish(turn, row, -Errno.EACCES);
      }
    }
  }
}
