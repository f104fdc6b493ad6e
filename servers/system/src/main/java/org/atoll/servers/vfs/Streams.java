package org.atoll.servers.vfs;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.ConsoleProtocol;
import org.atoll.abi.protocol.FileStatus;
import org.atoll.libsys.Row;

/** The streams of the command, which the console driver has: read, write, fstat. */
final class Streams {

  /** Kinds that STATUS answers. */
  static final int TERMINAL = 0;

  static final int REGULAR = 2;
  static final int NULL_DEVICE = 4;

  private static final int POLLIN = 1;

  /** How often a console that begins anew is asked again before the program is told. */
  private static final int TRIES_MAX = 3;

  private static final long NULL_NUMBER = 0x103;

  private final VfsState state;
  private final Files files;
  private final Interests interests;
  private final byte[] status = new byte[FileStatus.BYTES];

  Streams(VfsState state, Files files, Interests interests) {
    this.state = state;
    this.files = files;
    this.interests = interests;
  }

  static long readSide(OpenFile file) {
    return file.device == Devices.CONSOLE ? 0 : file.device;
  }

  static long writeSide(OpenFile file) {
    return file.device == Devices.CONSOLE ? 1 : file.device;
  }

  void read(Turn turn, long request, OpenFile file, int bytes) {
    if (bytes == 0) {
      turn.reply(request, 0, 0);
    } else if (file.isNonblocking()) {
      Message m = ConsoleProtocol.Call.WATCH.encode(turn.scratch(), readSide(file), POLLIN);
      long call = turn.call(turn.role(Role.CONSOLE), m);
      state.calls.add(
          state.key(call), Step.STREAM_READY.number(), request, file.retain().id, bytes);
      if (call > 0) {
        turn.cancel(call);
      }
    } else {
      transferIn(turn, request, file.retain(), bytes, TRIES_MAX);
    }
  }

  /** The console said whether something is there: a cancelled watch says no. */
  void ready(Turn turn, Row row, Message answer) {
    long request = row.w0;
    OpenFile file = state.file(row.w1);
    if (answer.w0 == -Errno.EINTR) {
      turn.reply(request, -Errno.EAGAIN);
      files.release(turn, file);
    } else {
      transferIn(turn, request, file, (int) row.w2, TRIES_MAX);
    }
  }

  /**
   * The console began anew while it was to read: it had taken nothing, and is asked again. False
   * when the row is about something else, or that was tried often enough.
   */
  boolean askAgain(Turn turn, Row row) {
    boolean reads = row.step == Step.STREAM_TRANSFER.number() && row.w3 > 0;
    if (reads) {
      long request = row.w0;
      state.waiting.remove(request);
      transferIn(turn, request, state.file(row.w1), (int) row.w2 - 1, (int) row.w3 - 1);
    }
    return reads;
  }

  private void transferIn(Turn turn, long request, OpenFile file, int bytes, int tries) {
    Message m = ConsoleProtocol.Call.READ.encode(turn.scratch(), readSide(file), bytes);
    long call = turn.callLending(turn.role(Role.CONSOLE), m, request, 0, 0, 0, bytes);
    wait(request, call, file, bytes + 1, tries);
  }

  void write(Turn turn, long request, OpenFile file, int bytes) {
    Message m = ConsoleProtocol.Call.WRITE.encode(turn.scratch(), writeSide(file), bytes);
    long call = turn.callLending(turn.role(Role.CONSOLE), m, request, 0, bytes, 0, 0);
    wait(request, call, file.retain(), bytes, 0);
  }

  private void wait(long request, long call, OpenFile file, int wanted, int tries) {
    int step = Step.STREAM_TRANSFER.number();
    state.calls.add(state.key(call), step, request, file.id, wanted, tries);
    state.waiting.add(request, Wait.STREAM.number(), call);
  }

  /** The console took or gave bytes; a write that went through as a whole may be followed up. */
  void transferred(Turn turn, Row row, Message answer) {
    long request = row.w0;
    OpenFile file = state.file(row.w1);
    state.waiting.remove(request);
    turn.reply(request, answer.w0, answer.w0 == row.w2 ? 1 : 0);
    interests.used(turn, file);
    files.release(turn, file);
  }

  void cancel(Turn turn, long request) {
    turn.cancel(state.waiting.see(request).w0);
  }

  // ---- fstat

  void stat(Turn turn, long request, OpenFile file) {
    Message m = ConsoleProtocol.Call.STATUS.encode(turn.scratch(), file.device);
    long call = turn.call(turn.role(Role.CONSOLE), m);
    state.calls.add(state.key(call), Step.STREAM_STAT.number(), request, file.retain().id);
  }

  void statKnown(Turn turn, Row row, Message answer) {
    long request = row.w0;
    OpenFile file = state.file(row.w1);
    long stream = file.device;
    files.release(turn, file);
    if (answer.w0 < 0) {
      turn.reply(request, answer.w0);
      return;
    }
    int mode =
        switch ((int) answer.w0) {
          case TERMINAL -> FileMode.CHARACTER | 0620;
          case REGULAR -> FileMode.REGULAR | 0600;
          case NULL_DEVICE -> FileMode.CHARACTER | 0666;
          default -> FileMode.FIFO | 0600;
        };
    long number = answer.w0 == NULL_DEVICE ? NULL_NUMBER : Devices.streamDevice(stream);
    boolean device = (mode & FileMode.TYPE) == FileMode.CHARACTER;
    turn.reply(
        request, Statuses.unnamed(turn, request, status, mode, 0, stream + 1, device ? number : 0));
  }
}
