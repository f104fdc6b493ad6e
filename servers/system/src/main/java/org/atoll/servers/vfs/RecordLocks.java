package org.atoll.servers.vfs;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.libsys.Row;
import org.jspecify.annotations.Nullable;

/** fcntl(2) locks on ranges: of processes (F_SETLK) and of open file descriptions (F_OFD_SETLK). */
final class RecordLocks {

  private static final int F_GETLK = 5;
  private static final int F_SETLK = 6;
  private static final int F_SETLKW = 7;
  private static final int F_OFD_GETLK = 36;
  private static final int F_OFD_SETLK = 37;
  private static final int F_OFD_SETLKW = 38;
  private static final int F_RDLCK = 0;
  private static final int F_WRLCK = 1;
  private static final int F_UNLCK = 2;
  private static final int SEEK_CUR = 1;
  private static final int SEEK_END = 2;

  private final VfsState state;
  private final Files files;
  private final Locks locks;

  RecordLocks(VfsState state, Files files, Locks locks) {
    this.state = state;
    this.files = files;
    this.locks = locks;
  }

  void lock(
      Turn turn,
      long request,
      Process process,
      long fd,
      long command,
      long type,
      long whence,
      long start,
      long bytes) {
    OpenFile file = process.file(fd);
    int error = refusal(file, command, type, whence);
    if (error != 0 || file == null) {
      turn.reply(request, error);
    } else if (whence == SEEK_END) {
      Vnode vnode = file.place();
      Message m = FsProtocol.Call.VERSION.encode(turn.scratch(), vnode.inode);
      state.calls.add(
          state.key(turn.call(vnode.mount.fs, m)),
          Step.LOCK_SIZE.number(),
          request,
          file.retain().id,
          command,
          type,
          start,
          bytes);
    } else {
      long from = whence == SEEK_CUR ? file.offset + start : start;
      decide(turn, request, process, file, (int) command, (int) type, from, bytes);
    }
  }

  private static int refusal(@Nullable OpenFile file, long command, long type, long whence) {
    if (file == null || file.kind == OpenFile.Kind.PATH) {
      return -Errno.EBADF;
    }
    if (file.vnode == null || type < F_RDLCK || type > F_UNLCK || whence < 0 || whence > SEEK_END) {
      return -Errno.EINVAL;
    }
    return switch ((int) command) {
      case F_GETLK, F_OFD_GETLK -> type == F_UNLCK ? -Errno.EINVAL : 0;
      case F_SETLK, F_SETLKW, F_OFD_SETLK, F_OFD_SETLKW -> {
        boolean readable = type != F_RDLCK || file.isReadable();
        yield readable && (type != F_WRLCK || file.isWritable()) ? 0 : -Errno.EBADF;
      }
      default -> -Errno.EINVAL;
    };
  }

  void sizeKnown(Turn turn, Row row, Message answer) {
    long request = row.w0;
    OpenFile file = state.file(row.w1);
    int command = (int) row.w2;
    int type = (int) row.w3;
    long start = row.w4;
    long bytes = row.w5;
    Process process = state.processes.get(Turn.caller(request));
    if (answer.w0 < 0 || process == null) {
      turn.reply(request, process == null ? -Errno.ESRCH : answer.w0);
    } else {
      decide(turn, request, process, file, command, type, answer.w1 + start, bytes);
    }
    files.release(turn, file);
  }

  /** Range from {@code from} on; {@code bytes} may be 0 (to the end) or negative (before it). */
  private void decide(
      Turn turn,
      long request,
      Process process,
      OpenFile file,
      int command,
      int type,
      long from,
      long bytes) {
    long start = bytes < 0 ? from + bytes : from;
    long end = bytes == 0 ? Long.MAX_VALUE : bytes < 0 ? from - 1 : from + bytes - 1;
    if (start < 0) {
      turn.reply(request, -Errno.EINVAL);
    } else if (end < start) {
      turn.reply(request, -Errno.EOVERFLOW);
    } else {
      boolean ofFile = command >= F_OFD_GETLK;
      Lock.Kind kind = ofFile ? Lock.Kind.FILE : Lock.Kind.PROCESS;
      long owner = ofFile ? file.id : process.endpoint;
      int pid = ofFile ? -1 : process.pid;
      Lock lock = new Lock(kind, owner, type == F_WRLCK, start, end, pid);
      act(turn, request, file, command, type, lock);
    }
  }

  private void act(Turn turn, long request, OpenFile file, int command, int type, Lock lock) {
    Vnode vnode = file.place();
    boolean asks = command == F_GETLK || command == F_OFD_GETLK;
    boolean everything = type == F_UNLCK && lock.start() == 0 && lock.end() == Long.MAX_VALUE;
    if (!asks && !everything && !locks.haveRoom()) {
      turn.reply(request, -Errno.ENOLCK);
      return;
    }
    if (type == F_UNLCK) {
      locks.unlock(turn, vnode, lock.kind(), lock.owner(), lock.start(), lock.end());
      turn.reply(request, 0);
      return;
    }
    Lock blocker = Locks.conflict(vnode, lock);
    if (asks) {
      describe(turn, request, blocker == null ? lock : blocker, blocker != null);
    } else if (blocker == null) {
      locks.grant(turn, vnode, lock);
      turn.reply(request, 0);
    } else if (command == F_SETLK || command == F_OFD_SETLK) {
      turn.reply(request, -Errno.EAGAIN);
    } else if (command == F_SETLKW && locks.isDeadlock(vnode, lock)) {
      turn.reply(request, -Errno.EDEADLK);
    } else {
      locks.await(request, file, lock);
    }
  }

  private static void describe(Turn turn, long request, Lock lock, boolean held) {
    int type = !held ? F_UNLCK : lock.exclusive() ? F_WRLCK : F_RDLCK;
    long bytes = lock.end() == Long.MAX_VALUE ? 0 : lock.end() - lock.start() + 1;
    int pid = held ? lock.pid() : 0;
    turn.reply(request, turn.scratch().set(0, 0, type, 0, lock.start(), bytes, pid, 0));
  }
}
