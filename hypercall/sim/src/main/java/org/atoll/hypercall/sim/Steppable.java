package org.atoll.hypercall.sim;

/** A CPU of a node, as the simulation runs it: one step at a time. */
public interface Steppable {

  /** A CPU without alarms. */
  long NO_DEADLINE = Long.MAX_VALUE;

  /** The node it belongs to. */
  int node();

  /** Handles what has arrived and runs one turn or quantum; false when there was nothing to do. */
  boolean step();

  /** Virtual time that the last step took; a quantum of guest code takes longer than a turn. */
  default long lastStepNanos() {
    return Simulation.STEP_NANOS;
  }

  /** When it has something to do by itself, on the node's clock; or {@link #NO_DEADLINE}. */
  long nextDeadlineNanos();
}
