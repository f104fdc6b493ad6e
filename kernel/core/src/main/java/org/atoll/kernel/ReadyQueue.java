package org.atoll.kernel;

import org.jspecify.annotations.Nullable;

/**
 * The tasks of a node that are ready, first come, first served. Owner: any thread, under this
 * object's monitor.
 */
final class ReadyQueue {

  private @Nullable Task first;
  private @Nullable Task last;
  private volatile int size;

  /** How many there are; readable without the monitor. */
  int size() {
    return size;
  }

  /** Appends a task that is not in the queue yet; one that is stays where it is. */
  synchronized void push(Task task) {
    if (task.inQueue) {
      return;
    }
    task.inQueue = true;
    task.nextReady = null;
    Task tail = last;
    if (tail == null) {
      first = task;
    } else {
      tail.nextReady = task;
    }
    last = task;
    size = size + 1;
  }

  /** Takes the first task, or null. */
  synchronized @Nullable Task poll() {
    Task task = first;
    if (task == null) {
      return null;
    }
    first = task.nextReady;
    if (first == null) {
      last = null;
    }
    task.nextReady = null;
    task.inQueue = false;
    size = size - 1;
    return task;
  }
}
