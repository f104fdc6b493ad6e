package org.atoll.kernel;

import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.hypercall.cpu.Coroutine;
import org.atoll.hypercall.cpu.Coroutines;
import org.jspecify.annotations.Nullable;

/**
 * The turns of a task that may go on for long: on a stack of their own, which the CPU leaves where
 * a turn says that it has {@link KernelCalls#passed} work and its slice is over. The turn under way
 * is ready then as a process is, behind servers; what it sends waits for its end as ever, and its
 * task has no other turn meanwhile.
 *
 * <p>On nodes with one CPU alone: locks that a turn holds belong to the thread that runs it.
 *
 * <p>Owner: the CPU that holds the task's token; the turn, while that CPU has resumed it.
 */
final class LongTurns {

  private final Cpu cpu;
  private final Scheduler scheduler;
  private final Task task;
  private final CpuTurn turn;
  private final Delivery delivery;
  private final Coroutine coroutine;

  /** A turn has begun, and is not over. */
  private boolean underWay;

  /** It is to throw. */
  private boolean ended;

  /** It is to come to its end before others go on. */
  private boolean hurried;

  /** The task has the standing of a process until its turn is over. */
  private boolean behindServers;

  /** What the turn threw, until the CPU knows. */
  private @Nullable Throwable failure;

  private LongTurns(Node node, Task task, Coroutines stacks) {
    this.cpu = node.cpu(0);
    this.scheduler = node.scheduler;
    this.task = task;
    this.turn = new CpuTurn(node, cpu, this);
    this.delivery = new Delivery(node, cpu, turn);
    this.coroutine = stacks.of(task.name, this::live);
  }

  /** Those of a task, or null when its turns are short, or cannot be interrupted on this node. */
  static @Nullable LongTurns of(Node node, Task task) {
    Coroutines stacks = node.stacksOfTurns();
    if (stacks == null || !task.handler.mayBeInterrupted() || node.cpus() > 1) {
      return null;
    }
    return new LongTurns(node, task, stacks);
  }

  private void live() {
    while (true) {
      try {
        delivery.give(task);
      } catch (Throwable e) {
        failure = e;
      }
      underWay = false;
      if (!coroutine.interrupt()) {
        throw new IllegalStateException("between two turns, a stack can be left");
      }
    }
  }

  /** Whether a turn is to go on. */
  boolean underWay() {
    return underWay;
  }

  /** What the turn under way, or the last one, is about. */
  String doing() {
    return delivery.doing();
  }

  /** Gives the next event, or a slice to the turn that is under way; throws what that threw. */
  void give() {
    if (!underWay) {
      turn.begin(task);
      underWay = true;
    }
    coroutine.resume();
    if (!underWay) {
      over();
    }
  }

  /** The turn that is under way is over when it was given its next slice. */
  void hurry() {
    hurried = true;
  }

  private void over() {
    hurried = false;
    asServer();
    Throwable thrown = failure;
    failure = null;
    if (thrown == null) {
      return;
    }
    turn.abandon();
    if (thrown instanceof Error error) {
      throw error;
    }
    throw thrown instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(thrown);
  }

  /** Has the turn that is under way, if one is, unwind and send nothing. */
  void end() {
    if (!underWay) {
      return;
    }
    ended = true;
    coroutine.resume();
    ended = false;
    hurried = false;
    failure = null;
    turn.abandon();
    asServer();
  }

  // ---- the turn's side

  /** As {@link KernelCalls#passed}. */
  int passed(int work) {
    if (ended) {
      return KernelCalls.ENDED;
    }
    if (cpu.passed(task, work) || hurried) {
      return KernelCalls.WENT_ON;
    }
    asProcess();
    if (!coroutine.interrupt()) {
      cpu.goesOn();
      return KernelCalls.WENT_ON;
    }
    return ended ? KernelCalls.ENDED : KernelCalls.INTERRUPTED;
  }

  private void asProcess() {
    if (!behindServers) {
      behindServers = true;
      int quantum = task.standing.quantum;
      scheduler.schedule(task, Limits.LEVEL_NORMAL, Limits.WEIGHT_NORMAL, quantum, 0);
    }
  }

  private void asServer() {
    if (behindServers) {
      behindServers = false;
      scheduler.schedule(task, Standing.SERVERS, 0, task.standing.quantum, 0);
    }
  }
}
