package org.atoll.bench.ipc;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How a row's rounds are made. */
interface Trial extends AutoCloseable {

  /** What is missing on this machine, with the command that installs it; null when nothing is. */
  @Nullable String missing();

  /** About how long a round takes on a quiet machine. */
  long nanos();

  /** About how much longer the first one takes, because things are made that stay. */
  default long nanosOfFirst() {
    return 0;
  }

  /**
   * Whether a round takes so long that it is made once where there is not time for everything. Only
   * of what others are compared with: its figures then say that they are of one round.
   */
  default boolean slow() {
    return false;
  }

  /** One round, in processes of its own. */
  Burst round() throws IOException, InterruptedException;

  /** Gives back what was kept for further rounds. */
  @Override
  default void close() throws IOException {}
}
