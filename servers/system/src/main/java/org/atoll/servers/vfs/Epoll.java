package org.atoll.servers.vfs;

import org.atoll.abi.Errno;
import org.atoll.abi.Turn;
import org.atoll.libsys.Row;
import org.jspecify.annotations.Nullable;

/**
 * epoll(7): epoll_ctl and epoll_wait.
 *
 * <p>A wait that has to ask others first ({@link Interests#ask}) begins when they have answered;
 * one that finds nothing is a row in {@link VfsState#waiting} and in the row of its epoll, and is
 * answered as soon as something comes into the epoll's queue that is ready.
 */
final class Epoll {

  private static final int ADD = 1;
  private static final int REMOVE = 2;
  private static final int CHANGE = 3;
  private static final int EVENT_BYTES = 16;

  /** Epolls of epolls (Linux {@code EP_MAX_NESTS}). */
  private static final int DEPTH_MAX = 4;

  /** What EPOLLEXCLUSIVE goes with: input, output, errors, hang-up, wake-up, edges. */
  private static final int WITH_EXCLUSIVE = 0x5 | 0x18 | 1 << 29 | Interest.EDGE;

  /** In a row's sixth word: the wait ends as soon as the others have answered. */
  private static final int INTERRUPTED = 1;

  /** In a row's sixth word: there is an alarm. */
  private static final int TIMED = 2;

  private final VfsState state;
  private final Files files;
  private final Interests interests;

  Epoll(VfsState state, Files files, Interests interests) {
    this.state = state;
    this.files = files;
    this.interests = interests;
  }

  // ---- epoll_ctl

  void control(
      Turn turn,
      long request,
      Process process,
      long fd,
      long operation,
      long target,
      long wanted,
      long data) {
    OpenFile set = process.file(fd);
    OpenFile file = process.file(target);
    int refusal = refusal(set, file, (int) operation, (int) wanted);
    if (refusal != 0 || file == null || set == null) {
      turn.reply(request, refusal);
      return;
    }
    EventPoll epoll = (EventPoll) set.event();
    Interest known = epoll.interests.get(Interest.key(file, (int) target));
    int result =
        switch ((int) operation) {
          case ADD -> add(turn, epoll, known, file, (int) target, (int) wanted, data);
          case REMOVE -> remove(turn, known);
          default -> change(turn, known, (int) wanted, data);
        };
    turn.reply(request, result);
  }

  private static int refusal(
      @Nullable OpenFile set, @Nullable OpenFile file, int operation, int wanted) {
    if (set == null || file == null || isPlace(set) || isPlace(file)) {
      return -Errno.EBADF;
    }
    if (!canBePolled(file)) {
      return -Errno.EPERM;
    }
    boolean exclusive = operation != REMOVE && (wanted & Interest.EXCLUSIVE) != 0;
    boolean odd =
        file.source instanceof EventPoll || (wanted & ~(WITH_EXCLUSIVE | Interest.EXCLUSIVE)) != 0;
    if (set == file
        || !(set.source instanceof EventPoll)
        || operation < ADD
        || operation > CHANGE
        || exclusive && (operation == CHANGE || odd)) {
      return -Errno.EINVAL;
    }
    return 0;
  }

  private static boolean isPlace(OpenFile file) {
    return file.kind == OpenFile.Kind.PATH;
  }

  private static boolean canBePolled(OpenFile file) {
    return switch (file.kind) {
      case FILE, PATH -> false;
      case DEVICE -> file.device == Devices.RANDOM || file.device == Devices.URANDOM;
      case PIPE, STREAM, CHARACTER, EVENT, SOCKET -> true;
    };
  }

  private int add(
      Turn turn,
      EventPoll epoll,
      @Nullable Interest known,
      OpenFile file,
      int fd,
      int wanted,
      long data) {
    if (known != null) {
      return -Errno.EEXIST;
    }
    if (file.source instanceof EventPoll inner
        && (depth(inner, epoll, 1) > DEPTH_MAX || height(epoll) > DEPTH_MAX)) {
      return -Errno.ELOOP;
    }
    if (state.interests.size() >= Interests.MAX) {
      return -Errno.ENOSPC;
    }
    interests.add(turn, epoll, file, fd, wanted, data);
    return 0;
  }

  /** How deep epolls are in one; more than allowed when the other is among them. */
  private static int depth(EventPoll inner, EventPoll other, int level) {
    int depth = inner == other ? DEPTH_MAX + 1 : level;
    for (int at = inner.interests.first(); at >= 0 && depth <= DEPTH_MAX; ) {
      if (inner.interests.value(at).file.source instanceof EventPoll next) {
        depth = Math.max(depth, depth(next, other, level + 1));
      }
      at = inner.interests.next(at);
    }
    return depth;
  }

  /** How deep an epoll is in others, itself included. */
  private int height(EventPoll epoll) {
    int height = 1;
    for (long id : epoll.watchers.interests.toArray()) {
      Interest outer = state.interests.get(id);
      height = outer == null ? height : Math.max(height, 1 + height(outer.epoll));
    }
    return height;
  }

  private int remove(Turn turn, @Nullable Interest known) {
    if (known == null) {
      return -Errno.ENOENT;
    }
    interests.remove(turn, known);
    return 0;
  }

  private int change(Turn turn, @Nullable Interest known, int wanted, long data) {
    if (known == null) {
      return -Errno.ENOENT;
    }
    if ((known.events & Interest.EXCLUSIVE) != 0) {
      return -Errno.EINVAL;
    }
    interests.change(turn, known, wanted, data);
    return 0;
  }

  // ---- epoll_wait

  void await(
      Turn turn,
      long request,
      @Nullable OpenFile file,
      long most,
      long timeout,
      long pending,
      long arrivals) {
    if (file == null || isPlace(file)) {
      turn.reply(request, -Errno.EBADF);
    } else if (most <= 0 || !(file.source instanceof EventPoll epoll)) {
      turn.reply(request, -Errno.EINVAL);
    } else {
      int room = turn.kernel().outBytes(request) / EVENT_BYTES;
      int asked = interests.ask(turn, epoll, request, pending, arrivals);
      row(request, file.retain().id, Math.min(most, room), timeout, pending, arrivals, asked, 0);
      if (asked == 0) {
        begin(turn, request);
      }
    }
  }

  /** The words of a wait: file, most, timeout, pending signals, arrivals, questions, what it is. */
  private void row(
      long request,
      long file,
      long most,
      long timeout,
      long pending,
      long arrivals,
      long asked,
      long flags) {
    state.waiting.add(
        request, Wait.EPOLL.number(), file, most, timeout, pending, arrivals, asked, flags);
  }

  /** A question that a wait, or a poll, had to ask first is answered. */
  void answered(Turn turn, long request) {
    if (!state.waiting.contains(request)) {
      return;
    }
    Row row = state.waiting.take(request);
    long left = row.w5 - 1;
    row(request, row.w0, row.w1, row.w2, row.w3, row.w4, left, row.w6);
    if (left == 0) {
      begin(turn, request);
    }
  }

  private void begin(Turn turn, long request) {
    Row row = state.waiting.see(request);
    long timeout = row.w2;
    boolean interrupted = row.w6 == INTERRUPTED;
    EventPoll epoll = (EventPoll) state.file(row.w0).event();
    if (serve(turn, epoll, request)) {
      return;
    }
    if (timeout == 0 || interrupted) {
      end(turn, request, interrupted ? -Errno.EINTR : 0);
      return;
    }
    epoll.readers.add(request);
    interests.watch(turn, epoll);
    if (timeout > 0) {
      Row timed = state.waiting.take(request);
      row(request, timed.w0, timed.w1, timeout, timed.w3, timed.w4, 0, TIMED);
      turn.kernel().setAlarm(request, timeout);
    }
  }

  /** Answers a wait if there is something; whether there was. */
  private boolean serve(Turn turn, EventPoll epoll, long request) {
    Row row = state.waiting.see(request);
    long result = interests.report(turn, epoll, request, (int) row.w1, row.w3, row.w4);
    if (result != 0) {
      end(turn, request, result);
    }
    return result != 0;
  }

  private void end(Turn turn, long request, long result) {
    Row row = state.waiting.take(request);
    OpenFile file = state.file(row.w0);
    if (row.w6 == TIMED) {
      turn.kernel().cancelAlarm(request);
    }
    file.event().readers.remove(request);
    turn.reply(request, result);
    files.release(turn, file);
  }

  /** Something in an epoll may be ready that was not. */
  void wake(Turn turn, EventPoll epoll) {
    for (long request : epoll.readers.toArray()) {
      serve(turn, epoll, request);
    }
  }

  void alarm(Turn turn, long request) {
    if (state.waiting.contains(request)) {
      end(turn, request, 0);
    }
  }

  void cancel(Turn turn, long request) {
    Row row = state.waiting.see(request);
    if (row.w5 == 0) {
      end(turn, request, -Errno.EINTR);
    } else {
      Row asked = state.waiting.take(request);
      row(request, asked.w0, asked.w1, asked.w2, asked.w3, asked.w4, asked.w5, INTERRUPTED);
    }
  }

  /** What a file is ready for may be more now: these events. */
  void changed(Turn turn, Watchers watchers, int events) {
    interests.changed(turn, watchers, events);
  }
}
