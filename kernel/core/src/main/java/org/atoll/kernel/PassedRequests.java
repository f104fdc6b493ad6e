package org.atoll.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The requests of other nodes that this node has sent on, after callees that had left it. When the
 * node that they were sent on to dies, this one alone knows that they may be lost there, and
 * answers for it; an answer to a call that has one goes nowhere.
 *
 * <p>Requests are sent on for as long as their callers' nodes have not heard of the move. Nobody
 * says here that one was answered: the last ones are kept. Owner: any CPU, under this object's
 * monitor.
 */
final class PassedRequests {

  /** How many are kept for each node. */
  static final int KEPT_MAX = 16_384;

  /**
   * A request that was sent on.
   *
   * @param request caller and call
   */
  record Passed(long request, int callee) {}

  private final List<Deque<Passed>> byNode = new ArrayList<>();

  PassedRequests(int nodes) {
    for (int i = 0; i < nodes; i++) {
      byNode.add(new ArrayDeque<>(0));
    }
  }

  /** A request goes on to that node. */
  synchronized void add(int node, long request, int callee) {
    Deque<Passed> row = byNode.get(node);
    if (row.size() == KEPT_MAX) {
      row.remove();
    }
    row.add(new Passed(request, callee));
  }

  /** Takes those that went to a node, oldest first. */
  synchronized List<Passed> take(int node) {
    List<Passed> all = List.copyOf(byNode.get(node));
    byNode.get(node).clear();
    return all;
  }
}
