package org.atoll.servers.pm;

import static org.atoll.abi.Errno.EAGAIN;
import static org.atoll.abi.Errno.EPERM;
import static org.atoll.abi.Errno.ESRCH;

import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.ProcessProtocol;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.abi.protocol.VmProtocol;
import org.atoll.libsys.Row;

/**
 * The resource limits of other processes (prlimit): PM checks who asks, the process itself holds
 * them and decides, and VFS or VM is told of those that are theirs to enforce.
 */
final class ResourceLimits {

  private static final int CHANGE = 1;

  private static final int FSIZE = 1;
  private static final int DATA = 2;
  private static final int STACK = 3;
  private static final int NOFILE = 7;
  private static final int AS = 9;

  private final State state;

  ResourceLimits(State state) {
    this.state = state;
  }

  /** LIMIT. */
  void limit(Turn turn, long request, int pid, long flags, long resource, long soft, long hard) {
    Process caller = state.caller(request);
    Process target = state.processes.visible(pid);
    if (caller == null || target == null || !target.isAlive()) {
      turn.reply(request, -ESRCH);
    } else if (!mayLimit(caller, target)) {
      turn.reply(request, -EPERM);
    } else if (target.moving) {
      turn.reply(request, -EAGAIN);
    } else {
      Message m = ProcessProtocol.Call.LIMIT.encode(turn.scratch(), flags, resource, soft, hard);
      state.call(turn, target.task, m, Step.LIMIT_SET, request, pid, flags, resource, soft);
    }
  }

  private static boolean mayLimit(Process caller, Process target) {
    boolean sameUser =
        caller.uid == target.uid
            && caller.uid == target.effectiveUid
            && caller.uid == target.savedUid;
    boolean sameGroup =
        caller.gid == target.gid
            && caller.gid == target.effectiveGid
            && caller.gid == target.savedGid;
    return caller.isPrivileged() || sameUser && sameGroup || caller == target;
  }

  /** The process answered: a change goes on to the server that enforces it. */
  void set(Turn turn, Row row, Message answer) {
    long request = row.w0;
    Process target = state.processes.get(row.w1);
    long result = State.visibleErrno(answer.w0, ESRCH);
    long oldSoft = answer.w1;
    long oldHard = answer.w2;
    boolean changed = result >= 0 && (row.w2 & CHANGE) != 0;
    if (!changed || target == null || !target.isAlive()) {
      turn.reply(request, result, oldSoft, oldHard);
      return;
    }
    int resource = (int) row.w3;
    long soft = row.w4;
    switch (resource) {
      case NOFILE, FSIZE ->
          tell(
              turn,
              turn.role(Role.VFS),
              VfsProtocol.Call.LIMIT.encode(turn.scratch(), resource, soft, target.task),
              request,
              oldSoft,
              oldHard);
      case DATA, STACK, AS ->
          tell(
              turn,
              state.vmOf(target),
              VmProtocol.Call.LIMIT.encode(turn.scratch(), resource, soft, target.task),
              request,
              oldSoft,
              oldHard);
      default -> turn.reply(request, 0, oldSoft, oldHard);
    }
  }

  private void tell(Turn turn, int server, Message m, long request, long oldSoft, long oldHard) {
    state.call(turn, server, m, Step.LIMIT_TOLD, request, oldSoft, oldHard);
  }

  /** The server knows; when the process has ended meanwhile, that changes nothing. */
  static void told(Turn turn, Row row) {
    turn.reply(row.w0, 0, row.w1, row.w2);
  }
}
