package org.atoll.servers.pm;

import static org.atoll.abi.Errno.EINVAL;
import static org.atoll.abi.Errno.EPERM;
import static org.atoll.abi.Errno.ESRCH;

import org.atoll.abi.Turn;

/** Priorities of input and output: kept and inherited. No device goes by them. */
final class IoPriorities {

  private static final int PROCESS = 1;
  private static final int GROUP = 2;
  private static final int USER = 3;

  private static final int CLASS_SHIFT = 13;
  private static final int CLASS_MASK = 7;
  private static final int LEVEL_MASK = 7;
  private static final int DATA_MASK = (1 << CLASS_SHIFT) - 1;
  private static final int NONE = 0;
  private static final int REAL_TIME = 1;
  private static final int BEST_EFFORT = 2;
  private static final int IDLE = 3;
  private static final int PRIORITY_BITS = 16;

  private final State state;

  IoPriorities(State state) {
    this.state = state;
  }

  /** IOPRIO_GET: a process's own as it was set, the best one of several as it works. */
  void priority(Turn turn, long request, long which, int who) {
    Process caller = state.caller(request);
    if (caller == null || which < PROCESS || which > USER) {
      turn.reply(request, caller == null ? -ESRCH : -EINVAL);
      return;
    }
    long best = Long.MAX_VALUE;
    for (Process p : state.processes.all()) {
      if (isNamed(caller, p, which, who)) {
        best = Math.min(best, which == PROCESS ? p.ioPriority : effective(p));
      }
    }
    turn.reply(request, best == Long.MAX_VALUE ? -ESRCH : best);
  }

  /** What is not set follows from the nice value. */
  private static int effective(Process p) {
    return p.ioPriority >>> CLASS_SHIFT == NONE
        ? BEST_EFFORT << CLASS_SHIFT | (p.nice + 20) / 5
        : p.ioPriority;
  }

  /** IOPRIO_SET. */
  void setPriority(Turn turn, long request, long which, int who, long priority) {
    Process caller = state.caller(request);
    int refusal = caller == null ? -ESRCH : refusal(caller, (int) priority);
    if (caller == null || refusal != 0 || which < PROCESS || which > USER) {
      turn.reply(request, refusal != 0 ? refusal : -EINVAL);
      return;
    }
    long result = -ESRCH;
    for (Process p : state.processes.all()) {
      if (isNamed(caller, p, which, who)) {
        boolean owns = p.uid == caller.effectiveUid || p.uid == caller.uid;
        if (!owns && !caller.isPrivileged()) {
          result = -EPERM;
          break;
        }
        p.ioPriority = (int) priority;
        result = 0;
      }
    }
    turn.reply(request, result);
  }

  private static int refusal(Process caller, int priority) {
    int level = priority & LEVEL_MASK;
    if (priority >>> PRIORITY_BITS != 0) {
      return -EINVAL;
    }
    return switch (priority >>> CLASS_SHIFT & CLASS_MASK) {
      case REAL_TIME -> caller.isPrivileged() ? 0 : -EPERM;
      case BEST_EFFORT, IDLE -> 0;
      case NONE -> level == 0 && (priority & DATA_MASK) == level ? 0 : -EINVAL;
      default -> -EINVAL;
    };
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
