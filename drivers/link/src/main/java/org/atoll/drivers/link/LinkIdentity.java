package org.atoll.drivers.link;

import org.atoll.abi.Limits;

/**
 * Who a node is on the link.
 *
 * @param vos identifies the VOS: nodes of another one are strangers
 * @param node its number
 * @param nodes how many nodes the VOS has
 * @param key what proves that a node belongs to it
 */
public record LinkIdentity(long vos, int node, int nodes, LinkKey key) {

  public LinkIdentity {
    if (nodes < 1 || nodes > Limits.NODES_MAX || node < 0 || node >= nodes) {
      throw new IllegalArgumentException("node " + node + " of " + nodes);
    }
  }
}
