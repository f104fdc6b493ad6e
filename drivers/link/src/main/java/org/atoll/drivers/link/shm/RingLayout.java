package org.atoll.drivers.link.shm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.atoll.drivers.link.session.Session;

/**
 * Where things are in the memory of a ring, and of the two rings of a pair of nodes.
 *
 * <pre>
 *      0  64 bits  bytes ever written; the writer's
 *    128  64 bits  bytes ever taken; the reader's
 *    256  32 bits  1 while the reader sleeps or is about to
 *   4096  the bytes; a byte's place is the remainder of its number by the capacity
 * </pre>
 *
 * <p>A ring holds twice a session's window, so that a reader which keeps the rules never lets it
 * become full: what is under way is at most a window, and a few signs.
 */
final class RingLayout {

  static final int TAIL = 0;
  static final int HEAD = 128;
  static final int ASLEEP = 256;
  static final int BYTES_AT = 4_096;
  static final int CAPACITY = 2 * Session.WINDOW_BYTES;
  static final int RING_BYTES = BYTES_AT + CAPACITY;

  static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle INT =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private RingLayout() {}

  static int placeOf(long position) {
    return (int) position & CAPACITY - 1;
  }
}
