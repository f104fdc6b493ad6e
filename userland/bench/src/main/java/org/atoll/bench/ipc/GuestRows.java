package org.atoll.bench.ipc;

import java.util.ArrayList;
import java.util.List;

/** The rows that a C program in a VOS measures. */
final class GuestRows {

  private static final String NOT_YET = "no guest program measures it yet";

  private GuestRows() {}

  static List<Row> all() {
    List<Row> rows = new ArrayList<>();
    for (String name : List.of("null", "read1.local", "read1.node", "stat.local", "stat.node")) {
      Trial trial = new Skipped(NOT_YET);
      rows.add(new Row("guest." + name, NodeRows.PROCESS, "host", 1, trial, List.of()));
    }
    return List.copyOf(rows);
  }
}
