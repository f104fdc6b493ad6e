package org.atoll.servers.pm;

import static org.atoll.abi.Errno.EINTR;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.abi.protocol.VmProtocol;
import org.atoll.libsys.Row;
import org.jspecify.annotations.Nullable;

/**
 * The end of a process, whatever caused it: files, memory and CPU time at once, then the task, then
 * the news for children, groups and parent.
 */
final class Exit {

  /** The alarm that goes on with what did not fit in a turn. */
  static final long ALARM = 2;

  private static final int TEARDOWNS = 3;
  private static final int SWEPT_PER_TURN_MAX = 256;

  private final State state;
  private final Signals signals;
  private final Fork fork;
  private final Wait wait;

  Exit(State state, Signals signals, Fork fork, Wait wait) {
    this.state = state;
    this.signals = signals;
    this.fork = fork;
    this.wait = wait;
  }

  /** EXIT: the caller is over. */
  void exit(Turn turn, int caller, int status) {
    Process p = state.processes.ofTask(caller);
    if (p != null) {
      begin(turn, p, status & 0xffff);
    }
  }

  /** TASK_DIED: the process's program failed; that is as if it had been killed. */
  void taskDied(Turn turn, int source, int task) {
    Process p = state.processes.ofTask(task);
    if (p != null && source == Endpoint.kernelOf(Endpoint.home(source))) {
      begin(turn, p, Signal.KILL);
    }
  }

  /** NODE_DOWN: everything that ran there is over. */
  void nodeDown(Turn turn, int source, long node) {
    if (!state.isUp(node) || source != Endpoint.kernelOf(Endpoint.home(source))) {
      return;
    }
    state.nodesUp &= ~(1L << node);
    sweep(turn);
  }

  /** Ends the processes of dead nodes: as many as fit in a turn, and the others after it. */
  void sweep(Turn turn) {
    int begun = 0;
    for (Process p : state.processes.all()) {
      if (!p.isAlive() || p.pid == ProcessTable.INIT_PID || state.isUp(p.node)) {
        continue;
      }
      if (begun++ == SWEPT_PER_TURN_MAX) {
        turn.kernel().setAlarm(ALARM, 0);
        return;
      }
      begin(turn, p, Signal.KILL);
    }
  }

  /** Begins the end of a living process. */
  void begin(Turn turn, Process p, int status) {
    p.life = Process.Life.EXITING;
    p.waitStatus = status;
    p.stopped = false;
    p.stopToReport = 0;
    p.continueToReport = false;
    p.movePieces = new byte[0];
    state.processes.endThreads(p);
    dropRequests(turn, p);
    Tasks.ended(turn, state, p.task);
    p.teardownsLeft = TEARDOWNS;
    state.call(
        turn,
        State.kernelOf(p),
        KernelProtocol.Call.TIMES.encode(turn.scratch(), p.task),
        Step.EXIT_USAGE,
        p.pid);
    state.call(
        turn,
        turn.role(Role.VFS),
        VfsProtocol.Call.EXIT.encode(turn.scratch(), p.task),
        Step.EXIT_FILES,
        p.pid);
    state.call(
        turn,
        state.vmOf(p),
        VmProtocol.Call.EXIT.encode(turn.scratch(), p.task),
        Step.EXIT_MEMORY,
        p.pid);
  }

  private void dropRequests(Turn turn, Process p) {
    int at = state.waiting.first();
    while (at >= 0) {
      int next = state.waiting.next(at);
      long request = state.waiting.key(at);
      if (Turn.caller(request) == p.task) {
        state.waiting.remove(request);
        turn.reply(request, -EINTR);
      }
      at = next;
    }
  }

  void usageKnown(Turn turn, Row row, Message times) {
    Process p = state.processes.at(row.w0);
    if (times.w0 >= 0) {
      p.seen.set(times);
    }
    state.processes.departed.leaves(p, p.node);
    tornDown(turn, p);
  }

  void memoryGone(Turn turn, Row row, long result, long peakBytes) {
    Process p = state.processes.at(row.w0);
    if (result >= 0) {
      p.peakBytes = Math.max(p.peakBytes, peakBytes);
    }
    tornDown(turn, p);
  }

  void filesGone(Turn turn, Row row) {
    tornDown(turn, state.processes.at(row.w0));
  }

  private void tornDown(Turn turn, Process p) {
    if (--p.teardownsLeft > 0) {
      return;
    }
    state.call(
        turn,
        State.kernelOf(p),
        KernelProtocol.Call.DESTROY.encode(turn.scratch(), p.task),
        Step.IGNORE);
    SchedulerNews.ended(turn, p);
    state.processes.unbind(p);
    p.life = Process.Life.ZOMBIE;
    fork.releaseParent(turn, p);
    JobControl.ended(turn, p);
    reparent(turn, p);
    wakeOrphanedGroup(turn, p, state.processes.at(p.parent), p);
    if (p.pid == state.commandPid) {
      answerInit(turn, p);
    }
    tellParent(turn, p);
  }

  /** The children go to process 1, which reaps those that are over. */
  private void reparent(Turn turn, Process p) {
    for (Process child : state.processes.childrenOf(p.pid)) {
      child.parent = ProcessTable.INIT_PID;
      child.exitSignal = Signal.CHLD;
      wakeOrphanedGroup(turn, child, p, null);
      if (child.life == Process.Life.ZOMBIE) {
        state.processes.remove(child);
      }
    }
  }

  /**
   * When {@code p}'s tie to {@code parent} was the last that its group had to the rest of the
   * session, and the group has stopped members, they get SIGHUP and SIGCONT (POSIX, _exit).
   *
   * @param ignored a member that counts as gone, or null
   */
  private void wakeOrphanedGroup(Turn turn, Process p, Process parent, @Nullable Process ignored) {
    if (parent.group == p.group
        || parent.session != p.session
        || !Groups.isOrphaned(state, p.group, ignored)
        || !hasStopped(p.group)) {
      return;
    }
    signals.sendToGroup(turn, p.group, Signal.HUP);
    signals.sendToGroup(turn, p.group, Signal.CONT);
  }

  private boolean hasStopped(int group) {
    for (Process p : state.processes.all()) {
      if (p.group == group && p.isAlive() && p.stopped) {
        return true;
      }
    }
    return false;
  }

  private void answerInit(Turn turn, Process p) {
    long request = state.initRequest;
    state.initRequest = 0;
    long result = state.initFailure != 0 ? state.initFailure : p.waitStatus;
    turn.reply(request, result, p.pid, state.initWhy);
  }

  private void tellParent(Turn turn, Process p) {
    Process parent = state.processes.at(p.parent);
    if (parent.pid == ProcessTable.INIT_PID) {
      state.processes.remove(p);
      return;
    }
    if (p.exitSignal != 0) {
      signals.send(
          turn,
          parent,
          p.exitSignal,
          Signal.endCode(p.waitStatus),
          p.pid,
          p.uid,
          Signal.endValue(p.waitStatus));
    }
    boolean noZombie = p.exitSignal == Signal.CHLD && (parent.childPolicy & Wait.NO_ZOMBIES) != 0;
    if (noZombie) {
      state.processes.remove(p);
    }
    wait.childChanged(turn, parent);
  }
}
