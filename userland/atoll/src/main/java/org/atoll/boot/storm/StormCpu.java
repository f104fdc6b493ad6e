package org.atoll.boot.storm;

import org.atoll.hypercall.EventWait;
import org.atoll.hypercall.sim.Steppable;
import org.atoll.kernel.Node;

/** The CPU of a node of a storm, as the simulation steps it. */
record StormCpu(Node kernel, EventWait arrivals) implements Steppable {

  @Override
  public int node() {
    return kernel.number();
  }

  @Override
  public boolean step() {
    arrivals.poll();
    return !kernel.halted() && kernel.cpu(0).step();
  }

  @Override
  public long nextDeadlineNanos() {
    long next = kernel.nextAlarmNanos();
    return next < 0 || kernel.halted() ? NO_DEADLINE : next;
  }
}
