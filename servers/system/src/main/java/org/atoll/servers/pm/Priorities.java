package org.atoll.servers.pm;

import static org.atoll.abi.Errno.EACCES;
import static org.atoll.abi.Errno.EINVAL;
import static org.atoll.abi.Errno.EPERM;
import static org.atoll.abi.Errno.ESRCH;

import org.atoll.abi.Turn;

/**
 * Nice values. Root may change those of others, and nobody may lower one: that takes a right on the
 * machine, which root of a VOS has as little as root of a container.
 */
final class Priorities {

  private static final int PROCESS = 0;
  private static final int GROUP = 1;
  private static final int USER = 2;
  private static final int NICE_MIN = -20;
  private static final int NICE_MAX = 19;

  private final State state;

  Priorities(State state) {
    this.state = state;
  }

  /** GETPRIORITY: the most favourable of those named, as 20 - nice. */
  void priority(Turn turn, long request, long which, int who) {
    Process caller = state.caller(request);
    if (caller == null || which < PROCESS || which > USER) {
      turn.reply(request, caller == null ? -ESRCH : -EINVAL);
      return;
    }
    long best = -ESRCH;
    for (Process p : state.processes.all()) {
      if (isNamed(caller, p, which, who)) {
        best = Math.max(best, NICE_MAX + 1 - p.nice);
      }
    }
    turn.reply(request, best);
  }

  /** SETPRIORITY. */
  void setPriority(Turn turn, long request, long which, int who, long nice) {
    Process caller = state.caller(request);
    if (caller == null || which < PROCESS || which > USER) {
      turn.reply(request, caller == null ? -ESRCH : -EINVAL);
      return;
    }
    int wanted = Math.clamp(nice, NICE_MIN, NICE_MAX);
    long result = -ESRCH;
    for (Process p : state.processes.all()) {
      if (isNamed(caller, p, which, who)) {
        long one = setPriority(turn, caller, p, wanted);
        result = one == 0 && result != -ESRCH ? result : one;
      }
    }
    turn.reply(request, result);
  }

  private static long setPriority(Turn turn, Process caller, Process p, int nice) {
    boolean owns = p.uid == caller.effectiveUid || p.effectiveUid == caller.effectiveUid;
    if (!owns && !caller.isPrivileged()) {
      return -EPERM;
    }
    if (nice < p.nice) {
      return -EACCES;
    }
    p.nice = nice;
    SchedulerNews.changed(turn, p);
    return 0;
  }

  private boolean isNamed(Process caller, Process p, long which, int who) {
    if (!p.isVisible()) {
      return false;
    }
    if (which == PROCESS) {
      return p == (who == 0 ? caller : state.processes.visible(who));
    }
    if (which == GROUP) {
      return p.group == (who == 0 ? caller.group : who);
    }
    return p.uid == (who == 0 ? caller.uid : who);
  }
}
