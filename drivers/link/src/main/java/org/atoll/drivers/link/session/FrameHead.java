package org.atoll.drivers.link.session;

import org.atoll.drivers.link.LinkBrokenException;
import org.atoll.hypercall.Transport;

/**
 * The head of a frame on the wire, little-endian.
 *
 * <pre>
 *    0  32 bits  bytes behind the head; bit 31: the link's own; bit 30: loose, without a number
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

  /** Bytes of the largest frame of the link's own, without its head. */
  public static final int OWN_BYTES_MAX = 1_024;

  static final int NUMBER = 4;
  static final int RECEIVED = 8;

  private FrameHead() {}

  /**
   * The bytes behind a head.
   *
   * @throws LinkBrokenException at a length that no frame has
   */
  public static int bytesBehind(int length) throws LinkBrokenException {
    int bytes = length & ~(OWN | LOOSE);
    int most = (length & OWN) != 0 ? OWN_BYTES_MAX : Transport.FRAME_BYTES_MAX;
    if (bytes == 0 || bytes > most) {
      throw new LinkBrokenException("it sent a frame of " + bytes + " bytes, at most " + most);
    }
    if ((length & (OWN | LOOSE)) == LOOSE) {
      throw new LinkBrokenException("it sent a frame of the kernel's without a number");
    }
    return bytes;
  }
}
