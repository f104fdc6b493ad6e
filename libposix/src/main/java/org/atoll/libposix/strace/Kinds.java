package org.atoll.libposix.strace;

import java.util.HashMap;
import java.util.Map;

/** All kinds of arguments, by the names that the table of system calls uses. */
final class Kinds {

  private static final Map<String, Kind> ALL = all();

  private Kinds() {}

  private static Map<String, Kind> all() {
    Map<String, Kind> all = new HashMap<>();
    Numbers.kinds(all);
    Strings.kinds(all);
    Symbols.kinds(all);
    Files.kinds(all);
    Controls.kinds(all);
    Polls.kinds(all);
    Sleeps.kinds(all);
    Signs.kinds(all);
    Processes.kinds(all);
    Messages.kinds(all);
    SocketAddresses.kinds(all);
    SocketMessages.kinds(all);
    return Map.copyOf(all);
  }

  static Kind of(String name) {
    Kind kind = ALL.get(name);
    if (kind == null) {
      throw new IllegalArgumentException("no kind of arguments is called " + name);
    }
    return kind;
  }
}
