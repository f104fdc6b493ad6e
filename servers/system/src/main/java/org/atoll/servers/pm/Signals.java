package org.atoll.servers.pm;

import static org.atoll.abi.Errno.EINVAL;
import static org.atoll.abi.Errno.ENOBUFS;
import static org.atoll.abi.Errno.EPERM;
import static org.atoll.abi.Errno.ESRCH;

import org.atoll.abi.Turn;
import org.atoll.abi.protocol.ProcessProtocol;
import org.atoll.libsys.Row;

/**
 * Who may signal whom, and the way of a signal to its task. What a signal does is decided there.
 *
 * <p>A signal to a process that is on its way to another node is kept until it has arrived; a
 * signal to a group whose member is in a fork reaches the child too, once it is there (as Linux
 * does it).
 */
final class Signals {

  /** The alarm that goes on with what did not fit in a turn. */
  static final long ALARM = 1;

  private static final int EVERYBODY = -1;

  private final State state;

  Signals(State state) {
    this.state = state;
  }

  /** KILL: as kill(2) and rt_sigqueueinfo(2). */
  void kill(Turn turn, long request, int which, long signal, int code, long value, int thread) {
    Process sender = state.caller(request);
    long result = -ESRCH;
    if (signal < 0 || signal > Signal.MAX) {
      result = -EINVAL;
    } else if (sender != null) {
      result =
          thread != 0
              ? killThread(turn, sender, which, thread, (int) signal, code, value)
              : kill(turn, sender, which, (int) signal, code, value);
    }
    turn.reply(request, result);
  }

  /** As tgkill(2), or tkill(2) when no process is named. */
  private long killThread(
      Turn turn, Process sender, int pid, int thread, int signal, int code, long value) {
    Process target = state.processes.visible(thread);
    if (target == null || pid != 0 && pid != target.pid) {
      return -ESRCH;
    }
    if (code > 0 && target != sender || !mayKill(sender, target, signal)) {
      return -EPERM;
    }
    if (signal != 0) {
      send(
          turn,
          target,
          signal | (long) thread << Integer.SIZE,
          code,
          sender.pid,
          sender.uid,
          value);
    }
    return 0;
  }

  private long kill(Turn turn, Process sender, int which, int number, int code, long value) {
    if (code > 0 && which != sender.pid) {
      return -EPERM;
    }
    if (which > 0) {
      return killOne(turn, sender, which, number, code, value);
    }
    if (which == EVERYBODY) {
      return killAll(turn, sender, number, code, value);
    }
    if (which == Integer.MIN_VALUE) {
      return -ESRCH;
    }
    return killGroup(turn, sender, which == 0 ? sender.group : -which, number, code, value);
  }

  private long killOne(Turn turn, Process sender, int pid, int signal, int code, long value) {
    Process target = state.processes.visible(pid);
    return target == null ? -ESRCH : killTarget(turn, sender, target, signal, code, value);
  }

  /** kill(-1): everybody but process 1 and the sender; it is no error that some are refused. */
  private long killAll(Turn turn, Process sender, int signal, int code, long value) {
    long result = 0;
    boolean any = false;
    for (Process target : state.processes.all()) {
      if (target.pid == ProcessTable.INIT_PID || target == sender) {
        continue;
      }
      any |= target.isVisible();
      long one = killTarget(turn, sender, target, signal, code, value);
      result = one == -EPERM ? result : one;
    }
    return any ? result : -ESRCH;
  }

  private long killGroup(Turn turn, Process sender, int group, int signal, int code, long value) {
    long result = -ESRCH;
    boolean success = false;
    for (Process target : state.processes.all()) {
      if (target.group != group) {
        continue;
      }
      long one = killTarget(turn, sender, target, signal, code, value);
      if (target.isVisible()) {
        success |= one == 0;
        result = one;
      }
    }
    return success ? 0 : result;
  }

  private long killTarget(
      Turn turn, Process sender, Process target, int signal, int code, long value) {
    if (!mayKill(sender, target, signal)) {
      return -EPERM;
    }
    if (signal != 0) {
      send(turn, target, signal, code, sender.pid, sender.uid, value);
    }
    return 0;
  }

  private static boolean mayKill(Process sender, Process target, int signal) {
    return sender == target
        || sender.isPrivileged()
        || sender.effectiveUid == target.savedUid
        || sender.effectiveUid == target.uid
        || sender.uid == target.savedUid
        || sender.uid == target.uid
        || signal == Signal.CONT && sender.session == target.session;
  }

  /** Sends from the system itself to every process of a group. */
  void sendToGroup(Turn turn, int group, int signal) {
    for (Process target : state.processes.all()) {
      if (target.group == group) {
        send(turn, target, signal, Signal.SI_KERNEL, 0, 0, 0);
      }
    }
  }

  /**
   * Sends a signal, now or as soon as the process can take it. Process 1 takes none.
   *
   * @param target the signal, and above its 32 bits the thread that it is for, or 0
   */
  void send(Turn turn, Process to, long target, int code, int pid, int uid, long value) {
    int signal = (int) target;
    if (to.life == Process.Life.EMBRYO) {
      to.delayedSignals |= 1L << signal - 1;
      return;
    }
    if (!to.isAlive() || to.pid == ProcessTable.INIT_PID) {
      return;
    }
    to.killed |= signal == Signal.KILL;
    if (to.moving || isKept(to) || !sendNow(turn, to, target, code, pid, uid, value)) {
      state.kept.add(state.nextKept++, to.pid, target, code, pid, uid, value);
    }
  }

  /** Whether a signal before this one waits, which it must not overtake. */
  private boolean isKept(Process to) {
    for (int at = state.kept.first(); at >= 0; at = state.kept.next(at)) {
      if (state.kept.at(at).step == to.pid) {
        return true;
      }
    }
    return false;
  }

  /** The child of a fork is there: it gets what its group got meanwhile. */
  void sendDelayed(Turn turn, Process child) {
    for (int signal = 1; signal <= Signal.MAX; signal++) {
      if ((child.delayedSignals & 1L << signal - 1) != 0) {
        send(turn, child, signal, Signal.SI_USER, 0, 0, 0);
      }
    }
    child.delayedSignals = 0;
  }

  /** Sends what was kept, to all that can take it. */
  void sendKept(Turn turn) {
    int at = state.kept.first();
    while (at >= 0) {
      int next = state.kept.next(at);
      Row row = state.kept.at(at);
      Process to = state.processes.get(row.step);
      if (to == null || !to.isAlive()) {
        state.kept.remove(row.key);
      } else if (!to.moving) {
        if (!sendNow(turn, to, row.w0, (int) row.w1, (int) row.w2, (int) row.w3, row.w4)) {
          return;
        }
        state.kept.remove(row.key);
      }
      at = next;
    }
  }

  /** False when this turn has sent all that a turn may; an alarm then goes on. */
  private static boolean sendNow(
      Turn turn, Process to, long target, int code, int pid, int uid, long value) {
    long user = Integer.toUnsignedLong(uid);
    int signal = (int) target;
    long thread = target >>> Integer.SIZE;
    int sent =
        turn.send(
            to.task,
            ProcessProtocol.Call.SIGNAL.encode(
                turn.scratch(), signal, code, pid, user, value, thread));
    if (sent != -ENOBUFS) {
      return true;
    }
    turn.kernel().setAlarm(ALARM, 0);
    return false;
  }
}
