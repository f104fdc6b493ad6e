package org.atoll.servers.vfs;

import static org.atoll.abi.Limits.PAGE_BYTES;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FileStatus;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.libsys.Row;
import org.jspecify.annotations.Nullable;

/** Calls about an open file by its descriptor: fstat, fstatfs, ftruncate, fallocate, fsync. */
final class FileCalls {

  private static final int STATFS_BYTES = 120;

  private static final long PIPES_MAGIC = 0x5049_5045;
  private static final long EVENTS_MAGIC = 0x0904_1934;

  /** Flag of struct statfs: the flags are to be believed. */
  private static final long STATFS_VALID = 0x20;

  private final VfsState state;
  private final Files files;
  private final Streams streams;
  private final byte[] status = new byte[FileStatus.BYTES];

  FileCalls(VfsState state, Files files, Streams streams) {
    this.state = state;
    this.files = files;
    this.streams = streams;
  }

  void stat(Turn turn, long request, Process process, long fd) {
    OpenFile file = process.file(fd);
    if (file == null) {
      turn.reply(request, -Errno.EBADF);
    } else {
      stat(turn, request, file);
    }
  }

  /** The status of what is open, whether it has a place or not. */
  void stat(Turn turn, long request, OpenFile file) {
    if (file.kind == OpenFile.Kind.STREAM && file.device != Devices.CONSOLE) {
      streams.stat(turn, request, file);
    } else if (file.kind == OpenFile.Kind.DEVICE && file.vnode == null) {
      int mode = FileMode.CHARACTER | 0666;
      long number = Devices.memoryDevice(file.device);
      turn.reply(request, Statuses.unnamed(turn, request, status, mode, 0, number, number));
    } else if (file.vnode != null) {
      Message m = FsProtocol.Call.STAT.encode(turn.scratch(), file.vnode.inode);
      passOn(turn, request, file, m, FileStatus.BYTES);
    } else if (file.kind == OpenFile.Kind.EVENT) {
      long number = Statuses.EVENTS_INODE;
      turn.reply(request, Statuses.unnamed(turn, request, status, 0600, 0, number, 0));
    } else {
      statUnnamed(turn, request, file);
    }
  }

  private void statUnnamed(Turn turn, long request, OpenFile file) {
    if (file.kind == OpenFile.Kind.SOCKET) {
      int mode = FileMode.SOCKET | 0777;
      long inode = Sockets.inodeOf(file);
      turn.reply(request, Statuses.unnamed(turn, request, status, mode, file.owner, inode, 0));
    } else {
      int mode = FileMode.FIFO | 0600;
      Pipe pipe = file.ring();
      long owner = pipe.uid & 0xffff_ffffL | (long) pipe.gid << 32;
      long inode = Statuses.inodeOf(pipe);
      turn.reply(request, Statuses.unnamed(turn, request, status, mode, owner, inode, 0));
    }
  }

  void statfs(Turn turn, long request, Process process, long fd) {
    OpenFile file = process.file(fd);
    if (file == null) {
      turn.reply(request, -Errno.EBADF);
    } else if (file.vnode == null) {
      statfsPlaceless(turn, request, file);
    } else {
      Message m = FsProtocol.Call.STATFS.encode(turn.scratch(), file.vnode.inode);
      passOn(turn, request, file, m, STATFS_BYTES);
    }
  }

  /** The file system of what has no place in the tree: as Linux's pipefs or anon_inodefs. */
  static void statfsPlaceless(Turn turn, long request, OpenFile file) {
    byte[] status = placeless(file.kind == OpenFile.Kind.EVENT ? EVENTS_MAGIC : PIPES_MAGIC);
    turn.reply(request, Math.min(0, turn.kernel().copyOut(request, 0, status, 0, STATFS_BYTES)));
  }

  private static byte[] placeless(long magic) {
    long[] words = {magic, PAGE_BYTES, 0, 0, 0, 0, 0, 0, 255, PAGE_BYTES, STATFS_VALID};
    byte[] status = new byte[STATFS_BYTES];
    for (int i = 0; i < words.length * Long.BYTES; i++) {
      status[i] = (byte) (words[i / Long.BYTES] >>> 8 * (i % Long.BYTES));
    }
    return status;
  }

  void truncate(Turn turn, long request, Process process, long fd, long bytes) {
    OpenFile file = process.file(fd);
    if (file == null || file.kind == OpenFile.Kind.PATH) {
      turn.reply(request, -Errno.EBADF);
    } else if (file.kind != OpenFile.Kind.FILE || !file.isWritable() || bytes < 0) {
      turn.reply(request, -Errno.EINVAL);
    } else {
      long drop = Permission.dropSetId(process);
      Message m =
          FsProtocol.Call.TRUNCATE.encode(
              turn.scratch(), file.place().inode, bytes, drop, process.fileBytesMax);
      passOn(turn, request, file, m, 0, drop);
    }
  }

  void fallocate(
      Turn turn, long request, Process process, long fd, long mode, long offset, long bytes) {
    OpenFile file = process.file(fd);
    int error = refusalToAllocate(file, offset, bytes);
    if (error != 0 || file == null) {
      turn.reply(request, error);
    } else {
      long limit = process.fileBytesMax;
      Message m =
          FsProtocol.Call.FALLOCATE.encode(
              turn.scratch(), file.place().inode, mode, offset, bytes, limit);
      passOn(turn, request, file, m, 0);
    }
  }

  private static int refusalToAllocate(@Nullable OpenFile file, long offset, long bytes) {
    if (file == null || file.kind == OpenFile.Kind.PATH) {
      return -Errno.EBADF;
    }
    if (offset < 0 || bytes <= 0) {
      return -Errno.EINVAL;
    }
    if (!file.isWritable()) {
      return -Errno.EBADF;
    }
    if (bytes > Long.MAX_VALUE - offset) {
      return -Errno.EFBIG;
    }
    return switch (file.kind) {
      case FILE -> 0;
      case PIPE -> -Errno.ESPIPE;
      default -> -Errno.ENODEV;
    };
  }

  /** What is written is in memory at once: there is nothing to wait for. */
  static void sync(Turn turn, long request, Process process, long fd, long kind) {
    OpenFile file = process.file(fd);
    if (fd == -1) {
      turn.reply(request, 0);
    } else if (file == null || file.kind == OpenFile.Kind.PATH) {
      turn.reply(request, -Errno.EBADF);
    } else {
      boolean synced = file.kind == OpenFile.Kind.FILE || kind == 2;
      turn.reply(request, synced ? 0 : -Errno.EINVAL);
    }
  }

  private void passOn(Turn turn, long request, OpenFile file, Message m, int outBytes) {
    passOn(turn, request, file, m, outBytes, 0);
  }

  private void passOn(
      Turn turn, long request, OpenFile file, Message m, int outBytes, long dropSetId) {
    long call = turn.callLending(file.place().mount.fs, m, request, 0, 0, 0, outBytes);
    long key = state.key(call);
    state.calls.add(key, Step.PASS_ON.number(), request, file.retain().id, dropSetId);
  }

  void passedOn(Turn turn, Row row, Message answer) {
    OpenFile file = state.file(row.w1);
    if (row.w2 != 0 && answer.w0 == 0) {
      file.place().dropSetId();
    }
    turn.reply(row.w0, answer.w0, Signal.of(answer));
    files.release(turn, file);
  }
}
