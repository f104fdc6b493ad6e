package org.atoll.boot;

import org.atoll.hypercall.EventWait;
import org.atoll.hypercall.sim.Steppable;
import org.atoll.kernel.Node;

/** CPU 0 of a node as the simulation steps it: what has arrived, then one turn or quantum. */
record SteppedCpu(Node kernel, EventWait arrivals, Swapper swapper) implements Steppable {

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
    return kernel.cpu(0).step();
  }

  @Override
  public long nextDeadlineNanos() {
    long next = kernel.nextAlarmNanos();
    return next < 0 || kernel.halted() ? NO_DEADLINE : next;
  }
}
