package org.atoll.bench.ipc;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** The rows of {@code atoll bench ipc}. Their names are what other programs know them by. */
final class Rows {

  private Rows() {}

  /** Those that a person chose. */
  static List<Row> all(Choice choice) throws IOException {
    return Stream.of(
            LocalRows.all(choice),
            NodeRows.all(choice),
            GuestRows.all(choice),
            PeerRows.all(choice))
        .flatMap(List::stream)
        .toList();
  }
}
