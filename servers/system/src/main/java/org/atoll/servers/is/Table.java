package org.atoll.servers.is;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The tables that there are. */
enum Table {
  /** Every task of every node. */
  TASKS,
  /** Every call under way: who waits for whom. */
  CALLS,
  /** The nodes, and their memory. */
  NODES,
  /** What RS looks after. */
  SERVICES,
  /** What is published. */
  DS;

  private static final Table[] ALL = values();

  static @Nullable Table of(String name) {
    for (Table table : ALL) {
      if (table.label().equals(name)) {
        return table;
      }
    }
    return null;
  }

  static Table of(int number) {
    return ALL[number];
  }

  /** As rows have it. */
  @SuppressWarnings("EnumOrdinal")
  int number() {
    return ordinal();
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The names of all, a line each. */
  static String labels() {
    StringBuilder lines = new StringBuilder();
    for (Table table : ALL) {
      lines.append(table.label()).append('\n');
    }
    return lines.toString();
  }
}
