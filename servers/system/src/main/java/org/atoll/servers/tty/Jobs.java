package org.atoll.servers.tty;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.DeviceProtocol;
import org.atoll.abi.protocol.PmProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Sessions and their terminals: who gets and loses one, and what a process in the background may
 * not do (POSIX, XBD 11.1).
 */
final class Jobs {

  static final int SIGHUP = 1;
  static final int SIGCONT = 18;
  static final int SIGTTIN = 21;
  static final int SIGTTOU = 22;

  private final State state;

  Jobs(State state) {
    this.state = state;
  }

  /** Asks PM who it is that asks. */
  void ask(Turn turn, Waiter w) {
    w.phase = Waiter.Phase.ANSWER;
    state.waiters.put(w.request, w);
    Message m = PmProtocol.Call.JOB.encode(turn.scratch(), w.pid);
    state.call(turn, turn.role(Role.PM), m, Step.JOB_KNOWN, w.request);
  }

  /** PM said; false when the request is over because of that. */
  boolean known(Turn turn, Waiter w, Message answer) {
    if (answer.w0 < 0 || w.cancelled) {
      state.finish(turn, w, w.cancelled ? -Errno.EINTR : -Errno.EIO);
      return false;
    }
    w.group = answer.w0;
    w.session = answer.w1;
    w.orphaned = answer.w2 != 0;
    w.user = answer.w3;
    return true;
  }

  /**
   * Whether who asks may go on using its controlling terminal in a way that a signal forbids to the
   * background. Otherwise the request is answered, at once or when the signal is on its way.
   *
   * @param asIoctl what EIO becomes for it
   */
  boolean mayUse(Turn turn, Waiter w, Terminal t, int signal, int asIoctl) {
    boolean background = state.terminalOf(w) == t && t.foreground != 0 && w.group != t.foreground;
    if (!background) {
      return true;
    }
    int off = signal == SIGTTIN ? DeviceProtocol.SIGTTIN_OFF : DeviceProtocol.SIGTTOU_OFF;
    boolean isOff = (w.flags & off) != 0;
    if (isOff && signal == SIGTTOU) {
      return true;
    }
    if (isOff || w.orphaned) {
      state.finish(turn, w, -asIoctl);
    } else {
      Message m = PmProtocol.Call.RAISE.encode(turn.scratch(), -w.group, signal);
      state.call(turn, turn.role(Role.PM), m, Step.STOP_RAISED, w.request);
    }
    return false;
  }

  /** The signal is on its way: the process comes back when it goes on. */
  void stopRaised(Turn turn, Waiter w) {
    state.finish(turn, w, -Errno.EINTR);
  }

  // ---- who gets a terminal

  /** An open without O_NOCTTY by the leader of a session that has no terminal. */
  void takeAtOpen(Waiter w, Terminal t) {
    if (w.isLeader() && t.session == 0 && state.terminalOf(w.session) == null) {
      take(w, t);
    }
  }

  private static void take(Waiter w, Terminal t) {
    t.session = w.session;
    t.foreground = w.group;
  }

  /** TIOCSCTTY. */
  int take(Waiter w, Terminal t, boolean reads) {
    boolean privileged = w.user == 0;
    if (w.isLeader() && t.session == w.session) {
      return 0;
    }
    if (!w.isLeader() || state.terminalOf(w.session) != null) {
      return -Errno.EPERM;
    }
    if (t.session != 0 && !(w.argument == 1 && privileged)) {
      return -Errno.EPERM;
    }
    if (!reads && !privileged) {
      return -Errno.EPERM;
    }
    take(w, t);
    return 0;
  }

  // ---- who loses it

  /** TIOCNOTTY: the leader takes it from its whole session. */
  int giveUp(Turn turn, Waiter w, Terminal t) {
    if (state.terminalOf(w) != t) {
      return -Errno.ENOTTY;
    }
    if (w.isLeader()) {
      state.raise(turn, -t.foreground, SIGHUP);
      state.raise(turn, -t.foreground, SIGCONT);
      release(t);
    } else {
      state.detached.put(w.pid, w.session);
    }
    return 0;
  }

  private void release(Terminal t) {
    forgetDetached(t.session);
    t.session = 0;
    t.foreground = 0;
  }

  private void forgetDetached(long session) {
    int at = state.detached.first();
    while (at >= 0) {
      int next = state.detached.next(at);
      if (state.detached.value(at) == session) {
        state.detached.remove(state.detached.key(at));
      }
      at = next;
    }
  }

  /** From PM: a session has no leader any more. */
  void leaderEnded(Turn turn, long session) {
    Terminal t = state.terminalOf(session);
    if (t != null) {
      state.raise(turn, -t.foreground, SIGHUP);
      release(t);
    }
    for (int at = state.terminals.first(); at >= 0; at = state.terminals.next(at)) {
      Terminal lost = state.terminals.value(at);
      if (lost.lostSession == session) {
        state.raise(turn, -lost.lostForeground, SIGHUP);
        state.raise(turn, -lost.lostForeground, SIGCONT);
        lost.lostSession = 0;
      }
    }
  }

  /** The line is cut: the leader is told, and whoever has the terminal open is cut off. */
  void hangUp(Turn turn, Terminal t) {
    if (t.session != 0) {
      state.raise(turn, t.session, SIGHUP);
      state.raise(turn, t.session, SIGCONT);
      t.lostSession = t.session;
      t.lostForeground = t.foreground;
      release(t);
    }
    for (int at = state.openings.first(); at >= 0; at = state.openings.next(at)) {
      Opening opening = state.openings.value(at);
      if (opening.terminal == t.number && !opening.isMaster) {
        opening.hungUp = true;
      }
    }
    t.users = 0;
  }

  // ---- the foreground

  /** TIOCGPGRP: of one's own terminal, or of any by its master. 0 stands for none. */
  long foreground(Waiter w, Terminal t, boolean isMaster) {
    return isMaster || state.terminalOf(w) == t ? t.foreground : -Errno.ENOTTY;
  }

  /** TIOCGSID. */
  long session(Waiter w, Terminal t, boolean isMaster) {
    boolean may = isMaster || state.terminalOf(w) == t;
    return may && t.session != 0 ? t.session : -Errno.ENOTTY;
  }

  /** TIOCSPGRP: first PM is asked what group that is. */
  void setForeground(Turn turn, Waiter w, Terminal t, int group) {
    if (group < 0) {
      state.finish(turn, w, -Errno.EINVAL);
    } else if (state.terminalOf(w) != t) {
      state.finish(turn, w, -Errno.ENOTTY);
    } else {
      Message m = PmProtocol.Call.SESSION_OF_GROUP.encode(turn.scratch(), group);
      state.call(turn, turn.role(Role.PM), m, Step.GROUP_KNOWN, w.request, group);
    }
  }

  void groupKnown(Turn turn, Waiter w, @Nullable Terminal t, long group, long session) {
    if (session < 0) {
      state.finish(turn, w, session == -Errno.ESRCH ? -Errno.ESRCH : -Errno.EIO);
    } else if (session != w.session) {
      state.finish(turn, w, -Errno.EPERM);
    } else if (t == null || state.terminalOf(w) != t) {
      state.finish(turn, w, -Errno.ENOTTY);
    } else {
      t.foreground = group;
      state.finish(turn, w, 0);
    }
  }
}
