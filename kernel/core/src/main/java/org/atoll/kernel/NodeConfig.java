package org.atoll.kernel;

import org.atoll.abi.Limits;

/**
 * What a node is told when it is made.
 *
 * @param node its number, from 0
 * @param nodes how many nodes the VOS has
 * @param quantumInstructions what a process may retire before another task gets its turn
 * @param handOver what becomes of the task that a turn has given something to do
 */
public record NodeConfig(int node, int nodes, int quantumInstructions, HandOver handOver) {

  /** Whether a CPU gives the next turn to whom it has just woken. */
  public enum HandOver {
    /** An idle callee, and a caller that is answered, run next. */
    DIRECT,
    /** All wait in the ready queue, so that what hand-over is worth can be measured. */
    QUEUED
  }

  public NodeConfig {
    if (nodes < 1 || nodes > Limits.NODES_MAX || node < 0 || node >= nodes) {
      throw new IllegalArgumentException(
          "node " + node + " of " + nodes + ": expected 0 <= node < nodes <= " + Limits.NODES_MAX);
    }
    if (quantumInstructions < 1) {
      throw new IllegalArgumentException("quantum of " + quantumInstructions + " instructions");
    }
  }

  /** The one node of a VOS. */
  public static NodeConfig single() {
    return of(0, 1);
  }

  /** One of several nodes. */
  public static NodeConfig of(int node, int nodes) {
    return new NodeConfig(node, nodes, Limits.QUANTUM_INSTRUCTIONS, HandOver.DIRECT);
  }

  /** The same node with another way to hand over. */
  public NodeConfig with(HandOver other) {
    return new NodeConfig(node, nodes, quantumInstructions, other);
  }
}
