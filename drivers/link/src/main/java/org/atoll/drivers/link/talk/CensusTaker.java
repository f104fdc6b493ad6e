package org.atoll.drivers.link.talk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Collects the answers to one question. It is complete when each node that was asked has answered
 * or is dead. Owner: the CPU that the link belongs to.
 */
public final class CensusTaker {

  private static final int ALL = Integer.MAX_VALUE;

  private final int question;
  private final CompletableFuture<Census> outcome;
  private final List<NodeRow> nodes = new ArrayList<>();
  private final List<LinkRow> links = new ArrayList<>();

  /** By node: rows that are still to come, of which {@link #ALL} says the number. */
  private final int[] missing;

  /**
   * Nobody was asked yet.
   *
   * @param outcome is completed with what was collected
   */
  public CensusTaker(int question, int nodes, CompletableFuture<Census> outcome) {
    this.question = question;
    this.outcome = outcome;
    missing = new int[nodes];
  }

  /** The question that was asked. */
  public int question() {
    return question;
  }

  /** A node was asked. */
  public void asked(int node) {
    missing[node] = ALL;
  }

  /** A node says of itself; what was not asked for counts for nothing. */
  public void node(int from, NodeRow row, int rows) {
    if (missing[from] == ALL && row.node() == from && rows >= 0 && rows < missing.length) {
      nodes.add(row);
      missing[from] = rows;
      completeIfAllSaid();
    }
  }

  /** A node says of one of its links. */
  public void link(int from, LinkRow row) {
    if (missing[from] > 0 && missing[from] < ALL && row.from() == from) {
      links.add(row);
      missing[from]--;
      completeIfAllSaid();
    }
  }

  /** A node is dead: nothing comes of it any more. */
  public void dead(int node) {
    missing[node] = 0;
    completeIfAllSaid();
  }

  private void completeIfAllSaid() {
    if (Arrays.stream(missing).allMatch(rows -> rows == 0)) {
      complete();
    }
  }

  /** No more is waited for. */
  public void complete() {
    nodes.sort(Comparator.comparingInt(NodeRow::node));
    links.sort(Comparator.comparingInt(LinkRow::from).thenComparingInt(LinkRow::to));
    outcome.complete(new Census(nodes, links));
  }
}
