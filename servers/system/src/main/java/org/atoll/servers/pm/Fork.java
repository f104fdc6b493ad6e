package org.atoll.servers.pm;

import static org.atoll.abi.Errno.EAGAIN;
import static org.atoll.abi.Errno.EINTR;
import static org.atoll.abi.Errno.EINVAL;
import static org.atoll.abi.Errno.ESRCH;

import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.abi.protocol.ProcessProtocol;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.abi.protocol.VmProtocol;
import org.atoll.libsys.Row;

/**
 * Fork and vfork: a pid, then the kernel's copy of the task, then memory and files at once; when
 * one of them fails, or the parent has died meanwhile, all is taken back.
 */
final class Fork {

  private static final int VFORK = 1;

  private static final int MEMORY = 0;
  private static final int FILES = 1;

  /** Bits of {@link Process#forkAnswers}: answered, and done, by part. */
  private static final int ANSWERED = 1;

  private static final int DONE = 4;
  private static final int ALL_ANSWERED = ANSWERED << MEMORY | ANSWERED << FILES;

  private final State state;
  private final Signals signals;

  Fork(State state, Signals signals) {
    this.state = state;
    this.signals = signals;
  }

  void fork(Turn turn, long request, long flags, long exitSignal, long processes, long hart) {
    Process parent = state.caller(request);
    if (parent == null) {
      turn.reply(request, -ESRCH);
      return;
    }
    if (exitSignal < 0 || exitSignal > Signal.MAX || (flags & ~VFORK) != 0) {
      turn.reply(request, -EINVAL);
      return;
    }
    Process child = isOverLimit(parent, processes) ? null : state.processes.create();
    if (child == null) {
      turn.reply(request, -EAGAIN);
      return;
    }
    inherit(parent, child);
    child.exitSignal = (int) exitSignal;
    child.startedNanos = turn.kernel().nowNanos();
    state.call(
        turn,
        State.kernelOf(parent),
        KernelProtocol.Call.FORK.encode(turn.scratch(), parent.task, hart),
        Step.FORK_TASK,
        request,
        parent.pid,
        child.pid,
        flags);
  }

  /** THREAD_START. */
  void startThread(Turn turn, long request, long processes) {
    Process p = state.caller(request);
    if (p == null) {
      turn.reply(request, -ESRCH);
      return;
    }
    int thread = isOverLimit(p, processes) ? Process.NONE : state.processes.startThread(p);
    turn.reply(request, thread == Process.NONE ? -EAGAIN : thread);
  }

  /** Whether RLIMIT_NPROC, -1 for none, forbids the parent's user one more thread. */
  private boolean isOverLimit(Process parent, long processes) {
    if (processes < 0 || parent.uid == 0 || parent.isPrivileged()) {
      return false;
    }
    long users = 0;
    for (Process p : state.processes.all()) {
      users += p.uid == parent.uid ? p.threads : 0;
    }
    return users >= processes;
  }

  private static void inherit(Process parent, Process child) {
    child.life = Process.Life.EMBRYO;
    child.parent = parent.pid;
    child.group = parent.group;
    child.session = parent.session;
    child.node = parent.node;
    child.uid = parent.uid;
    child.effectiveUid = parent.effectiveUid;
    child.savedUid = parent.savedUid;
    child.gid = parent.gid;
    child.effectiveGid = parent.effectiveGid;
    child.savedGid = parent.savedGid;
    child.groups = parent.groups;
    child.childPolicy = parent.childPolicy;
    Policies.inherit(parent, child);
    child.ioPriority = parent.ioPriority;
    child.name = parent.name;
    child.commandLine = parent.commandLine;
    child.environment = parent.environment;
  }

  /** The kernel answered with the child's task, or an error. */
  void taskReady(Turn turn, Row row, long task) {
    long request = row.w0;
    Process parent = state.processes.get(row.w1);
    Process child = state.processes.at(row.w2);
    if (task < 0) {
      state.processes.remove(child);
      turn.reply(request, State.visibleErrno(task, EAGAIN));
      return;
    }
    state.processes.bind(child, (int) task);
    if (parent == null || !parent.isAlive()) {
      takeBack(turn, child);
      turn.reply(request, -EINTR);
      return;
    }
    long flags = row.w3;
    state.call(
        turn,
        state.vmOf(parent),
        VmProtocol.Call.FORK.encode(turn.scratch(), parent.task, task, flags),
        Step.FORK_PART,
        request,
        parent.pid,
        child.pid,
        flags,
        MEMORY);
    state.call(
        turn,
        turn.role(Role.VFS),
        VfsProtocol.Call.FORK.encode(turn.scratch(), parent.task, task, child.pid),
        Step.FORK_PART,
        request,
        parent.pid,
        child.pid,
        flags,
        FILES);
  }

  /** VM or VFS answered. */
  void partReady(Turn turn, Row row, long result) {
    long request = row.w0;
    Process parent = state.processes.get(row.w1);
    Process child = state.processes.at(row.w2);
    int part = (int) row.w4;
    child.forkAnswers |= ANSWERED << part;
    if (result >= 0) {
      child.forkAnswers |= DONE << part;
    } else if (child.forkFailure == 0) {
      child.forkFailure = State.visibleErrno(result, EAGAIN);
    }
    if ((child.forkAnswers & ALL_ANSWERED) != ALL_ANSWERED) {
      return;
    }
    boolean parentGone = parent == null || !parent.isAlive();
    if (child.forkFailure != 0 || parentGone) {
      takeBack(turn, child);
      turn.reply(request, child.forkFailure != 0 ? child.forkFailure : -EINTR);
      return;
    }
    begin(turn, request, child, row.w3);
  }

  private void begin(Turn turn, long request, Process child, long flags) {
    child.life = Process.Life.ALIVE;
    turn.send(
        child.task, ProcessProtocol.Call.FORKED.encode(turn.scratch(), child.pid, child.parent));
    SchedulerNews.begun(turn, child);
    signals.sendDelayed(turn, child);
    if ((flags & VFORK) != 0) {
      child.vforkRequest = request;
    } else {
      turn.reply(request, child.pid);
    }
  }

  private void takeBack(Turn turn, Process child) {
    if ((child.forkAnswers & DONE << FILES) != 0) {
      state.call(
          turn,
          turn.role(Role.VFS),
          VfsProtocol.Call.EXIT.encode(turn.scratch(), child.task),
          Step.IGNORE);
    }
    if ((child.forkAnswers & DONE << MEMORY) != 0) {
      state.call(
          turn,
          state.vmOf(child),
          VmProtocol.Call.EXIT.encode(turn.scratch(), child.task),
          Step.IGNORE);
    }
    state.call(
        turn,
        State.kernelOf(child),
        KernelProtocol.Call.DESTROY.encode(turn.scratch(), child.task),
        Step.IGNORE);
    state.processes.remove(child);
  }

  /** The child has its own program, or none any more: its parent may go on. */
  void releaseParent(Turn turn, Process child) {
    if (child.vforkRequest != 0) {
      turn.reply(child.vforkRequest, child.pid);
      child.vforkRequest = 0;
    }
  }

  /**
   * A vfork parent's call is cancelled: only SIGKILL ends the wait for the child. Whether the
   * request was one.
   */
  boolean cancelled(Turn turn, long request) {
    Process parent = state.processes.ofTask(Turn.caller(request));
    for (Process child : state.processes.all()) {
      if (child.vforkRequest == request) {
        if (parent == null || parent.killed) {
          child.vforkRequest = 0;
          turn.reply(request, -EINTR);
        }
        return true;
      }
    }
    return false;
  }
}
