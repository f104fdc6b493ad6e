package org.atoll.kernel;

import org.atoll.abi.Limits;
import org.jspecify.annotations.Nullable;

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

  private final byte @Nullable [][] spares = new byte[SPARES_MAX][];
  private int count;

  /** A place for so many bytes, at least. */
  synchronized byte[] take(int bytes) {
    if (bytes <= SMALL_BYTES) {
      return new byte[bytes];
    }
    byte[] spare = count == 0 ? null : spares[--count];
    return spare == null ? new byte[Limits.BUFFER_BYTES_MAX] : spare;
  }

  /** Takes a large place back that nobody uses any more. */
  synchronized void giveBack(byte[] place) {
    if (count < SPARES_MAX) {
      spares[count++] = place;
    }
  }
}
