package org.atoll.bench.ipc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The rows of {@code atoll bench fairness}: a pair alone, and beside each disturbance. */
final class FairnessRows {

  private static final int NODES = 2;
  private static final Effort EFFORT = new Effort(Duration.ofMillis(1_200), Duration.ofSeconds(1));

  private FairnessRows() {}

  /**
   * All of them.
   *
   * @param transport between the two nodes
   */
  static List<Row> all(String transport) {
    List<Row> rows = new ArrayList<>();
    for (Disturbance how : Disturbance.values()) {
      rows.add(row(DisturbedSubject.LOCAL, how, LocalRows.LANGUAGE, Pinning.SAME_CORE, 1));
    }
    // Nodes that are always busy have a core each: on one, the host would share it out.
    for (Disturbance how : Disturbance.values()) {
      rows.add(row(transport, how, NodeRows.PROCESS, Pinning.HOST, NODES));
    }
    return rows;
  }

  private static Row row(
      String where, Disturbance how, String isolation, Pinning pinning, int nodes) {
    String name = name(where, how);
    Trial trial = new ForkedTrial(name, pinning, nodes, EFFORT, List.of());
    List<String> peers =
        how == Disturbance.ALONE ? List.of() : List.of(name(where, Disturbance.ALONE));
    return new Row(name, isolation, pinning.words(), 1, trial, peers);
  }

  private static String name(String where, Disturbance how) {
    return String.join(".", DisturbedSubject.PREFIX, where, how.word());
  }
}
