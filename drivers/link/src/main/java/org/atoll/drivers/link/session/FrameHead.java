package org.atoll.drivers.link.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.atoll.drivers.link.LinkBrokenException;
import org.atoll.hypercall.Transport;

/**
 * The head of a frame on the wire, little-endian.
 *
 * <pre>
 *    0  32 bits  bytes behind the head; bit 31: the link's own; bit 30: loose, without a number;
 *                bit 29: packed
 *    4  32 bits  number of the frame, one more than that of the frame before; wraps
 *    8  32 bits  how many numbered frames the sender has received; wraps
 * </pre>
 */
public final class FrameHead {

  /** Bytes before each frame. */
  public static final int BYTES = 12;

  /** Set in the length of a frame that is the link's own. */
  public static final int OWN = 1 << 31;

  /** Set in the length of a frame that has no number, may be lost, and is not sent again. */
  public static final int LOOSE = 1 << 30;

  /** Set in the length of a frame that others are packed in; its number is their bytes. */
  public static final int PACKED = 1 << 29;

  /** Set in the length of a frame for what it is. */
  static final int FLAGS = OWN | LOOSE | PACKED;

  /** Bytes of the largest frame of the link's own, without its head. */
  public static final int OWN_BYTES_MAX = 1_024;

  private static final int NUMBER = 4;
  private static final int RECEIVED = 8;

  // Handles are compiled into their callers at any depth, which accessors of buffers are not.
  private static final VarHandle INT =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private FrameHead() {}

  /** Writes a head. */
  static void write(ByteBuffer to, int at, int length, int number, int received) {
    LONG.set(to, at, (long) number << Integer.SIZE | length & 0xffff_ffffL);
    INT.set(to, at + RECEIVED, received);
  }

  /** The length of the frame that begins there, with its flags. */
  public static int length(ByteBuffer in, int at) {
    return (int) INT.get(in, at);
  }

  static int number(ByteBuffer in, int at) {
    return (int) INT.get(in, at + NUMBER);
  }

  static int received(ByteBuffer in, int at) {
    return (int) INT.get(in, at + RECEIVED);
  }

  /**
   * The bytes behind a head.
   *
   * @throws LinkBrokenException at a length that no frame has
   */
  public static int bytesBehind(int length) throws LinkBrokenException {
    int bytes = length & ~FLAGS;
    boolean small = (length & OWN) != 0 && !isPacked(length);
    int most = small ? OWN_BYTES_MAX : Transport.FRAME_BYTES_MAX;
    if (bytes == 0 || bytes > most) {
      throw new LinkBrokenException("it sent a frame of " + bytes + " bytes, at most " + most);
    }
    if ((length & (OWN | LOOSE)) == LOOSE) {
      throw new LinkBrokenException("it sent a frame of the kernel's without a number");
    }
    if (isPacked(length) && (length & LOOSE) == 0) {
      throw new LinkBrokenException("it sent a packed frame with a number");
    }
    return bytes;
  }

  /** Whether others are packed in a frame of that length. */
  public static boolean isPacked(int length) {
    return (length & PACKED) != 0;
  }

  /** Bytes of a frame that this end has made, with its head. */
  public static int wholeBytes(int length) {
    return BYTES + (length & ~FLAGS);
  }
}
