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
  private long lastStepWork;

  SteppedCpu(Node kernel, EventWait arrivals, Swapper swapper) {
    this.kernel = kernel;
    this.arrivals = arrivals;
    this.swapper = swapper;
  }

  @Override
  public int node() {
    return kernel.number();
  }

  @Override
  public boolean step() {
    arrivals.poll();
    if (kernel.halted()) {
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
