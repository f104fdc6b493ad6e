package org.atoll.servers.pm;

import static org.atoll.abi.Errno.ECHILD;
import static org.atoll.abi.Errno.EINTR;
import static org.atoll.abi.Errno.EINVAL;
import static org.atoll.abi.Errno.EPERM;
import static org.atoll.abi.Errno.ESRCH;

import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.libsys.Row;

/**
 * Waiting for children in all its forms, and the changes of state that are waited for: ends, stops,
 * continuations.
 */
final class Wait {

  /** CHILD_POLICY: children leave no zombies. */
  static final int NO_ZOMBIES = 1;

  /** CHILD_POLICY: no signal for stops and continuations. */
  static final int NO_STOP_SIGNALS = 2;

  private static final int WNOHANG = 1;
  private static final int WSTOPPED = 2;
  private static final int WEXITED = 4;
  private static final int WCONTINUED = 8;
  private static final int WNOWAIT = 0x0100_0000;
  private static final int WNOTHREAD = 0x2000_0000;
  private static final int WALL = 0x4000_0000;
  private static final int WCLONE = 0x8000_0000;
  private static final int KNOWN =
      WNOHANG | WSTOPPED | WEXITED | WCONTINUED | WNOWAIT | WNOTHREAD | WALL | WCLONE;

  private static final int ANY_CHILD = -1;
  private static final int STATUS_STOPPED = 0x7f;
  private static final int STATUS_CONTINUED = 0xffff;
  private static final int KIBIBYTE = 1024;

  private final State state;
  private final Signals signals;

  Wait(State state, Signals signals) {
    this.state = state;
    this.signals = signals;
  }

  /** WAIT. */
  void waitFor(Turn turn, long request, int which, int options) {
    Process parent = state.caller(request);
    if (parent == null || which == Integer.MIN_VALUE) {
      turn.reply(request, -ESRCH);
      return;
    }
    if ((options & ~KNOWN) != 0 || (options & (WEXITED | WSTOPPED | WCONTINUED)) == 0) {
      turn.reply(request, -EINVAL);
      return;
    }
    int whom = which == 0 ? -parent.group : which;
    if (!answer(turn, request, parent, whom, options)) {
      state.waiting.add(request, State.WAITING_FOR_CHILD, whom, options);
    }
  }

  /** Answers a wait that can be answered now; whether it could. */
  private boolean answer(Turn turn, long request, Process parent, int whom, int options) {
    boolean any = false;
    for (Process child : state.processes.childrenOf(parent.pid)) {
      if (!matches(child, whom, options)) {
        continue;
      }
      any = true;
      if (report(turn, request, parent, child, options)) {
        return true;
      }
    }
    if (any && (options & WNOHANG) == 0) {
      return false;
    }
    turn.reply(request, any ? 0 : -ECHILD);
    return true;
  }

  private static boolean matches(Process child, int whom, int options) {
    boolean chosen = whom == ANY_CHILD || (whom > 0 ? child.pid == whom : child.group == -whom);
    boolean isClone = child.exitSignal != Signal.CHLD;
    return chosen && ((options & WALL) != 0 || isClone == ((options & WCLONE) != 0));
  }

  private boolean report(Turn turn, long request, Process parent, Process child, int options) {
    boolean keep = (options & WNOWAIT) != 0;
    if (child.life == Process.Life.ZOMBIE) {
      if ((options & WEXITED) == 0) {
        return false;
      }
      reply(turn, request, child, child.waitStatus, Signal.endCode(child.waitStatus));
      if (!keep) {
        reap(parent, child);
      }
      return true;
    }
    if (child.stopToReport != 0 && (options & WSTOPPED) != 0) {
      int status = child.stopToReport << 8 | STATUS_STOPPED;
      reply(turn, request, child, status, Signal.CLD_STOPPED);
      child.stopToReport = keep ? child.stopToReport : 0;
      return true;
    }
    if (child.continueToReport && (options & WCONTINUED) != 0) {
      reply(turn, request, child, STATUS_CONTINUED, Signal.CLD_CONTINUED);
      child.continueToReport = keep;
      return true;
    }
    return false;
  }

  private static void reply(Turn turn, long request, Process child, int status, int code) {
    Message m = turn.scratch();
    long user = child.used.userNanos + child.children.userNanos;
    long system = child.used.systemNanos + child.children.systemNanos;
    long peak = Math.max(child.peakBytes, child.childrenPeakBytes) / KIBIBYTE;
    m.set(0, child.pid, status, code, Integer.toUnsignedLong(child.uid), user, system, peak);
    turn.reply(request, m);
  }

  private void reap(Process parent, Process child) {
    parent.children.add(child.used);
    parent.children.add(child.children);
    parent.childrenPeakBytes =
        Math.max(parent.childrenPeakBytes, Math.max(child.peakBytes, child.childrenPeakBytes));
    state.processes.remove(child);
  }

  /** Something happened to a child: looks at all waits of the parent, oldest first. */
  void childChanged(Turn turn, Process parent) {
    int at = state.waiting.first();
    while (at >= 0) {
      int next = state.waiting.next(at);
      Row row = state.waiting.at(at);
      if (row.step == State.WAITING_FOR_CHILD && Turn.caller(row.key) == parent.task) {
        long request = row.key;
        if (answer(turn, request, parent, (int) row.w0, (int) row.w1)) {
          state.waiting.remove(request);
        }
      }
      at = next;
    }
  }

  /** A wait is cancelled. */
  void cancelled(Turn turn, long request) {
    state.waiting.remove(request);
    turn.reply(request, -EINTR);
  }

  /** STOPPED. */
  void stopped(Turn turn, long request, int signal) {
    Process p = state.caller(request);
    if (p == null || signal <= 0 || signal > Signal.MAX) {
      turn.reply(request, p == null ? -ESRCH : -EINVAL);
      return;
    }
    boolean fromTerminal = signal == Signal.TSTP || signal == Signal.TTIN || signal == Signal.TTOU;
    if (fromTerminal && Groups.isOrphaned(state, p.group, null)) {
      turn.reply(request, -EPERM);
      return;
    }
    p.stopped = true;
    p.stopToReport = signal;
    p.continueToReport = false;
    turn.reply(request, 0);
    tellParent(turn, p, Signal.CLD_STOPPED, signal);
  }

  /** CONTINUED. */
  void continued(Turn turn, long request) {
    Process p = state.caller(request);
    if (p == null) {
      turn.reply(request, -ESRCH);
      return;
    }
    boolean wasStopped = p.stopped;
    p.stopped = false;
    p.stopToReport = 0;
    p.continueToReport |= wasStopped;
    turn.reply(request, 0);
    if (wasStopped) {
      tellParent(turn, p, Signal.CLD_CONTINUED, Signal.CONT);
    }
  }

  private void tellParent(Turn turn, Process p, int code, int value) {
    Process parent = state.processes.at(p.parent);
    if ((parent.childPolicy & NO_STOP_SIGNALS) == 0) {
      signals.send(turn, parent, Signal.CHLD, code, p.pid, p.uid, value);
    }
    childChanged(turn, parent);
  }

  /** CHILD_POLICY. */
  void childPolicy(Turn turn, long request, long flags) {
    Process p = state.caller(request);
    if (p == null || (flags & ~(NO_ZOMBIES | NO_STOP_SIGNALS)) != 0) {
      turn.reply(request, p == null ? -ESRCH : -EINVAL);
      return;
    }
    p.childPolicy = (int) flags;
    turn.reply(request, 0);
  }
}
