package org.atoll.servers.pm;

import static org.atoll.abi.Errno.EACCES;
import static org.atoll.abi.Errno.EINVAL;
import static org.atoll.abi.Errno.EPERM;
import static org.atoll.abi.Errno.ESRCH;

import org.atoll.abi.Turn;
import org.jspecify.annotations.Nullable;

/** Process groups and sessions. */
final class Groups {

  private final State state;

  Groups(State state) {
    this.state = state;
  }

  /** SETPGID. */
  void setGroup(Turn turn, long request, int pid, int group) {
    Process caller = state.caller(request);
    turn.reply(request, caller == null ? -ESRCH : setGroup(caller, pid, group));
  }

  private long setGroup(Process caller, int pid, int wanted) {
    int group = wanted != 0 ? wanted : pid != 0 ? pid : caller.pid;
    if (group < 0) {
      return -EINVAL;
    }
    Process p = state.processes.visible(pid != 0 ? pid : caller.pid);
    if (p == null || p != caller && p.parent != caller.pid) {
      return -ESRCH;
    }
    if (pid != 0 && pid != p.pid) {
      return -EINVAL;
    }
    if (p != caller && p.session != caller.session) {
      return -EPERM;
    }
    if (p != caller && p.executed) {
      return -EACCES;
    }
    if (p.isSessionLeader() || group != p.pid && !existsIn(group, caller.session)) {
      return -EPERM;
    }
    p.group = group;
    return 0;
  }

  private boolean existsIn(int group, int session) {
    for (Process p : state.processes.all()) {
      if (p.group == group && p.isVisible()) {
        return p.session == session;
      }
    }
    return false;
  }

  /** GETPGID. */
  void group(Turn turn, long request, int pid) {
    Process p = named(request, pid);
    turn.reply(request, p == null ? -ESRCH : p.group, p == null ? 0 : p.node);
  }

  /** GETSID. */
  void session(Turn turn, long request, int pid) {
    Process p = named(request, pid);
    turn.reply(request, p == null ? -ESRCH : p.session);
  }

  /** GETPPID. */
  void parent(Turn turn, long request) {
    Process p = state.caller(request);
    turn.reply(request, p == null ? -ESRCH : p.parent);
  }

  private @Nullable Process named(long request, int pid) {
    return pid == 0 ? state.caller(request) : state.processes.visible(pid);
  }

  /** SETSID. */
  void newSession(Turn turn, long request) {
    Process p = state.caller(request);
    if (p == null) {
      turn.reply(request, -ESRCH);
      return;
    }
    for (Process other : state.processes.all()) {
      if (other.group == p.pid) {
        turn.reply(request, -EPERM);
        return;
      }
    }
    p.session = p.pid;
    p.group = p.pid;
    turn.reply(request, p.session);
  }

  /**
   * Whether no member of a group has its parent in another group of the same session (POSIX,
   * orphaned process group).
   *
   * @param ignored a member that counts as gone, or null
   */
  static boolean isOrphaned(State state, int group, @Nullable Process ignored) {
    for (Process p : state.processes.all()) {
      if (p.group != group || p == ignored || !p.isAlive()) {
        continue;
      }
      Process parent = state.processes.get(p.parent);
      if (parent != null
          && parent.pid != ProcessTable.INIT_PID
          && parent.group != group
          && parent.session == p.session) {
        return false;
      }
    }
    return true;
  }
}
