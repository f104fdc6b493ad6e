package org.atoll.servers.pm;

import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Limits;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.abi.protocol.PmProtocol.Call;
import org.atoll.abi.protocol.ProcessProtocol;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.abi.protocol.VmProtocol;
import org.atoll.libsys.testing.Sent;
import org.atoll.libsys.testing.TurnRecorder;

/**
 * PM on node 0 of two, with the command running as process 2. Kernels, VM and VFS are what the test
 * answers in their place. PM is replaced by {@code load(save())} before every event.
 */
final class PmFixture {

  static final int PM = 1;

  /** Processes that there may be, few enough for a test to have them all. */
  static final int PROCESSES_MAX = 1_000;

  static final int VM = 2;
  static final int VFS = 3;
  static final int RS = 4;
  static final int VM_OF_NODE_1 = Limits.SLOTS_PER_NODE + 1;
  static final int COMMAND = 2;
  static final int COMMAND_TASK = 100;

  static final int WNOHANG = 1;
  static final int WSTOPPED = 2;
  static final int WEXITED = 4;
  static final int WCONTINUED = 8;
  static final int WNOWAIT = 0x0100_0000;

  static final int SIGHUP = 1;
  static final int SIGKILL = 9;
  static final int SIGCHLD = 17;
  static final int SIGCONT = 18;
  static final int SIGTSTP = 20;

  final TurnRecorder pm;
  final long init;
  private int nextTask = COMMAND_TASK + 1;

  /** A signal as its task gets it. */
  record Delivered(int task, long signal, long code, long pid, long uid, long value) {}

  PmFixture() {
    pm = new TurnRecorder(PM, () -> PmServer.create(PROCESSES_MAX));
    pm.serve(Role.VM, VM).serve(Role.VFS, VFS).serve(Role.RS, RS);
    pm.ask(RS, Call.NODE_UP, 0, VM);
    pm.ask(RS, Call.NODE_UP, 1, VM_OF_NODE_1);
    init = pm.askWith(RS, new byte[] {1, 2, 3}, 0, Call.INIT);
    pm.answer(pm.expect(KernelProtocol.Call.SPAWN), COMMAND_TASK);
    pm.answer(pm.expect(VfsProtocol.Call.INIT_PROCESS), 0);
    pm.answer(pm.expect(ProcessProtocol.Call.EXEC), 0);
  }

  /** A task that no process had before. */
  int freshTask() {
    return nextTask++;
  }

  /** Forks with everybody answering well; the child's task. Its pid is the answer. */
  int fork(int parentTask) {
    return answerFork(pm.ask(parentTask, Call.FORK, 0, SIGCHLD, -1));
  }

  /** Answers the parts of a fork well; the child's task. */
  int answerFork(long request) {
    int child = freshTask();
    pm.answer(pm.expect(KernelProtocol.Call.FORK), child);
    pm.answer(pm.expect(VmProtocol.Call.FORK), 0);
    pm.answer(pm.expect(VfsProtocol.Call.FORK), 0);
    return child;
  }

  /** The pid of a task, as the FORKED message said. */
  long forkedPid(int task) {
    Sent forked = pm.expect(ProcessProtocol.Call.FORKED);
    if (forked.destination() != task) {
      throw new AssertionError("FORKED went to " + forked.destination());
    }
    return forked.word(0);
  }

  /** Ends a process, with everybody answering well. */
  void exit(int task, int status) {
    pm.tell(task, Call.EXIT, status);
    answerTeardown(0, 0);
  }

  /** Answers what the end of one process asks for. */
  void answerTeardown(long cpuNanos, long peakBytes) {
    pm.answer(pm.expect(KernelProtocol.Call.TIMES), 0, cpuNanos);
    pm.answer(pm.expect(VmProtocol.Call.EXIT), 0, peakBytes);
    pm.answer(pm.expect(VfsProtocol.Call.EXIT), 0);
    pm.answer(pm.expect(KernelProtocol.Call.DESTROY), 0);
  }

  /** Makes a call that PM answers in the same turn; the result. */
  long now(int task, Call call, long... words) {
    return pm.result(pm.ask(task, call, words));
  }

  /** Makes a call whose change VFS has to hear of; the result. */
  long throughVfs(int task, Call call, long... words) {
    long request = pm.ask(task, call, words);
    if (pm.sentAny(VfsProtocol.Call.CREDENTIALS)) {
      pm.answer(pm.expect(VfsProtocol.Call.CREDENTIALS), 0);
    }
    return pm.result(request);
  }

  /** Says that a process has another program. */
  void exec(int task) {
    pm.askWith(
        task,
        "prog".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
        0,
        Call.EXECED,
        -1,
        -1,
        100,
        4);
    pm.answer(pm.expect(VfsProtocol.Call.EXEC), 0);
  }

  /** Takes all signals that were sent so far. */
  List<Delivered> signals() {
    List<Delivered> all = new ArrayList<>();
    while (pm.sentAny(ProcessProtocol.Call.SIGNAL)) {
      Sent s = pm.expect(ProcessProtocol.Call.SIGNAL);
      all.add(
          new Delivered(s.destination(), s.word(0), s.word(1), s.word(2), s.word(3), s.word(4)));
    }
    return all;
  }

  /** Tasks and signals that were sent so far, as {@code task:signal}. */
  List<String> signalsByTask() {
    return signals().stream().map(d -> d.task + ":" + d.signal).toList();
  }

  static int kernel(int node) {
    return Endpoint.kernelOf(node);
  }
}
