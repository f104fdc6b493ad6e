package org.atoll.servers.vfs;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.libsys.Row;

/**
 * read, write, lseek, getdents: what moves bytes and offsets.
 *
 * <p>An operation on a regular file or directory at its offset keeps the offset to itself ({@link
 * OpenFile#busy}) until the file system answered; others queue. One with an offset of its own does
 * not. Allocates nothing.
 */
final class ReadWrite {

  private static final int PIECE_BYTES_MAX = 65_536;

  /** Operations at the offset. */
  private static final int READ = 0;

  private static final int WRITE = 1;
  private static final int SEEK = 2;
  private static final int LIST = 3;

  private static final int SEEK_SET = 0;
  private static final int SEEK_CUR = 1;
  private static final int SEEK_END = 2;
  private static final int SEEK_HOLE = 4;

  private final VfsState state;
  private final Files files;
  private final Pipes pipes;
  private final Devices devices;
  private final Streams streams;
  private final Drivers drivers;
  private final Events events;
  private final SocketTransfers sockets;

  ReadWrite(
      VfsState state,
      Files files,
      Pipes pipes,
      Devices devices,
      Streams streams,
      Drivers drivers,
      Events events,
      SocketTransfers sockets) {
    this.state = state;
    this.files = files;
    this.pipes = pipes;
    this.devices = devices;
    this.streams = streams;
    this.drivers = drivers;
    this.events = events;
    this.sockets = sockets;
  }

  void read(Turn turn, long request, Process process, long fd, long bytes, long offset, long job) {
    OpenFile file = process.file(fd);
    if (file == null || !file.isReadable()) {
      turn.reply(request, -Errno.EBADF);
      return;
    }
    int room = Math.max(0, turn.kernel().outBytes(request));
    int piece = (int) Math.clamp(bytes, 0L, Math.min(room, PIECE_BYTES_MAX));
    switch (file.kind) {
      case FILE -> readFile(turn, request, file, piece, offset);
      case PIPE -> {
        if (offset >= 0) {
          turn.reply(request, -Errno.ESPIPE);
        } else {
          pipes.read(turn, request, file, piece);
        }
      }
      case DEVICE -> devices.read(turn, request, file, piece);
      case STREAM -> {
        if (offset >= 0) {
          turn.reply(request, -Errno.ESPIPE);
        } else {
          streams.read(turn, request, file, piece);
        }
      }
      case CHARACTER -> {
        if (offset >= 0) {
          turn.reply(request, -Errno.ESPIPE);
        } else {
          drivers.read(turn, request, file, piece, job);
        }
      }
      case EVENT -> {
        if (offset >= 0) {
          turn.reply(request, -Errno.ESPIPE);
        } else {
          events.read(turn, request, file, piece);
        }
      }
      case SOCKET -> {
        if (offset >= 0) {
          turn.reply(request, -Errno.ESPIPE);
        } else {
          sockets.read(turn, request, file, piece);
        }
      }
      case PATH -> turn.reply(request, -Errno.EBADF);
    }
  }

  private void readFile(Turn turn, long request, OpenFile file, int bytes, long offset) {
    Vnode vnode = file.place();
    if (vnode.isDirectory()) {
      turn.reply(request, -Errno.EISDIR);
    } else if (offset < 0) {
      atOffset(turn, request, file, READ, bytes, 0);
    } else {
      long call = callRead(turn, request, vnode, offset, bytes);
      state.calls.add(
          state.key(call),
          Step.FILE_ELSEWHERE.number(),
          request,
          file.retain().id,
          offset,
          bytes,
          READ);
    }
  }

  void write(Turn turn, long request, Process process, long fd, long bytes, long offset, long job) {
    OpenFile file = process.file(fd);
    if (file == null || !file.isWritable()) {
      turn.reply(request, -Errno.EBADF);
      return;
    }
    int room = Math.max(0, turn.kernel().inBytes(request));
    int piece = (int) Math.clamp(bytes, 0L, Math.min(room, PIECE_BYTES_MAX));
    switch (file.kind) {
      case FILE -> writeFile(turn, request, process, file, piece, offset);
      case PIPE -> {
        if (offset >= 0) {
          turn.reply(request, -Errno.ESPIPE);
        } else {
          pipes.write(turn, request, file, piece);
        }
      }
      case DEVICE -> Devices.write(turn, request, file, piece);
      case STREAM -> {
        if (offset >= 0) {
          turn.reply(request, -Errno.ESPIPE);
        } else {
          streams.write(turn, request, file, piece);
        }
      }
      case CHARACTER -> {
        if (offset >= 0) {
          turn.reply(request, -Errno.ESPIPE);
        } else {
          drivers.write(turn, request, file, piece, job);
        }
      }
      case EVENT -> {
        if (offset >= 0) {
          turn.reply(request, -Errno.ESPIPE);
        } else {
          events.write(turn, request, file, piece);
        }
      }
      case SOCKET -> {
        if (offset >= 0) {
          turn.reply(request, -Errno.ESPIPE);
        } else {
          sockets.write(turn, request, process, file, piece, job);
        }
      }
      case PATH -> turn.reply(request, -Errno.EBADF);
    }
  }

  private void writeFile(
      Turn turn, long request, Process process, OpenFile file, int bytes, long offset) {
    if (offset < 0) {
      atOffset(turn, request, file, WRITE, bytes, process.endpoint);
    } else {
      boolean append = (file.flags & OpenFlags.APPEND) != 0;
      long call = callWrite(turn, request, process, file, append ? -1 : offset, bytes);
      state.calls.add(
          state.key(call),
          Step.FILE_ELSEWHERE.number(),
          request,
          file.retain().id,
          offset,
          bytes,
          WRITE,
          Permission.dropSetId(process));
    }
  }

  void seek(Turn turn, long request, Process process, long fd, long offset, long whence) {
    OpenFile file = process.file(fd);
    if (file == null || file.kind == OpenFile.Kind.PATH) {
      turn.reply(request, -Errno.EBADF);
    } else if (file.kind == OpenFile.Kind.PIPE
        || file.kind == OpenFile.Kind.STREAM
        || file.kind == OpenFile.Kind.CHARACTER
        || file.kind == OpenFile.Kind.SOCKET) {
      turn.reply(request, -Errno.ESPIPE);
    } else if (whence < SEEK_SET || whence > SEEK_HOLE) {
      turn.reply(request, -Errno.EINVAL);
    } else if (file.kind == OpenFile.Kind.DEVICE || file.kind == OpenFile.Kind.EVENT) {
      turn.reply(request, 0);
    } else {
      atOffset(turn, request, file, SEEK, offset, whence);
    }
  }

  void list(Turn turn, long request, Process process, long fd, long bytes) {
    OpenFile file = process.file(fd);
    if (file == null || file.kind == OpenFile.Kind.PATH) {
      turn.reply(request, -Errno.EBADF);
    } else if (!file.isDirectory()) {
      turn.reply(request, -Errno.ENOTDIR);
    } else {
      int room = Math.max(0, turn.kernel().outBytes(request));
      long piece = Math.clamp(bytes, 0L, Math.min(room, PIECE_BYTES_MAX));
      atOffset(turn, request, file, LIST, piece, 0);
    }
  }

  // ---- one after the other at an offset

  /** Does an operation at the offset, or queues it behind the one that is under way. */
  private void atOffset(
      Turn turn, long request, OpenFile file, int operation, long argument, long second) {
    file.retain();
    if (file.busy) {
      state.waiting.add(request, Wait.OFFSET.number(), file.id, operation, argument, second);
      file.waiting.add(request);
    } else {
      start(turn, request, file, operation, argument, second);
    }
  }

  private void start(
      Turn turn, long request, OpenFile file, int operation, long argument, long second) {
    Vnode vnode = file.place();
    long call;
    switch (operation) {
      case READ -> call = callRead(turn, request, vnode, file.offset, (int) argument);
      case WRITE -> {
        Process process = state.processes.get(second);
        if (process == null) {
          answer(turn, request, file, -Errno.ESRCH);
          return;
        }
        boolean append = (file.flags & OpenFlags.APPEND) != 0;
        long at = append ? -1 : file.offset;
        call = callWrite(turn, request, process, file, at, (int) argument);
        busy(file, call, request, WRITE, argument, Permission.dropSetId(process));
        return;
      }
      case LIST -> {
        Message m =
            FsProtocol.Call.READDIR.encode(turn.scratch(), vnode.inode, file.offset, argument);
        call = turn.callLending(vnode.mount.fs, m, request, 0, 0, 0, (int) argument);
      }
      default -> {
        startSeek(turn, request, file, argument, (int) second);
        return;
      }
    }
    busy(file, call, request, operation, argument, second);
  }

  private void busy(
      OpenFile file, long call, long request, int operation, long argument, long second) {
    file.busy = true;
    state.calls.add(
        state.key(call),
        Step.FILE_AT_OFFSET.number(),
        request,
        file.id,
        operation,
        argument,
        second);
  }

  private void startSeek(Turn turn, long request, OpenFile file, long offset, int whence) {
    Vnode vnode = file.place();
    switch (whence) {
      case SEEK_SET -> moved(turn, request, file, offset);
      case SEEK_CUR -> moved(turn, request, file, plus(file.offset, offset));
      case SEEK_END -> {
        if (vnode.isDirectory()) {
          moved(turn, request, file, -1);
        } else {
          Message m = FsProtocol.Call.VERSION.encode(turn.scratch(), vnode.inode);
          busy(file, turn.call(vnode.mount.fs, m), request, SEEK, offset, whence);
        }
      }
      default -> {
        Message m = FsProtocol.Call.SEEK.encode(turn.scratch(), vnode.inode, offset, whence);
        busy(file, turn.call(vnode.mount.fs, m), request, SEEK, offset, whence);
      }
    }
  }

  /** The sum, or -1 when it has no place in 63 bits. */
  private static long plus(long a, long b) {
    long sum = a + b;
    return b > 0 && sum < a ? -1 : sum;
  }

  private void moved(Turn turn, long request, OpenFile file, long offset) {
    if (offset >= 0) {
      file.offset = offset;
    }
    answer(turn, request, file, offset < 0 ? -Errno.EINVAL : offset);
  }

  private void answer(Turn turn, long request, OpenFile file, long result) {
    turn.reply(request, result);
    files.release(turn, file);
  }

  /** The file system answered an operation at the offset. */
  void doneAtOffset(Turn turn, Row row, Message answer) {
    long request = row.w0;
    OpenFile file = state.file(row.w1);
    long result = answer.w0;
    long argument = row.w3;
    file.busy = false;
    switch ((int) row.w2) {
      case READ -> {
        boolean more = result == argument && file.offset + result < answer.w1;
        file.offset += Math.max(result, 0);
        turn.reply(request, result, more ? 1 : 0);
      }
      case WRITE -> {
        file.offset = result > 0 ? answer.w1 : file.offset;
        written(file, result, row.w4);
        turn.reply(request, result, result == argument ? 1 : 0, Signal.of(answer));
      }
      case LIST -> {
        file.offset = result > 0 ? answer.w1 : file.offset;
        turn.reply(request, result);
      }
      default -> {
        boolean fromEnd = row.w4 == SEEK_END && result >= 0;
        long found = fromEnd ? plus(answer.w1, argument) : result;
        file.offset = found >= 0 ? found : file.offset;
        turn.reply(request, fromEnd && found < 0 ? -Errno.EINVAL : found);
      }
    }
    files.release(turn, file);
    startNext(turn, file);
  }

  /** Lets those who queue have the offset, until one of them has to wait for the file system. */
  private void startNext(Turn turn, OpenFile file) {
    while (!file.busy && !file.waiting.isEmpty()) {
      long request = file.waiting.first();
      file.waiting.remove(request);
      Row row = state.waiting.take(request);
      start(turn, request, file, (int) row.w1, row.w2, row.w3);
    }
  }

  /** The file system answered an operation with an offset of its own. */
  void doneElsewhere(Turn turn, Row row, Message answer) {
    long result = answer.w0;
    boolean more = result == row.w3 && (row.w4 == WRITE || row.w2 + result < answer.w1);
    OpenFile file = state.file(row.w1);
    written(file, result, row.w5);
    turn.reply(row.w0, result, more ? 1 : 0, Signal.of(answer));
    files.release(turn, file);
  }

  private static void written(OpenFile file, long result, long dropSetId) {
    if (result > 0 && dropSetId != 0) {
      file.place().dropSetId();
    }
  }

  private long callRead(Turn turn, long request, Vnode vnode, long offset, int bytes) {
    Process process = state.processes.get(Turn.caller(request));
    int reader = process == null ? Process.TASK : process.pid;
    Message m = FsProtocol.Call.READ.encode(turn.scratch(), vnode.inode, offset, bytes, reader);
    return turn.callLending(vnode.mount.fs, m, request, 0, 0, 0, bytes);
  }

  private static long callWrite(
      Turn turn, long request, Process process, OpenFile file, long offset, int bytes) {
    Vnode vnode = file.place();
    long limit = process.fileBytesMax;
    long flags = Permission.dropSetId(process);
    flags |= limit == Long.MAX_VALUE ? 0 : FsProtocol.LIMITED;
    Message m =
        FsProtocol.Call.WRITE.encode(turn.scratch(), vnode.inode, offset, bytes, flags, limit);
    return turn.callLending(vnode.mount.fs, m, request, 0, bytes, 0, 0);
  }
}
