package org.atoll.kernel;

import org.atoll.abi.Trap;
import org.atoll.hypercall.cpu.Engine;
import org.atoll.hypercall.cpu.Hart;
import org.atoll.hypercall.memory.AddressSpace;

/**
 * An engine without instructions: register x31 says how many are left until an ecall; 0 runs for
 * ever.
 */
final class ScriptedGuest implements Engine {

  @Override
  public int run(Hart hart, AddressSpace space, int quantumInstructions) {
    long left = hart.x[31];
    if (left == 0 || left > quantumInstructions) {
      hart.retired += quantumInstructions;
      hart.x[31] = left == 0 ? 0 : left - quantumInstructions;
      return Trap.QUANTUM_OVER;
    }
    hart.retired += left;
    hart.x[31] = 0;
    return Trap.ECALL;
  }
}
