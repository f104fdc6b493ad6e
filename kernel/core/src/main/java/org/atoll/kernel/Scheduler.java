package org.atoll.kernel;

import java.lang.invoke.VarHandle;
import org.atoll.hypercall.EventWait;
import org.jspecify.annotations.Nullable;

/**
 * Gives out run tokens: brings tasks that have something to do to a CPU.
 *
 * <p>Owner: any thread. Whoever calls has published first what the task is to find: then either the
 * token's holder finds it when it lets go, or the task is queued here.
 */
final class Scheduler {

  private ReadyQueue ready = new SharedReadyQueue();
  private final Attention attention = new Attention();
  private IdleCpus idle = new IdleCpus();

  /** Whether the node has several CPUs: an only one needs no fence, for it alone has tokens. */
  private boolean shared = true;

  /** Says where the CPUs wait, before the first of them runs. */
  void cpus(EventWait... waits) {
    idle = new IdleCpus(waits);
    shared = waits.length > 1;
    ready = shared ? new SharedReadyQueue() : new ReadyQueue();
  }

  /** The CPUs that wait. */
  IdleCpus idle() {
    return idle;
  }

  /** The CPUs that look at the ready queue soon. */
  Attention attention() {
    return attention;
  }

  /**
   * Runs the task next on this CPU if nothing stands against it, else queues it.
   *
   * @return false when the task is dead here
   */
  boolean handOver(Cpu by, Task task) {
    if (!takes(by, task)) {
      return wake(by, task);
    }
    next(by, task);
    return true;
  }

  /**
   * Takes the token of a task that has nothing to do, or of a server that waits in the queue, to
   * run it next, if the CPU may. The server's place there stays, and is found empty.
   */
  boolean takes(Cpu by, Task task) {
    return by.mayHandOver()
        && (by.holds(task)
            || task.run.compareAndSet(Task.IDLE, Task.RUNNING)
            || task.sharesTokens && task.run.compareAndSet(Task.QUEUED, Task.RUNNING));
  }

  /** Runs a task next whose token this CPU has {@link #takes taken}. */
  void next(Cpu by, Task task) {
    by.next(task);
    wakeForBacklog(by);
  }

  /** Wakes another CPU for what is in the queue, unless this one comes to it soon. */
  private void wakeForBacklog(Cpu by) {
    if (backlog(0) && !(by.attentive() && ready.processes() == 0)) {
      idle.wakeOne(by.index());
    }
  }

  /** Whether a CPU sleeps while more tasks than so many are ready. */
  boolean backlog(int own) {
    return idle.any() && ready.size() > own;
  }

  /**
   * Queues a task if it is idle.
   *
   * @param by the CPU that calls, or null when it is another thread
   * @return false when the task is dead here
   */
  boolean wake(@Nullable Cpu by, Task task) {
    if (shared || by == null) {
      VarHandle.fullFence();
    }
    int run = task.run.get();
    if (run == Task.IDLE && task.run.compareAndSet(Task.IDLE, Task.QUEUED)) {
      enqueue(by, task);
      return true;
    }
    if (run == Task.QUEUED && task.process != null && (shared || by != null)) {
      ready.raise(task);
    }
    return !Task.over(run);
  }

  /**
   * Puts a task that is QUEUED into the queue, and wakes a CPU if this one is busy and does not
   * come to it soon.
   */
  void enqueue(@Nullable Cpu by, Task task) {
    enqueue(by, task, true);
  }

  private void enqueue(@Nullable Cpu by, Task task, boolean last) {
    if (by == null) {
      ready.bring(task);
    } else {
      by.post();
      ready.push(task, last);
    }
    if (shared || by == null) {
      wakeFor(by, task);
    }
  }

  private void wakeFor(@Nullable Cpu by, Task task) {
    // A CPU that is about to wait looks at the queue after it has said so; here it is the other
    // way.
    VarHandle.fullFence();
    if (idle.any() && (by == null || wakesFor(by, task))) {
      idle.wakeOne(by == null ? IdleCpus.NOBODY : by.index());
    }
  }

  private boolean wakesFor(Cpu by, Task task) {
    return (by.busy() || ready.size() > 1) && !(by.attentive() && task.sharesTokens);
  }

  /** Whether somebody is ready who always goes before this task. */
  boolean overtakes(Task task) {
    return ready.first() < task.standing.level;
  }

  /** What policy gives a task from now on. */
  void schedule(Task task, int level, int weight, int quantum, int allowance) {
    ready.schedule(task, level, weight, quantum, allowance);
  }

  /** The rest of a task's quantum goes to others. */
  void giveWay(Task task) {
    ready.giveWay(task);
  }

  /** The same for a CPU, which wakes another one if more are ready than it comes to soon. */
  @Nullable Task take(Cpu by) {
    Task task = take();
    if (task != null) {
      wakeForBacklog(by);
    }
    return task;
  }

  /** Takes the next ready task with its token; null when there is none. */
  @Nullable Task take() {
    Task task = ready.poll();
    while (task != null && !task.run.compareAndSet(Task.QUEUED, Task.RUNNING)) {
      task = ready.poll();
    }
    return task;
  }

  /** How many processes are ready, and do not run. */
  int readyProcesses() {
    return ready.processes();
  }

  /** Whether a task is ready. */
  boolean anyReady() {
    return ready.size() > 0;
  }

  /**
   * Takes the token of a task that this CPU is not running, waiting for another CPU's turn to end.
   *
   * @return false when the task is dead, or runs for long
   */
  boolean borrow(Task task) {
    for (int i = 0; i < 1_000_000; i++) {
      int run = task.run.get();
      if (Task.over(run)) {
        return false;
      }
      if (run != Task.RUNNING && task.run.compareAndSet(run, Task.RUNNING)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Lets go of a token: the task is queued if it has something to do.
   *
   * @param by the CPU that had it, or null when it was another thread
   */
  void release(@Nullable Cpu by, Task task) {
    boolean last = task.process == null;
    if (task.runnable()) {
      task.run.set(Task.QUEUED);
      enqueue(by, task, last);
      return;
    }
    task.run.set(Task.IDLE);
    if ((task.anyEvent() || task.doomed) && task.run.compareAndSet(Task.IDLE, Task.QUEUED)) {
      enqueue(by, task, last);
    }
  }
}
