package org.atoll.hypercall.cpu;

import org.atoll.abi.Trap;
import org.atoll.hypercall.memory.AddressSpace;

/**
 * What executes guest instructions: an interpreter or a translator.
 *
 * <p>Owner: one CPU. It serves many harts one after the other; what it caches of an address space
 * it drops by itself when the space or its version differs from the last run's.
 */
public interface Engine {
  /**
   * Runs a hart until it traps or the quantum is over.
   *
   * <p>The same state, memory and quantum give the same result in every engine and every time.
   *
   * @param quantumInstructions how many instructions may retire, at least 1; exactly as many have
   *     when the answer is {@link Trap#QUANTUM_OVER}
   * @return a constant of {@link Trap}
   */
  int run(Hart hart, AddressSpace space, int quantumInstructions);
}
