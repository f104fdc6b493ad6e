package org.atoll.boot;

import org.atoll.hypercall.sim.SeededGenerator;

/**
 * Replaces servers by fresh ones that load what the old ones saved, at random turns: nobody may
 * notice. Its chance is apart from the simulation's, so that the trace stays the same.
 */
final class Swapper {

  private final BareNode node;
  private final SeededGenerator chance;
  private final int every;

  /**
   * A swapper for one node.
   *
   * @param every about how many steps lie between two swaps; 0: never swaps
   */
  Swapper(BareNode node, SeededGenerator chance, int every) {
    this.node = node;
    this.chance = chance;
    this.every = every;
  }

  /** Between two steps: perhaps a server is replaced. */
  void maybe() {
    if (every == 0 || chance.below(every) != 0 || node.services().isEmpty()) {
      return;
    }
    Service service = node.services().get(chance.below(node.services().size()));
    node.node().replace(service.endpoint(), service.fresh());
  }
}
