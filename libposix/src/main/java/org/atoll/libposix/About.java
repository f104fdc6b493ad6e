package org.atoll.libposix;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.ThreadRecord;
import org.atoll.libposix.layout.LittleEndian;

/** What a process tells of itself to servers that ask, such as the file system of processes. */
final class About {

  private About() {}

  /** ABOUT. */
  static void answer(Turn turn, long request, ProcessState process, Threads threads, long first) {
    int room = Math.min(turn.kernel().outBytes(request), Limits.BUFFER_BYTES_MAX);
    if (room < ThreadRecord.HEAD_BYTES || first < 0) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    List<PosixThread> all = threads.all();
    int from = (int) Math.min(first, all.size());
    int most = (room - ThreadRecord.HEAD_BYTES) / ThreadRecord.BYTES;
    int count = Math.min(most, all.size() - from);
    byte[] table = new byte[ThreadRecord.HEAD_BYTES + count * ThreadRecord.BYTES];
    head(process, table);
    for (int i = 0; i < count; i++) {
      int at = ThreadRecord.HEAD_BYTES + i * ThreadRecord.BYTES;
      record(process, all.get(from + i), table, at);
    }
    turn.kernel().copyOut(request, 0, table, 0, table.length);
    turn.reply(request, table.length, all.size());
  }

  private static void head(ProcessState process, byte[] table) {
    long ignored = 0;
    long caught = 0;
    for (int signal = 1; signal <= Signals.COUNT; signal++) {
      long handler = process.signals.handler(signal);
      ignored |= handler == Signals.SIG_IGN ? Signals.bit(signal) : 0;
      boolean handled = handler != Signals.SIG_IGN && handler != Signals.SIG_DFL;
      caught |= handled ? Signals.bit(signal) : 0;
    }
    put(table, ThreadRecord.SHARED_PENDING, process.signals.pending.set());
    put(table, ThreadRecord.IGNORED, ignored);
    put(table, ThreadRecord.CAUGHT, caught);
    put(table, ThreadRecord.NO_NEW_PRIVILEGES, process.noNewPrivileges ? 1 : 0);
    put(table, ThreadRecord.PERSONALITY, process.personality);
    for (int i = 0; i < ThreadRecord.LIMITS_COUNT; i++) {
      put(table, ThreadRecord.LIMITS + 16 * i, process.limits.soft(i));
      put(table, ThreadRecord.LIMITS + 16 * i + 8, process.limits.hard(i));
    }
  }

  private static void record(ProcessState process, PosixThread thread, byte[] table, int at) {
    Signals signals = thread.state.signals;
    put(table, at + ThreadRecord.ID, thread.state.id);
    put(table, at + ThreadRecord.BLOCKED, signals.blocked());
    put(table, at + ThreadRecord.PENDING, signals.ownPending());
    put(table, at + ThreadRecord.STATE, state(process, thread));
    put(table, at + ThreadRecord.CALL, thread.runs() ? -1 : thread.call.number());
    byte[] name = thread.state.name.getBytes(StandardCharsets.ISO_8859_1);
    int bytes = Math.min(name.length, ThreadRecord.NAME_BYTES - 1);
    System.arraycopy(name, 0, table, at + ThreadRecord.NAME, bytes);
  }

  private static char state(ProcessState process, PosixThread thread) {
    if (process.signals.stopped) {
      return 'T';
    }
    return thread.runs() ? 'R' : 'S';
  }

  private static void put(byte[] table, int at, long value) {
    LittleEndian.putLong(table, at, value);
  }
}
