package org.atoll.bench.ipc;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.atoll.abi.Role;
import org.atoll.kernel.Node;
import org.atoll.kernel.Privileges;

/**
 * The tasks of a node that make the operations. They have a process's rights: they may send to
 * roles alone, one of which the server serves.
 */
final class Load {

  /** A process's rights. */
  static final Privileges CALLER =
      new Privileges(Privileges.Sends.ROLES, Privileges.mask(Set.of(Role.VFS, Role.PM)), 0, 0);

  private final Node node;
  private final Timing timing;
  private final List<Integer> tasks;

  private Load(Node node, Timing timing, List<Integer> tasks) {
    this.node = node;
    this.timing = timing;
    this.tasks = tasks;
    // One that fails would never be done.
    tasks.forEach(node::vital);
  }

  /** Starts them, as servers and drivers are started. */
  static Load of(Node node, Operation operation) {
    return of(node, operation, new Stopwatch(operation.batch()));
  }

  /** The same, with a stopwatch that suits the node's CPUs. */
  static Load of(Node node, Operation operation, Timing timing) {
    List<Integer> tasks = new ArrayList<>();
    for (int i = 0; i < operation.callers(); i++) {
      Watch watch = timing.watch();
      var task = operation.isOneWay() ? new Sender(operation, watch) : new Caller(operation, watch);
      tasks.add(node.start("caller", task, CALLER));
    }
    if (operation.isOneWay()) {
      node.role(Role.PM, tasks.getFirst());
    }
    return new Load(node, timing, tasks);
  }

  /** A process that is there already and was made of this watch's caller. */
  static Load of(Node node, Stopwatch watch, int process) {
    return new Load(node, watch, List.of(process));
  }

  /** The first of the tasks. */
  int first() {
    return tasks.getFirst();
  }

  int batch() {
    return timing.batch();
  }

  /** Begins to make so many samples. */
  void begin(double[] nanos) {
    timing.prepare(nanos);
    tasks.forEach(task -> node.channel(task).raise());
  }

  boolean done() {
    return timing.done();
  }
}
