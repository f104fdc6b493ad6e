package org.atoll.loader.program;

import java.util.List;

/** A class uses what a guest program must not; nothing of it was run. */
final class Refused extends LinkageError {

  private static final long serialVersionUID = 1;

  private final List<String> lines;

  Refused(List<String> lines) {
    super(lines.getFirst());
    this.lines = List.copyOf(lines);
  }

  /** Where, what and why, a line each. */
  List<String> lines() {
    return lines;
  }
}
