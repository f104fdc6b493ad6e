package org.atoll.bench.ipc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The rows of {@code atoll bench ipc}. Their names are what other programs know them by. */
final class Rows {

  private Rows() {}

  /** Those that a person chose. */
  static List<Row> all(Choice choice) throws IOException {
    return Stream.of(
            LocalRows.all(choice),
            NodeRows.all(choice, new OneMachine(choice)),
            GuestRows.all(choice),
            PeerRows.all(choice))
        .flatMap(List::stream)
        .toList();
  }

  /** Those that are measured between this machine and another one. */
  static List<Row> between(Choice choice, OtherHost other) {
    Place place = new TwoMachines(choice, other);
    List<Row> rows = new ArrayList<>(NodeRows.all(choice, place));
    rows.addAll(PeerRows.between(choice, place));
    return rows;
  }
}
