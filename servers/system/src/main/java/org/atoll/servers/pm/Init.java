package org.atoll.servers.pm;

import static org.atoll.abi.Errno.EAGAIN;
import static org.atoll.abi.Errno.EBUSY;
import static org.atoll.abi.Errno.EDEADSRCDST;
import static org.atoll.abi.Errno.EPERM;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.abi.protocol.ProcessProtocol;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.libsys.Row;

/**
 * The start of the command: a fresh process, its descriptors, its program. The INIT request stays
 * open until the command has ended; its buffer is lent to the command's task.
 */
final class Init {

  private final State state;
  private final Exit exit;

  Init(State state, Exit exit) {
    this.state = state;
    this.exit = exit;
  }

  void init(Turn turn, long request) {
    if (Turn.caller(request) != turn.role(Role.RS)) {
      turn.reply(request, -EPERM);
      return;
    }
    Process p = state.commandPid == 0 ? state.processes.create() : null;
    if (p == null) {
      turn.reply(request, -EBUSY);
      return;
    }
    p.life = Process.Life.EMBRYO;
    p.parent = ProcessTable.INIT_PID;
    p.group = p.pid;
    p.session = p.pid;
    p.node = turn.node();
    p.startedNanos = turn.kernel().nowNanos();
    state.initRequest = request;
    state.commandPid = p.pid;
    state.call(
        turn,
        Endpoint.kernelOf(p.node),
        KernelProtocol.Call.SPAWN.encode(turn.scratch()),
        Step.INIT_SPAWNED,
        p.pid);
  }

  void spawned(Turn turn, Row row, long task) {
    Process p = state.processes.at(row.w0);
    if (task < 0) {
      giveUp(turn, p, task);
      return;
    }
    state.processes.bind(p, (int) task);
    state.call(
        turn,
        turn.role(Role.VFS),
        VfsProtocol.Call.INIT_PROCESS.encode(turn.scratch(), task, p.pid),
        Step.INIT_FILES,
        p.pid);
  }

  void filesReady(Turn turn, Row row, long result) {
    Process p = state.processes.at(row.w0);
    if (result < 0) {
      state.call(
          turn,
          State.kernelOf(p),
          KernelProtocol.Call.DESTROY.encode(turn.scratch(), p.task),
          Step.IGNORE);
      giveUp(turn, p, result);
      return;
    }
    p.life = Process.Life.ALIVE;
    SchedulerNews.begun(turn, p);
    int bytes = turn.kernel().inBytes(state.initRequest);
    long call =
        turn.callLending(
            p.task,
            ProcessProtocol.Call.EXEC.encode(turn.scratch(), p.pid),
            state.initRequest,
            0,
            bytes,
            0,
            0);
    state.expect(call, Step.INIT_EXECUTED, p.pid);
  }

  /** The command runs; or its exec failed, and then it ends without ever having been seen. */
  void executed(Turn turn, Row row, long result, long why) {
    Process p = state.processes.get(row.w0);
    if (result == 0 || p == null || !p.isAlive()) {
      return;
    }
    if (result == -EDEADSRCDST) {
      exit.begin(turn, p, Signal.KILL);
      return;
    }
    state.initFailure = result;
    state.initWhy = why;
    exit.begin(turn, p, 0);
  }

  private void giveUp(Turn turn, Process p, long failure) {
    state.processes.remove(p);
    long request = state.initRequest;
    state.initRequest = 0;
    turn.reply(request, State.visibleErrno(failure, EAGAIN), p.pid);
  }
}
