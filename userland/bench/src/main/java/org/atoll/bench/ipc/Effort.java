package org.atoll.bench.ipc;

import java.time.Duration;
import java.util.List;

/**
 * How long a round of a row takes.
 *
 * @param warm CPU time of a caller's JVM before what counts
 * @param measured time of what counts
 */
record Effort(Duration warm, Duration measured) {

  static final Effort FULL = new Effort(Duration.ofMillis(800), Duration.ofMillis(350));
  static final Effort QUICK = new Effort(Duration.ofMillis(500), Duration.ofMillis(200));

  /** What a JVM needs to start and end, on a quiet machine. */
  private static final Duration JVM = Duration.ofMillis(500);

  /** The same, for what has more code to warm up. */
  Effort warmer() {
    return new Effort(warm.multipliedBy(3), measured);
  }

  List<String> words() {
    return List.of(Long.toString(warm.toMillis()), Long.toString(measured.toMillis()));
  }

  /** What a round takes in so many JVMs, on one core. */
  long forkNanos(int nodes) {
    return warm.plus(JVM).multipliedBy(nodes).plus(measured).toNanos();
  }
}
