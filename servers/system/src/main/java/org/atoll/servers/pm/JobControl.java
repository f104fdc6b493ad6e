package org.atoll.servers.pm;

import static org.atoll.abi.Errno.EINVAL;
import static org.atoll.abi.Errno.ESRCH;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.TtyProtocol;

/**
 * What terminals need to know of processes, and what they have sent to them. Which terminal a
 * session has, and which of its groups is in the foreground, is the terminal server's to know.
 */
final class JobControl {

  private final State state;
  private final Signals signals;

  JobControl(State state, Signals signals) {
    this.state = state;
    this.signals = signals;
  }

  /** JOB. The first process may still be in the making. */
  void job(Turn turn, long request, long pid) {
    if (!state.serverAsks(turn, request)) {
      return;
    }
    Process p = state.processes.get(pid);
    if (p == null) {
      turn.reply(request, -ESRCH);
      return;
    }
    boolean orphaned = Groups.isOrphaned(state, p.group, null);
    long user = Integer.toUnsignedLong(p.effectiveUid);
    Message m = turn.scratch();
    turn.reply(request, m.set(0, p.group, p.session, orphaned ? 1 : 0, user, 0, 0, 0));
  }

  /** SESSION_OF_GROUP; as on Linux, a process that leads no group stands for itself. */
  void sessionOfGroup(Turn turn, long request, long group) {
    if (!state.serverAsks(turn, request)) {
      return;
    }
    for (Process p : state.processes.all()) {
      if (p.group == group && p.isVisible()) {
        turn.reply(request, p.session);
        return;
      }
    }
    Process alone = state.processes.visible(group);
    turn.reply(request, alone == null ? -ESRCH : alone.session);
  }

  /** RAISE. */
  void raise(Turn turn, long request, long which, long signal) {
    if (!state.serverAsks(turn, request)) {
      return;
    }
    if (signal <= 0 || signal > Signal.MAX || which == 0 || Math.abs(which) > Integer.MAX_VALUE) {
      turn.reply(request, -EINVAL);
      return;
    }
    boolean any = false;
    for (Process p : state.processes.all()) {
      if (which > 0 ? p.pid == which : p.group == -which) {
        any |= p.isVisible();
        signals.send(turn, p, signal, Signal.SI_KERNEL, 0, 0, 0);
      }
    }
    turn.reply(request, any ? 0 : -ESRCH);
  }

  /** Tells the terminal server that a session is without its leader. */
  static void ended(Turn turn, Process leader) {
    int tty = turn.role(Role.TTY);
    if (leader.isSessionLeader() && tty != Endpoint.NONE) {
      turn.send(tty, TtyProtocol.Call.LEADER_ENDED.encode(turn.scratch(), leader.session));
    }
  }
}
