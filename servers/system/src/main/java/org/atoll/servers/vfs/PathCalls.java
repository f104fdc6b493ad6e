package org.atoll.servers.vfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.VfsProtocol.Call;
import org.jspecify.annotations.Nullable;

/**
 * The calls with paths: begins their walks, brings walk and file system's answer to the class of
 * the call, ends them.
 */
final class PathCalls {

  /** What a call does with its walk. */
  interface Theme {

    /** The walk is over; {@link PathRow} says what it leaves. */
    void walked(Turn turn, PathRow row);

    /** The file system answered {@link PathCalls#act}. */
    void acted(Turn turn, PathRow row, Message answer);
  }

  private final VfsState state;
  private final PathWalk walk;
  private final Processes processes;
  private final Surroundings surroundings;
  private final byte[] buffer = new byte[2 * Limits.PATH_BYTES_MAX];
  private @Nullable Themes themes;

  /** The classes of the calls; {@code unplaced} for all that lead to what has no place. */
  record Themes(
      Theme open,
      Theme names,
      Theme twoPaths,
      Theme attributes,
      Theme directories,
      Theme mounts,
      Theme unmounts,
      Theme systemMounts,
      Theme mountTable,
      Theme mappedPaths,
      Theme firstTerminal,
      Theme unplaced,
      Theme sockets) {}

  /** What lies around the calls with paths. */
  interface Surroundings {

    /** A call no longer refers to a file. */
    void release(Turn turn, OpenFile file);
  }

  PathCalls(VfsState state, Processes processes, Surroundings surroundings) {
    this.state = state;
    this.processes = processes;
    this.surroundings = surroundings;
    this.walk = new PathWalk(state, this);
  }

  /** Completes the wiring, once. */
  void themes(Themes all) {
    themes = all;
  }

  PathWalk walk() {
    return walk;
  }

  // ---- to begin

  /** The in-buffer as text, or null after answering that it cannot be one or two paths. */
  @Nullable String text(Turn turn, long request) {
    int bytes = turn.kernel().inBytes(request);
    if (bytes > buffer.length) {
      turn.reply(request, -Errno.ENAMETOOLONG);
      return null;
    }
    int copied = bytes < 0 ? bytes : turn.kernel().copyIn(request, 0, buffer, 0, bytes);
    if (copied < 0) {
      turn.reply(request, copied);
      return null;
    }
    return new String(buffer, 0, bytes, ISO_8859_1);
  }

  /** A row for a call of a process; counted as pending until {@link #end}. */
  PathRow row(long request, Process process, Call call) {
    PathRow row = new PathRow(request, process, call);
    process.pending++;
    state.paths.put(request, row);
    return row;
  }

  /**
   * Begins the walk of a path relative to a descriptor.
   *
   * <p>With AT_EMPTY_PATH and an empty path, what the descriptor has open is what is found.
   */
  void walk(Turn turn, PathRow row, long dirfd, String path, long atFlags) {
    boolean empty = path.isEmpty() && (atFlags & OpenFlags.AT_EMPTY_PATH) != 0;
    if (!empty && !path.isEmpty() && path.charAt(0) == '/') {
      walk.begin(turn, row, row.process.root, path);
      return;
    }
    Vnode start = start(row.process, dirfd);
    if (start == null) {
      boolean closed = row.process.file(dirfd) == null;
      finish(turn, row, closed ? -Errno.EBADF : empty ? -Errno.EINVAL : -Errno.ENOTDIR);
    } else if (empty) {
      row.found = start.retain();
      walked(turn, row);
    } else if (!start.isDirectory()) {
      finish(turn, row, path.isEmpty() ? -Errno.ENOENT : -Errno.ENOTDIR);
    } else {
      walk.begin(turn, row, start, path);
    }
  }

  /**
   * Where a walk from a descriptor starts; null when it is not open or has no place in the tree.
   */
  private static @Nullable Vnode start(Process process, long dirfd) {
    if (dirfd == OpenFlags.AT_FDCWD) {
      return process.directory;
    }
    OpenFile file = process.file(dirfd);
    return file == null ? null : file.vnode;
  }

  // ---- on the way

  /** Calls the file system with a name, or an empty in-buffer. */
  void act(Turn turn, PathRow row, int fs, Message m, String name) {
    byte[] bytes = name.getBytes(ISO_8859_1);
    state.calls.add(
        state.key(turn.callWithBytes(fs, m, bytes, bytes.length, 0)),
        Step.PATH_ACTION.number(),
        row.request);
  }

  /** Calls a server and lends it the caller's out-buffer. */
  void actLending(Turn turn, PathRow row, int server, Message m, int outBytes) {
    state.calls.add(
        state.key(turn.callLending(server, m, row.request, 0, 0, 0, outBytes)),
        Step.PATH_ACTION.number(),
        row.request);
  }

  /** Calls a server and lends it the caller's in-buffer. */
  void actLendingIn(Turn turn, PathRow row, int server, Message m) {
    int bytes = Math.max(0, turn.kernel().inBytes(row.request));
    state.calls.add(
        state.key(turn.callLending(server, m, row.request, 0, bytes, 0, 0)),
        Step.PATH_ACTION.number(),
        row.request);
  }

  void walked(Turn turn, PathRow row) {
    theme(row).walked(turn, row);
  }

  void acted(Turn turn, PathRow row, Message answer) {
    theme(row).acted(turn, row, answer);
  }

  private Theme theme(PathRow row) {
    Themes all = themes;
    if (all == null) {
      throw new IllegalStateException("not wired");
    }
    if (row.socketCall != null) {
      return all.sockets;
    }
    if (row.file != null) {
      return all.unplaced;
    }
    return switch (row.call) {
      case OPEN, OPEN_EXEC -> all.open;
      case MKDIR, MKNOD, UNLINK, SYMLINK -> all.names;
      case RENAME, LINK -> all.twoPaths;
      case STAT, ACCESS, CHMOD, CHOWN, UTIMES, TRUNCATE, READLINK, STATFS -> all.attributes;
      case CHDIR, CHROOT, GETCWD -> all.directories;
      case MOUNT -> row.process.isTask() ? all.systemMounts : all.mounts;
      case UMOUNT -> all.unmounts;
      case MOUNTS -> all.mountTable;
      case MAPPED_PATH -> all.mappedPaths;
      case INIT_PROCESS -> all.firstTerminal;
      default -> throw new IllegalStateException(row.call + " has no path");
    };
  }

  // ---- to end

  /** Answers with a result alone, and ends. */
  void finish(Turn turn, PathRow row, long result) {
    turn.reply(row.request, result);
    end(turn, row);
  }

  /** Ends a call that was answered, or waits elsewhere now: gives back what its row refers to. */
  void end(Turn turn, PathRow row) {
    state.paths.remove(row.request);
    state.release(row.at);
    state.release(row.found);
    state.release(row.firstAt);
    state.release(row.first);
    if (row.file != null) {
      surroundings.release(turn, row.file);
    }
    processes.done(turn, row.process);
  }
}
