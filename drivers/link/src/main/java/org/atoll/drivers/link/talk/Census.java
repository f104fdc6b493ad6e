package org.atoll.drivers.link.talk;

import java.util.List;

/**
 * The nodes of a VOS and the links between them, as they say themselves. Nodes that are dead or did
 * not answer in time are missing.
 *
 * @param nodes by number
 * @param links by sender, then receiver
 */
public record Census(List<NodeRow> nodes, List<LinkRow> links) {

  public Census {
    nodes = List.copyOf(nodes);
    links = List.copyOf(links);
  }
}
