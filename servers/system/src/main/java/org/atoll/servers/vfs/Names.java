package org.atoll.servers.vfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.abi.protocol.VfsProtocol.Call;

/** Calls that make or remove one name: mkdir, mknod, symlink, unlink. */
final class Names implements PathCalls.Theme {

  private final VfsState state;
  private final PathCalls paths;

  Names(VfsState state, PathCalls paths) {
    this.state = state;
    this.paths = paths;
  }

  // ---- to begin: words of the row are mode and device, or flags

  void mkdir(Turn turn, long request, Process process, long dirfd, long mode) {
    begin(turn, request, process, Call.MKDIR, dirfd, mode, 0);
  }

  void mknod(Turn turn, long request, Process process, long dirfd, long mode, long device) {
    int type = (int) mode & FileMode.TYPE;
    boolean isDevice = type == FileMode.CHARACTER || type == FileMode.BLOCK;
    boolean known = isDevice || type == FileMode.FIFO || type == FileMode.SOCKET;
    if (type == FileMode.DIRECTORY) {
      turn.reply(request, -Errno.EPERM);
    } else if (!known && type != 0 && type != FileMode.REGULAR) {
      turn.reply(request, -Errno.EINVAL);
    } else {
      begin(turn, request, process, Call.MKNOD, dirfd, mode, isDevice ? device : 0);
    }
  }

  void unlink(Turn turn, long request, Process process, long dirfd, long flags) {
    if ((flags & ~OpenFlags.AT_REMOVEDIR) != 0) {
      turn.reply(request, -Errno.EINVAL);
    } else {
      begin(turn, request, process, Call.UNLINK, dirfd, flags, 0);
    }
  }

  private void begin(
      Turn turn, long request, Process process, Call call, long dirfd, long w0, long w1) {
    String path = paths.text(turn, request);
    if (path != null) {
      PathRow row = paths.row(request, process, call);
      row.words[0] = w0;
      row.words[1] = w1;
      walkToName(turn, row, dirfd, path);
    }
  }

  private void walkToName(Turn turn, PathRow row, long dirfd, String path) {
    row.last = PathRow.Last.NAME;
    row.missingAllowed = true;
    paths.walk(turn, row, dirfd, path, 0);
  }

  void symlink(Turn turn, long request, Process process, long dirfd, long targetBytes) {
    String both = paths.text(turn, request);
    if (both == null) {
      return;
    }
    if (targetBytes < 0 || targetBytes > both.length()) {
      turn.reply(request, -Errno.EINVAL);
    } else if (targetBytes == 0) {
      turn.reply(request, -Errno.ENOENT);
    } else if (targetBytes >= Limits.PATH_BYTES_MAX) {
      turn.reply(request, -Errno.ENAMETOOLONG);
    } else {
      PathRow row = paths.row(request, process, Call.SYMLINK);
      row.other = both.substring(0, (int) targetBytes);
      walkToName(turn, row, dirfd, both.substring((int) targetBytes));
    }
  }

  // ---- after the walk

  @Override
  public void walked(Turn turn, PathRow row) {
    if (row.call == Call.UNLINK) {
      remove(turn, row);
    } else {
      make(turn, row);
    }
  }

  private void make(Turn turn, PathRow row) {
    int error = refusalToMake(row);
    if (error != 0) {
      paths.finish(turn, row, error);
    } else if (row.call == Call.SYMLINK) {
      makeLink(turn, row);
    } else {
      makeFile(turn, row);
    }
  }

  private static int refusalToMake(PathRow row) {
    if (row.found != null) {
      return -Errno.EEXIST;
    }
    if (row.trailingSlash && row.call != Call.MKDIR) {
      return -Errno.ENOENT;
    }
    int error = Permission.changeNames(row.process, row.directory());
    boolean device = row.call == Call.MKNOD && row.process.uid != 0;
    int type = (int) row.words[0] & FileMode.TYPE;
    if (error == 0 && device && (type == FileMode.CHARACTER || type == FileMode.BLOCK)) {
      return -Errno.EPERM;
    }
    return error;
  }

  private void makeFile(Turn turn, PathRow row) {
    Vnode directory = row.directory();
    Process process = row.process;
    int asked = (int) row.words[0] & FileMode.TYPE;
    int type = row.call == Call.MKDIR ? FileMode.DIRECTORY : asked == 0 ? FileMode.REGULAR : asked;
    int permissions = (int) row.words[0] & (row.call == Call.MKDIR ? 01777 : 07777);
    int mode = Permission.newMode(process, directory, type, permissions);
    int group = Permission.newGroup(process, directory);
    Message m =
        FsProtocol.Call.CREATE.encode(
            turn.scratch(), directory.inode, mode, process.uid, group, row.words[1]);
    paths.act(turn, row, directory.mount.fs, m, row.name);
  }

  private void makeLink(Turn turn, PathRow row) {
    Vnode directory = row.directory();
    int group = Permission.newGroup(row.process, directory);
    int nameBytes = row.name.getBytes(ISO_8859_1).length;
    Message m =
        FsProtocol.Call.SYMLINK.encode(
            turn.scratch(), directory.inode, row.process.uid, group, nameBytes);
    paths.act(turn, row, directory.mount.fs, m, row.name + row.other);
  }

  private void remove(Turn turn, PathRow row) {
    boolean directory = (row.words[0] & OpenFlags.AT_REMOVEDIR) != 0;
    int error = row.namesNoEntry() ? noEntry(row, directory) : refusalToRemove(row, directory);
    if (error != 0) {
      paths.finish(turn, row, error);
      return;
    }
    Vnode parent = row.directory();
    Message m = FsProtocol.Call.UNLINK.encode(turn.scratch(), parent.inode, row.words[0]);
    paths.act(turn, row, parent.mount.fs, m, row.name);
  }

  private static int noEntry(PathRow row, boolean directory) {
    if (!directory) {
      return -Errno.EISDIR;
    }
    return switch (row.name) {
      case "." -> -Errno.EINVAL;
      case ".." -> -Errno.ENOTEMPTY;
      default -> -Errno.EBUSY;
    };
  }

  private static int refusalToRemove(PathRow row, boolean directory) {
    Vnode victim = row.found;
    if (victim == null) {
      return -Errno.ENOENT;
    }
    if (row.trailingSlash && !directory) {
      return victim.isDirectory() ? -Errno.EISDIR : -Errno.ENOTDIR;
    }
    int error = Permission.remove(row.process, row.directory(), victim);
    if (error != 0) {
      return error;
    }
    if (victim.isDirectory() != directory) {
      return directory ? -Errno.ENOTDIR : -Errno.EISDIR;
    }
    boolean busy = victim.mount.root == victim || victim == row.process.root;
    return busy ? -Errno.EBUSY : 0;
  }

  @Override
  public void acted(Turn turn, PathRow row, Message answer) {
    boolean held = row.call == Call.MKDIR || row.call == Call.MKNOD;
    if (held && answer.w0 >= 0) {
      row.found = state.enter(row.directory().mount, answer);
    }
    paths.finish(turn, row, Math.min(0, answer.w0));
  }
}
