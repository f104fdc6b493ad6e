package org.atoll.kernel;

import java.util.function.Supplier;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Handler;
import org.atoll.abi.Limits;
import org.atoll.abi.Program;
import org.atoll.abi.StateReader;
import org.atoll.hypercall.memory.AddressSpace;

/** How tasks come to a node, leave it and end. Owner: the boot; then the kernel's own task. */
final class Lifecycle {

  /** The answer to {@link #destroy} when the task ends only after its turn on another CPU. */
  static final int LATER = Integer.MIN_VALUE;

  private static final int PROCESS_MAILBOX_SLOTS = 16;

  private final Node node;
  private final Supplier<Program> programs;
  private final AddressSpace empty;

  Lifecycle(Node node, Supplier<Program> programs) {
    this.node = node;
    this.programs = programs;
    this.empty = new AddressSpace(node.frames);
  }

  /** A new server or driver; its endpoint, or {@code -EAGAIN}. */
  int start(String name, Handler handler, Privileges privileges) {
    int endpoint = node.tasks.lease();
    if (endpoint < 0) {
      return -Errno.EAGAIN;
    }
    Task task =
        new Task(
            endpoint,
            name,
            privileges,
            handler,
            null,
            node.frames,
            node.staging,
            Limits.MAILBOX_SLOTS,
            Standing.ofServer(node.quantum()));
    task.longTurns = LongTurns.of(node, task);
    node.tasks.put(task);
    return endpoint;
  }

  /** A new process; its endpoint, or {@code -EAGAIN}. */
  int spawn() {
    int endpoint = node.tasks.lease();
    if (endpoint < 0) {
      return -Errno.EAGAIN;
    }
    put(endpoint, new ProcessMachine(programs.get(), empty), standing());
    return endpoint;
  }

  private Standing standing() {
    return Standing.ofProcess(node.quantum());
  }

  private void put(int endpoint, ProcessMachine machine, Standing standing) {
    node.tasks.put(
        new Task(
            endpoint,
            "process",
            Privileges.PROCESS,
            machine.program(),
            machine,
            node.frames,
            node.staging,
            PROCESS_MAILBOX_SLOTS,
            standing));
  }

  /**
   * A copy of a process of which a hart is at rest; its endpoint, {@code -ESRCH} or {@code
   * -EAGAIN}.
   */
  int fork(Cpu by, int parent, int hart) {
    Task task = node.tasks.find(parent);
    ProcessMachine machine = task == null ? null : task.process;
    if (task == null || machine == null) {
      return -Errno.ESRCH;
    }
    if (!node.scheduler.borrow(task)) {
      return task.dead() ? -Errno.ESRCH : -Errno.EAGAIN;
    }
    ProcessMachine copy = machine.fork(hart, empty);
    int child = copy == null ? -Errno.EAGAIN : node.tasks.lease();
    if (copy != null && child >= 0) {
      put(child, copy, task.standing.inherited());
    }
    node.scheduler.release(by, task);
    return child < 0 ? -Errno.EAGAIN : child;
  }

  /** Ends a task: 0, {@code -ESRCH}, {@code -EPERM} for the kernel itself, or {@link #LATER}. */
  int destroy(Cpu by, int endpoint, long request) {
    Task task = node.tasks.find(endpoint);
    if (task == null) {
      return -Errno.ESRCH;
    }
    if (endpoint == node.kernelEndpoint()) {
      return -Errno.EPERM;
    }
    if (!task.doomRequest.compareAndSet(0, request)) {
      return -Errno.ESRCH;
    }
    task.doomed = true;
    int run = task.run.get();
    while (run != Task.RUNNING && run != Task.DEAD) {
      if (task.run.compareAndSet(run, Task.RUNNING)) {
        task.doomRequest.set(0);
        node.reaper.end(by, task);
        return 0;
      }
      run = task.run.get();
    }
    boolean unanswered = run == Task.DEAD && task.doomRequest.getAndSet(0) != 0;
    return unanswered ? 0 : LATER;
  }

  /** A process that comes from another node, at rest, without address space. */
  int adopt(int endpoint, byte[] state) {
    Program program = programs.get();
    try {
      program.load(new StateReader(state));
    } catch (IllegalArgumentException malformed) {
      return -Errno.EINVAL;
    }
    node.locations.locate(endpoint, node.number());
    node.dropRemoteCallsOf(endpoint);
    put(endpoint, new ProcessMachine(program, empty), standing());
    return 0;
  }

  /** A process goes to another node: its part here ends without dying. */
  int forget(Cpu by, int endpoint, long to) {
    Task task = node.tasks.find(endpoint);
    if (task == null || task.process == null) {
      return -Errno.ESRCH;
    }
    if (to < 0 || to >= node.nodes() || to == node.number()) {
      return -Errno.EINVAL;
    }
    if (!node.scheduler.borrow(task)) {
      return -Errno.EAGAIN;
    }
    node.reaper.leave(by, task, (int) to);
    diesWith(endpoint);
    return 0;
  }

  /** The endpoint is on that node from now on. */
  int locate(int endpoint, long at) {
    if (endpoint < 0 || at < 0 || at >= node.nodes()) {
      return -Errno.EINVAL;
    }
    if (at != node.number()) {
      node.locations.locate(endpoint, (int) at);
      node.dropRemoteCallsOf(endpoint);
      diesWith(endpoint);
    }
    return 0;
  }

  /** The news that a task has gone to a node may come when that is dead. */
  private void diesWith(int endpoint) {
    if (!node.elsewhere(endpoint)) {
      noMore(endpoint);
    }
  }

  /** A task that was here is no more: its slot goes back to the node that leases it. */
  void gone(Cpu by, int endpoint) {
    if (noMore(endpoint)) {
      node.link().gone(by, endpoint);
    }
  }

  /**
   * Forgets where a task was which is on no node any more, and gives its slot back if this node
   * leases it; whether it had ever moved.
   */
  boolean noMore(int endpoint) {
    boolean moved = node.locations.forget(endpoint);
    if (Endpoint.home(endpoint) == node.number() && node.tasks.find(endpoint) == null) {
      node.tasks.giveBack(endpoint);
    }
    return moved;
  }
}
