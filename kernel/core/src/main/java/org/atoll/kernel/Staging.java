package org.atoll.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import org.atoll.abi.Limits;

/**
 * Places for the bytes that the kernel keeps while a call lasts: those of large buffers go from one
 * call to the next, so that a call that copies allocates nothing. What is in them is not cleared.
 * Any thread, under this object's monitor.
 */
final class Staging {

  /** Bytes of a place that a buffer keeps for itself. */
  static final int SMALL_BYTES = 4_096;

  /** Large places that are kept for use: 4 MiB. */
  private static final int SPARES_MAX = 64;

  private final Deque<byte[]> spares = new ArrayDeque<>(SPARES_MAX);

  /** A place for so many bytes, at least. */
  synchronized byte[] take(int bytes) {
    if (bytes <= SMALL_BYTES) {
      return new byte[bytes];
    }
    return spares.isEmpty() ? new byte[Limits.BUFFER_BYTES_MAX] : spares.pop();
  }

  /** Takes a large place back that nobody uses any more. */
  synchronized void giveBack(byte[] place) {
    if (spares.size() < SPARES_MAX) {
      spares.push(place);
    }
  }
}
