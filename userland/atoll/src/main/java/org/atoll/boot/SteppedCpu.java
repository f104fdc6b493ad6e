package org.atoll.boot;

import org.atoll.hypercall.EventWait;
import org.atoll.hypercall.sim.Steppable;
import org.atoll.kernel.Node;

/** CPU 0 of a node as the simulation steps it: what has arrived, then one turn or quantum. */
final class SteppedCpu implements Steppable {

  /** A virtual CPU of 100 million instructions a second, as an interpreter is. */
  private static final long NANOS_PER_INSTRUCTION = 10;

  private final Node kernel;
  private final EventWait arrivals;
  private final Swapper swapper;
  private final Runnable ended;
  private long lastStepWork;

  /**
   * A CPU of a kernel.
   *
   * @param ended run when the kernel has halted: its process would be gone
   */
  SteppedCpu(Node kernel, EventWait arrivals, Swapper swapper, Runnable ended) {
    this.kernel = kernel;
    this.arrivals = arrivals;
    this.swapper = swapper;
    this.ended = ended;
  }

  @Override
  public int node() {
    return kernel.number();
  }

  @Override
  public boolean step() {
    arrivals.poll();
    if (kernel.halted()) {
      ended.run();
      return false;
    }
    swapper.maybe();
    long before = kernel.cpu(0).work();
    boolean busy = kernel.cpu(0).step();
    lastStepWork = kernel.cpu(0).work() - before;
    return busy;
  }

  @Override
  public long lastStepNanos() {
    return Math.max(1, lastStepWork) * NANOS_PER_INSTRUCTION;
  }

  @Override
  public long nextDeadlineNanos() {
    long next = kernel.nextAlarmNanos();
    return next < 0 || kernel.halted() ? NO_DEADLINE : next;
  }
}
