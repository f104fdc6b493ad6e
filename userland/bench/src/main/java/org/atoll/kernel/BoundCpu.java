package org.atoll.kernel;

import java.util.function.BooleanSupplier;
import org.atoll.hypercall.EventWait;

/**
 * The loop of a CPU to which one task is bound: it gives turns to that task alone, and looks for
 * the next one or waits until there is one. A call then goes to another CPU and its answer comes
 * back, which the kernel's own loop avoids: it runs an idle callee where its caller is.
 *
 * <p>Turns, queue, mailbox and waiting are the kernel's, and so is the wake-up; that it is given is
 * decided here, for the kernel binds no task. In its package, for who is ready is its own affair.
 *
 * <p>Owner: the thread that is the CPU.
 */
public final class BoundCpu {

  /** What a CPU does while its task is not ready. */
  public enum Between {
    /** It looks again. */
    LOOKS,
    /** It waits as an idle CPU does, and is woken. */
    WAITS
  }

  private final Node node;
  private final Cpu cpu;
  private final EventWait events;
  private final Task task;
  private final Task other;
  private final Cpu otherCpu;
  private final boolean waits;

  private BoundCpu(
      Node node, int index, EventWait events, int endpoint, int otherEndpoint, Between between) {
    this.node = node;
    this.events = events;
    cpu = node.cpu(index);
    otherCpu = node.cpu(1 - index);
    task = find(node, endpoint);
    other = find(node, otherEndpoint);
    waits = between == Between.WAITS;
  }

  /**
   * One of the two CPUs of a node whose turns wait in the ready queue.
   *
   * @param events where that CPU waits
   * @param endpoint of its task
   * @param other the other CPU's
   */
  public static BoundCpu of(
      Node node, int index, EventWait events, int endpoint, int other, Between between) {
    return new BoundCpu(node, index, events, endpoint, other, between);
  }

  private static Task find(Node node, int endpoint) {
    Task found = node.tasks.find(endpoint);
    if (found == null) {
      throw new IllegalArgumentException("no task " + endpoint);
    }
    return found;
  }

  /** Runs until the node halts or the condition holds. */
  public void runUntil(BooleanSupplier condition) {
    BooleanSupplier mayBlock = () -> !hasNext() && !node.halted() && !condition.getAsBoolean();
    while (!node.halted() && !condition.getAsBoolean()) {
      if (hasNext()) {
        turn();
      } else if (waits) {
        await(mayBlock);
      } else {
        Thread.onSpinWait();
      }
    }
  }

  /** Its task is ready, or has been asked again in its turn: then the CPU has kept the token. */
  private boolean hasNext() {
    return cpu.busy() || isReady(task);
  }

  private static boolean isReady(Task task) {
    return task.run.get() == Task.QUEUED;
  }

  /** The first of the ready tasks is this one: the other is not ready while it is. */
  private void turn() {
    if (cpu.step() && waits && isReady(other)) {
      node.scheduler.idle().wake(otherCpu.index());
    }
  }

  private void await(BooleanSupplier mayBlock) {
    node.quiescence.waiting(cpu.index());
    node.scheduler.idle().sleeps(cpu.index());
    events.waitForEvent(mayBlock, -1);
    node.scheduler.idle().wakes(cpu.index());
  }
}
