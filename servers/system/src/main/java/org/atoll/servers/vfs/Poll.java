package org.atoll.servers.vfs;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.ConsoleProtocol;
import org.atoll.libsys.Row;
import org.jspecify.annotations.Nullable;

/**
 * poll(2).
 *
 * <p>What VFS knows itself is looked up; each device of a driver in the set, and each stream of the
 * console, is asked by a call that is answered when something happens. A poll is <em>settled</em>
 * when its answer is due: then calls that are still open are taken back, and the answer goes out
 * when the last of them is answered, so that a stream that is ready is never left out.
 */
final class Poll {

  /** How often a driver that begins anew is asked again. */
  private static final int TRIES_MAX = 3;

  private static final int POLLFD_BYTES = 8;

  private final VfsState state;
  private final Files files;
  private final Interests interests;

  Poll(VfsState state, Files files, Interests interests) {
    this.state = state;
    this.files = files;
    this.interests = interests;
  }

  void poll(Turn turn, long request, Process process, long count, long timeoutNanos, long pending) {
    int bytes = turn.kernel().inBytes(request);
    if (count < 0 || count > process.descriptorsMax || POLLFD_BYTES * count > bytes) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    byte[] set = new byte[(int) (POLLFD_BYTES * count)];
    int copied = turn.kernel().copyIn(request, 0, set, 0, set.length);
    if (copied < 0) {
      turn.reply(request, copied);
      return;
    }
    PollRow row = row(request, process, set, (int) count, pending);
    state.polls.put(request, row);
    watchStreams(turn, row);
    if (look(row) > 0 || timeoutNanos == 0) {
      settle(turn, row);
      return;
    }
    queue(turn, row);
    if (timeoutNanos > 0) {
      row.hasAlarm = true;
      turn.kernel().setAlarm(request, timeoutNanos);
    }
  }

  private static PollRow row(long request, Process process, byte[] set, int count, long pending) {
    PollRow row = new PollRow(request, count, pending);
    for (int i = 0; i < count; i++) {
      int at = POLLFD_BYTES * i;
      row.fds[i] = word(set, at) | word(set, at + 2) << 16;
      row.events[i] = word(set, at + 4);
      OpenFile file = row.fds[i] < 0 ? null : process.file(row.fds[i]);
      boolean known = file != null && file.kind != OpenFile.Kind.PATH;
      row.files[i] = known && file != null ? file.retain() : null;
    }
    return row;
  }

  private static int word(byte[] bytes, int at) {
    return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8;
  }

  /** Sets what is ready now, the streams' known events included; how many are. */
  private static int look(PollRow row) {
    int count = 0;
    for (int i = 0; i < row.fds.length; i++) {
      row.ready[i] = (row.ready[i] | now(row, i)) & (row.events[i] | Readiness.ALWAYS);
      count += row.ready[i] == 0 ? 0 : 1;
    }
    return count;
  }

  private static int now(PollRow row, int index) {
    OpenFile file = row.files[index];
    if (file == null) {
      return row.fds[index] < 0 ? 0 : Readiness.NVAL;
    }
    return Readiness.of(file, row.pending);
  }

  // ---- drivers, and streams of the console

  private void watchStreams(Turn turn, PollRow row) {
    for (int i = 0; i < row.fds.length; i++) {
      watch(turn, row, i, TRIES_MAX);
    }
  }

  private void watch(Turn turn, PollRow row, int index, long tries) {
    OpenFile file = row.files[index];
    if (file != null && file.kind == OpenFile.Kind.STREAM) {
      boolean reads = (row.events[index] & Readiness.READABLE) != 0;
      boolean writes = (row.events[index] & Readiness.WRITABLE) != 0;
      if (reads || writes) {
        long stream = reads ? Streams.readSide(file) : Streams.writeSide(file);
        Message m =
            ConsoleProtocol.Call.WATCH.encode(
                turn.scratch(), stream, (reads ? Readiness.IN : 0) | (writes ? Readiness.OUT : 0));
        watched(row, index, turn.call(turn.role(Role.CONSOLE), m), tries);
      }
    } else if (file != null
        && (file.kind == OpenFile.Kind.CHARACTER || file.kind == OpenFile.Kind.SOCKET)) {
      watched(row, index, Drivers.watch(turn, file, row.events[index], 0), tries);
    } else if (file != null && file.source instanceof EventPoll epoll) {
      row.watchesLeft += interests.ask(turn, epoll, row.request, row.pending, 0);
    }
  }

  private void watched(PollRow row, int index, long call, long tries) {
    row.watches[index] = state.key(call);
    row.watchesLeft++;
    state.calls.add(row.watches[index], Step.POLL_WATCH.number(), row.request, index, tries);
  }

  /**
   * The driver began anew while it was to tell what happens, and is asked again. False when the row
   * is about something else, nobody waits for that any more, or it was tried often enough.
   */
  boolean watchAgain(Turn turn, Row call) {
    PollRow row = call.step == Step.POLL_WATCH.number() ? state.polls.get(call.w0) : null;
    if (row == null || row.settled || call.w2 == 0) {
      return false;
    }
    row.watchesLeft--;
    watch(turn, row, (int) call.w1, call.w2 - 1);
    return true;
  }

  void watched(Turn turn, Row call, Message answer) {
    PollRow row = state.polls.get(call.w0);
    if (row == null) {
      throw new IllegalStateException("a watch of no poll");
    }
    int index = (int) call.w1;
    row.watches[index] = 0;
    row.watchesLeft--;
    row.ready[index] |= Readiness.answered(answer.w0, Errno.EINTR);
    goOn(turn, row);
  }

  /** What an epoll in its set had to ask about is answered. */
  void asked(Turn turn, PollRow row) {
    row.watchesLeft--;
    goOn(turn, row);
  }

  private void goOn(Turn turn, PollRow row) {
    if (row.settled) {
      finishIfLast(turn, row);
    } else if (look(row) > 0) {
      settle(turn, row);
    }
  }

  // ---- what ends a poll

  /** Something in its set changed. */
  void look(Turn turn, long request) {
    PollRow row = state.polls.get(request);
    if (row != null && !row.settled && look(row) > 0) {
      settle(turn, row);
    }
  }

  /** The timeout is over. */
  void alarm(Turn turn, long request) {
    PollRow row = state.polls.get(request);
    if (row != null && !row.settled) {
      row.hasAlarm = false;
      settle(turn, row);
    }
  }

  void cancel(Turn turn, long request) {
    PollRow row = state.polls.get(request);
    if (row != null && !row.settled) {
      row.interrupted = true;
      settle(turn, row);
    }
  }

  private void settle(Turn turn, PollRow row) {
    row.settled = true;
    unqueue(row);
    if (row.hasAlarm) {
      turn.kernel().cancelAlarm(row.request);
    }
    for (long call : row.watches) {
      if (call != 0 && state.wasMade(call)) {
        turn.cancel(call);
      }
    }
    finishIfLast(turn, row);
  }

  private void finishIfLast(Turn turn, PollRow row) {
    if (row.watchesLeft > 0) {
      return;
    }
    state.polls.remove(row.request);
    int count = look(row);
    turn.reply(
        row.request, row.interrupted && count == 0 ? -Errno.EINTR : answer(turn, row, count));
    for (OpenFile file : row.files) {
      if (file != null) {
        files.release(turn, file);
      }
    }
  }

  private static int answer(Turn turn, PollRow row, int count) {
    byte[] set = new byte[POLLFD_BYTES * row.fds.length];
    for (int i = 0; i < row.fds.length; i++) {
      int at = POLLFD_BYTES * i;
      put(set, at, row.fds[i]);
      put(set, at + 2, row.fds[i] >>> 16);
      put(set, at + 4, row.events[i]);
      put(set, at + 6, row.ready[i]);
    }
    int copied = turn.kernel().copyOut(row.request, 0, set, 0, set.length);
    return copied < 0 ? copied : count;
  }

  private static void put(byte[] bytes, int at, int value) {
    bytes[at] = (byte) value;
    bytes[at + 1] = (byte) (value >>> 8);
  }

  /** What is in the set twice has the request in its queue twice. */
  private void queue(Turn turn, PollRow row) {
    for (OpenFile file : row.files) {
      LongQueue queue = queueOf(file);
      if (queue != null) {
        queue.add(row.request);
      }
      if (file != null && file.source instanceof EventPoll epoll) {
        interests.watch(turn, epoll);
      }
    }
  }

  private static void unqueue(PollRow row) {
    for (OpenFile file : row.files) {
      LongQueue queue = queueOf(file);
      if (queue != null) {
        queue.remove(row.request);
      }
    }
  }

  private static @Nullable LongQueue queueOf(@Nullable OpenFile file) {
    Watchers watchers = file == null ? null : Interests.watchers(file);
    return watchers == null ? null : watchers.polls;
  }
}
