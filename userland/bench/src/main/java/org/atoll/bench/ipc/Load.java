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
  private final Stopwatch watch;
  private final List<Integer> tasks;

  private Load(Node node, Stopwatch watch, List<Integer> tasks) {
    this.node = node;
    this.watch = watch;
    this.tasks = tasks;
  }

  /** Starts them, as servers and drivers are started. */
  static Load of(Node node, Operation operation) {
    Stopwatch watch = new Stopwatch(operation.batch());
    List<Integer> tasks = new ArrayList<>();
    for (int i = 0; i < operation.callers(); i++) {
      var task = operation.isOneWay() ? new Sender(operation, watch) : new Caller(operation, watch);
      tasks.add(node.start("caller", task, CALLER));
    }
    if (operation.isOneWay()) {
      node.role(Role.PM, tasks.getFirst());
    }
    return new Load(node, watch, tasks);
  }

  /** A process that is there already and was made of this watch's caller. */
  static Load of(Node node, Stopwatch watch, int process) {
    return new Load(node, watch, List.of(process));
  }

  int batch() {
    return watch.batch();
  }

  /** Begins to make so many samples. */
  void begin(double[] nanos) {
    watch.prepare(nanos);
    tasks.forEach(task -> node.channel(task).raise());
  }

  boolean done() {
    return watch.done();
  }
}
