package org.atoll.hypercall;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Memory that two processes of one machine see, and that is gone when both are. One makes it and
 * hands its descriptor to the other. Nobody can ever make it smaller or larger, so no access to it
 * fails.
 */
public interface SharedMemory {

  /** Why the host has no such memory, in words; null when it has. */
  @Nullable String missing();

  /**
   * Makes memory of zeros.
   *
   * @return its descriptor
   * @throws IOException when the host has none left
   */
  int create(int bytes) throws IOException;

  /**
   * Lets this process see memory; the descriptor is needed no more then.
   *
   * @param life how long; also names the threads that may use it
   * @throws IOException when it is no such memory or has another size
   */
  ByteBuffer map(int descriptor, int bytes, Arena life) throws IOException;
}
