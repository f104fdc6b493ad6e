package org.atoll.servers.vfs;

import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Turn;
import org.atoll.servers.vfs.SignalDriven.Async;

/** The descriptor table of a process: close, dup, pipe, fcntl. */
final class Descriptors {

  private static final int CLOSE_RANGE_UNSHARE = 2;
  private static final int CLOSE_RANGE_CLOEXEC = 4;
  private static final int F_GETFD = 1;
  private static final int F_SETFD = 2;
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int F_SETPIPE_SZ = 1031;
  private static final int F_GETPIPE_SZ = 1032;
  private static final int FD_CLOEXEC = 1;
  private static final int PAIR_BYTES = 8;

  private final Files files;
  private final Pipes pipes;
  private final FileOwners owners;
  private final SignalDriven signals;

  Descriptors(Files files, Pipes pipes, FileOwners owners, SignalDriven signals) {
    this.files = files;
    this.pipes = pipes;
    this.owners = owners;
    this.signals = signals;
  }

  void close(Turn turn, long request, Process process, long fd) {
    turn.reply(request, files.close(turn, process, fd) ? 0 : -Errno.EBADF);
  }

  void closeRange(Turn turn, long request, Process process, long first, long last, long flags) {
    if ((flags & ~(CLOSE_RANGE_UNSHARE | CLOSE_RANGE_CLOEXEC)) != 0
        || Long.compareUnsigned(first, last) > 0) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    long end = process.descriptorsEnd() - 1L;
    long to = Long.compareUnsigned(last, end) < 0 ? last : end;
    for (long fd = first; fd >= 0 && fd <= to; fd++) {
      if ((flags & CLOSE_RANGE_CLOEXEC) != 0) {
        process.closeOnExec((int) fd, process.file(fd) != null);
      } else {
        files.close(turn, process, fd);
      }
    }
    turn.reply(request, 0);
  }

  void pipe(Turn turn, long request, Process process, long pipeFlags) {
    int flags = (int) pipeFlags;
    if ((flags & ~(OpenFlags.CLOEXEC | OpenFlags.NONBLOCK | OpenFlags.DIRECT)) != 0) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    int reading = process.freeFrom(0);
    int writing = reading < 0 ? reading : process.freeFrom(reading + 1);
    if (writing < 0) {
      turn.reply(request, writing);
      return;
    }
    if (!files.haveRoom(2)) {
      turn.reply(request, -Errno.ENFILE);
      return;
    }
    Pipe pipe = pipes.create();
    pipe.uid = process.uid;
    pipe.gid = process.gid;
    boolean cloexec = (flags & OpenFlags.CLOEXEC) != 0;
    process.put(reading, files.open(OpenFile.Kind.PIPE, flags, null, pipe, 0), cloexec);
    int write = flags | OpenFlags.WRONLY;
    process.put(writing, files.open(OpenFile.Kind.PIPE, write, null, pipe, 0), cloexec);
    turn.reply(request, reading, writing);
  }

  void dup(Turn turn, long request, Process process, long fd, long least, long flags) {
    OpenFile file = process.file(fd);
    if (file == null) {
      turn.reply(request, -Errno.EBADF);
    } else if (least < 0 || least >= process.descriptorsMax) {
      turn.reply(request, -Errno.EINVAL);
    } else {
      int copy = process.freeFrom((int) least);
      if (copy >= 0) {
        process.put(copy, file.retain(), (flags & OpenFlags.CLOEXEC) != 0);
      }
      turn.reply(request, copy);
    }
  }

  void dupTo(Turn turn, long request, Process process, long fd, long target, long flags) {
    OpenFile file = process.file(fd);
    if (file == null || target < 0 || target >= process.descriptorsMax) {
      turn.reply(request, -Errno.EBADF);
    } else if ((flags & ~OpenFlags.CLOEXEC) != 0) {
      turn.reply(request, -Errno.EINVAL);
    } else {
      if (fd != target) {
        file.retain();
        files.close(turn, process, target);
        process.put((int) target, file, (flags & OpenFlags.CLOEXEC) != 0);
      }
      turn.reply(request, target);
    }
  }

  void fcntl(Turn turn, long request, Process process, long fd, long command, long argument) {
    OpenFile file = process.file(fd);
    if (file == null) {
      turn.reply(request, -Errno.EBADF);
      return;
    }
    if (FileOwners.knows(command)) {
      owners.fcntl(turn, request, process, file, command, argument);
      return;
    }
    boolean onlyPlace = file.kind == OpenFile.Kind.PATH;
    turn.reply(
        request,
        switch ((int) command) {
          case F_GETFD -> process.isCloseOnExec((int) fd) ? FD_CLOEXEC : 0;
          case F_SETFD -> {
            process.closeOnExec((int) fd, (argument & FD_CLOEXEC) != 0);
            yield 0;
          }
          case F_GETFL -> file.flags;
          case F_SETFL -> {
            if (!onlyPlace) {
              boolean on = (argument & OpenFlags.ASYNC) != 0;
              signals.set(turn, process, file, fd, on ? Async.ON : Async.OFF);
            }
            yield onlyPlace ? -Errno.EBADF : setFlags(file, (int) argument);
          }
          case F_GETPIPE_SZ -> file.pipe == null ? -Errno.EBADF : file.pipe.capacity();
          case F_SETPIPE_SZ ->
              file.pipe == null ? -Errno.EBADF : pipes.resize(turn, process, file.pipe, argument);
          default -> -Errno.EINVAL;
        });
  }

  private static int setFlags(OpenFile file, int flags) {
    file.flags = file.flags & ~OpenFlags.SETTABLE | flags & OpenFlags.SETTABLE;
    return 0;
  }

  /** From DESCRIPTORS: pairs of number and flags, as many as there is room for. */
  static void list(Turn turn, long request, Process process, long first) {
    int room = turn.kernel().outBytes(request) / PAIR_BYTES;
    byte[] pair = new byte[PAIR_BYTES];
    int count = 0;
    for (long fd = Math.max(0, first); fd < process.descriptorsEnd() && count < room; fd++) {
      OpenFile file = process.file(fd);
      if (file != null) {
        long value = fd | (long) file.flags << 32;
        for (int i = 0; i < PAIR_BYTES; i++) {
          pair[i] = (byte) (value >>> 8 * i);
        }
        turn.kernel().copyOut(request, PAIR_BYTES * count++, pair, 0, PAIR_BYTES);
      }
    }
    turn.reply(request, count);
  }

  /** DESCRIPTOR. */
  static void show(Turn turn, long request, Process process, long fd) {
    OpenFile file = fd < Process.FIRST_HIDDEN ? process.file(fd) : null;
    if (file == null) {
      turn.reply(request, -Errno.ENOENT);
      return;
    }
    long mount = file.vnode == null ? -1 : file.vnode.mount.id;
    long inode = file.vnode != null ? file.vnode.inode : Statuses.inodeOf(file);
    boolean closes = process.isCloseOnExec((int) fd);
    turn.reply(
        request,
        turn.scratch().set(0, 0, file.offset, file.flags, closes ? 1 : 0, mount, inode, 0));
  }

  /** Sets RLIMIT_NOFILE or RLIMIT_FSIZE. */
  static void limit(Turn turn, long request, Process process, long resource, long value) {
    switch ((int) resource) {
      case 7 -> {
        boolean fits = value >= 0 && value <= Limits.DESCRIPTORS_MAX;
        process.descriptorsMax = fits ? value : Limits.DESCRIPTORS_MAX;
        turn.reply(request, 0);
      }
      case 1 -> {
        process.fileBytesMax = value < 0 ? Long.MAX_VALUE : value;
        turn.reply(request, 0);
      }
      default -> turn.reply(request, -Errno.EINVAL);
    }
  }
}
