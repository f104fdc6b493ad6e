package org.atoll.kernel;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.atoll.abi.Endpoint;

/**
 * Who waits for whom among the tasks with a stack, so that no cycle is closed. Owner: any CPU,
 * under this object's monitor.
 */
final class Waits {

  private final Node node;
  private final List<Task> stackful = new CopyOnWriteArrayList<>();

  Waits(Node node) {
    this.node = node;
  }

  /** A task with a stack was started. */
  void add(int endpoint) {
    Task task = node.tasks.find(endpoint);
    if (task != null) {
      stackful.add(task);
    }
  }

  /** A task with a stack is over. */
  void remove(Task task) {
    stackful.remove(task);
    end(task);
  }

  /** The tasks with a stack. */
  List<Task> stackful() {
    return stackful;
  }

  /** Notes that a task waits for another; false, and nothing is noted, when that closes a cycle. */
  synchronized boolean begin(Task waiter, int destination) {
    Task next = node.tasks.find(destination);
    while (next != null) {
      if (next == waiter) {
        return false;
      }
      next = node.tasks.find(next.waitsFor);
    }
    waiter.waitsFor = destination;
    return true;
  }

  /** A task waits no more. */
  synchronized void end(Task waiter) {
    waiter.waitsFor = Endpoint.NONE;
  }
}
