package org.atoll.kernel;

import org.jspecify.annotations.Nullable;

/** The ready queue of several CPUs. Owner: any thread, under this object's monitor. */
final class SharedReadyQueue extends ReadyQueue {

  @Override
  void bring(Task task) {
    push(task, true);
  }

  @Override
  synchronized void push(Task task, boolean last) {
    super.push(task, last);
  }

  @Override
  synchronized void raise(Task task) {
    super.raise(task);
  }

  @Override
  synchronized @Nullable Task poll() {
    return super.poll();
  }

  @Override
  synchronized void schedule(Task task, int level, int weight, int quantum, int allowance) {
    super.schedule(task, level, weight, quantum, allowance);
  }

  @Override
  synchronized void giveWay(Task task) {
    super.giveWay(task);
  }
}
