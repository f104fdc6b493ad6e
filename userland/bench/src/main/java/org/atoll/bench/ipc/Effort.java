package org.atoll.bench.ipc;

import java.time.Duration;
import java.util.List;

/**
 * How long a round of a row takes.
 *
 * @param warm CPU time of a caller's JVM before what counts; a third more where there are several
 *     nodes, whose links want to be warm, too
 * @param measured time of what counts
 */
record Effort(Duration warm, Duration measured) {

  static final Effort FULL = new Effort(Duration.ofMillis(1_200), Duration.ofMillis(350));
  static final Effort QUICK = new Effort(Duration.ofMillis(600), Duration.ofMillis(200));

  /** What a JVM needs to start and end, on a quiet machine. */
  private static final Duration JVM = Duration.ofMillis(500);

  /** How long its compilers work on a row, and rest before what counts. */
  private static final Duration COMPILED = Duration.ofMillis(2_400);

  /** The same, for what has more code to warm up. */
  Effort warmer() {
    return new Effort(warm.multipliedBy(2), measured);
  }

  private Duration warm(int nodes) {
    return nodes == 1 ? warm : warm.multipliedBy(4).dividedBy(3);
  }

  List<String> words(int nodes) {
    return List.of(Long.toString(warm(nodes).toMillis()), Long.toString(measured.toMillis()));
  }

  /** What a round takes in so many JVMs, whose compilers share a core. */
  long forkNanos(int nodes) {
    return COMPILED.multipliedBy(nodes).plus(JVM).plus(measured).toNanos();
  }
}
