package org.atoll.servers.vfs;

import org.atoll.abi.Errno;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.EventProtocol;
import org.jspecify.annotations.Nullable;

/** The calls of the protocol of events, with the caller's record and what its descriptors are. */
final class EventCalls implements EventProtocol.Service {

  /** TFD_TIMER_ABSTIME. */
  static final int ABSOLUTE = 1;

  /** TFD_TIMER_CANCEL_ON_SET: nobody sets the clock, so that it is never cancelled. */
  private static final int CANCEL_ON_SET = 2;

  private static final int SEMAPHORE = 1;
  private static final int FLAGS = OpenFlags.CLOEXEC | OpenFlags.NONBLOCK;
  private static final int BOOTTIME = 7;
  private static final int REALTIME_ALARM = 8;
  private static final int BOOTTIME_ALARM = 9;

  /** SIGKILL and SIGSTOP. */
  private static final long NEVER_TAKEN = 1L << 8 | 1L << 18;

  private final VfsState state;
  private final Events events;
  private final Epoll epoll;

  EventCalls(Themes themes) {
    this.state = themes.state;
    this.events = themes.events;
    this.epoll = themes.epoll;
  }

  private @Nullable Process caller(Turn turn, long request) {
    Process process = state.processes.get(Turn.caller(request));
    if (process == null || process.exit != 0) {
      turn.reply(request, -Errno.ESRCH);
      return null;
    }
    return process;
  }

  @Override
  public void counter(Turn turn, long request, long initial, long flags) {
    Process process = caller(turn, request);
    if (process == null) {
      return;
    }
    if ((flags & ~(FLAGS | SEMAPHORE)) != 0) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    boolean semaphore = (flags & SEMAPHORE) != 0;
    Counter counter = new Counter(state.nextSourceId(), initial & 0xffff_ffffL, semaphore);
    events.open(turn, request, process, counter, (int) flags & ~SEMAPHORE);
  }

  // ---- timers

  @Override
  public void timer(Turn turn, long request, long clock, long flags) {
    Process process = caller(turn, request);
    if (process == null) {
      return;
    }
    boolean wakes = clock == REALTIME_ALARM || clock == BOOTTIME_ALARM;
    boolean wall = clock == Timer.REALTIME || clock == REALTIME_ALARM;
    boolean known = wall || wakes || clock == Timer.MONOTONIC || clock == BOOTTIME;
    if ((flags & ~FLAGS) != 0 || !known) {
      turn.reply(request, -Errno.EINVAL);
    } else if (wakes && process.uid != 0) {
      turn.reply(request, -Errno.EPERM);
    } else {
      int counted = wall ? Timer.REALTIME : Timer.MONOTONIC;
      events.open(turn, request, process, new Timer(state.nextSourceId(), counted), (int) flags);
    }
  }

  @Override
  public void setTimer(
      Turn turn, long request, long fd, long flags, long value, long interval, long now) {
    if ((flags & ~(ABSOLUTE | CANCEL_ON_SET)) != 0 || value < 0 || interval < 0) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    Timer timer = timer(turn, request, fd);
    if (timer != null) {
      events.set(turn, request, timer, value, interval, (int) flags, now);
    }
  }

  @Override
  public void getTimer(Turn turn, long request, long fd) {
    Timer timer = timer(turn, request, fd);
    if (timer != null) {
      events.get(turn, request, timer);
    }
  }

  /** The timer of the caller's descriptor; answers EBADF or EINVAL when it is none. */
  private @Nullable Timer timer(Turn turn, long request, long fd) {
    Process process = caller(turn, request);
    if (process == null) {
      return null;
    }
    OpenFile file = process.file(fd);
    if (file != null && file.source instanceof Timer timer) {
      return timer;
    }
    turn.reply(request, -(isOpen(file) ? Errno.EINVAL : Errno.EBADF));
    return null;
  }

  private static boolean isOpen(@Nullable OpenFile file) {
    return file != null && file.kind != OpenFile.Kind.PATH;
  }

  // ---- signals

  @Override
  public void signals(Turn turn, long request, long fd, long set, long flags) {
    Process process = caller(turn, request);
    if (process == null) {
      return;
    }
    if ((flags & ~FLAGS) != 0) {
      turn.reply(request, -Errno.EINVAL);
    } else if (fd == -1) {
      SignalSet signals = new SignalSet(state.nextSourceId(), set & ~NEVER_TAKEN);
      events.open(turn, request, process, signals, (int) flags);
    } else {
      OpenFile file = process.file(fd);
      if (file != null && file.source instanceof SignalSet signals) {
        signals.signals = set & ~NEVER_TAKEN;
        turn.reply(request, fd);
        epoll.changed(turn, signals.watchers, Readiness.IN);
      } else {
        turn.reply(request, -(isOpen(file) ? Errno.EINVAL : Errno.EBADF));
      }
    }
  }

  // ---- epoll

  @Override
  public void epoll(Turn turn, long request, long flags) {
    Process process = caller(turn, request);
    if (process == null) {
      return;
    }
    if ((flags & ~OpenFlags.CLOEXEC) != 0) {
      turn.reply(request, -Errno.EINVAL);
    } else {
      events.open(turn, request, process, new EventPoll(state.nextSourceId()), (int) flags);
    }
  }

  @Override
  public void control(
      Turn turn, long request, long fd, long operation, long target, long wanted, long data) {
    Process process = caller(turn, request);
    if (process != null) {
      epoll.control(turn, request, process, fd, operation, target, wanted, data);
    }
  }

  @Override
  public void await(
      Turn turn, long request, long fd, long most, long timeout, long pending, long arrivals) {
    Process process = caller(turn, request);
    if (process != null) {
      epoll.await(turn, request, process.file(fd), most, timeout, pending, arrivals);
    }
  }
}
