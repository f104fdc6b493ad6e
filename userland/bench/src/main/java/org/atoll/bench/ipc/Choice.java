package org.atoll.bench.ipc;

import java.util.List;

/**
 * What a person wants to know.
 *
 * @param pinning where what has several processes runs
 * @param transports whose rows are measured, by their words in the names of rows
 * @param sizes of copies
 * @param callers of one server at once, a row each
 * @param nodes of the VOS where there are several; 1: no such rows
 * @param effort how long a round takes
 */
record Choice(
    Pinning pinning,
    List<String> transports,
    List<Size> sizes,
    List<Integer> callers,
    int nodes,
    Effort effort) {

  static final List<String> TRANSPORTS = List.of("shm", "unix", "tcp", "tls");

  /** Those of them that lead to other machines. */
  static final List<String> FAR = List.of("tcp", "tls");

  static final List<Size> SIZES = List.of(Size.parse("64k"), Size.parse("1m"));
  static final List<Size> SIZES_OF_PAGE =
      List.of(Size.parse("1"), Size.parse("4k"), Size.parse("64k"), Size.parse("1m"));
  static final List<Integer> CALLERS = List.of(1, 2, 4, 8);

  Choice {
    transports = List.copyOf(transports);
    sizes = List.copyOf(sizes);
    callers = List.copyOf(callers);
  }

  /** Everything that there is. */
  static Choice all(Pinning pinning) {
    return new Choice(pinning, TRANSPORTS, SIZES, CALLERS, 2, Effort.FULL);
  }
}
