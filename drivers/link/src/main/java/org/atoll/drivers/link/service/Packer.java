package org.atoll.drivers.link.service;

import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import org.atoll.drivers.link.session.FrameHead;

/**
 * Packs whole frames into one that is smaller, by LZ4. It notices what does not get smaller, and
 * then lets ever more of the same pass before it tries again.
 */
public final class Packer {

  /** Bytes that are packed at a time; a single frame may be larger. */
  public static final int PIECE_BYTES = 64 * 1024;

  /** Fewer bytes than these are not packed, for they are not worth the time. */
  public static final int LEAST_BYTES = 256;

  /** What is saved must be at least this part of the whole. */
  private static final int SAVED_PART = 16;

  private static final int PASS_BYTES_LEAST = PIECE_BYTES;
  private static final int PASS_BYTES_MOST = 4 << 20;

  private final LZ4Compressor lz4 = LZ4Factory.safeInstance().fastCompressor();

  /** How much may pass now, and how much after the next vain attempt. */
  private int pass;

  private int passNext = PASS_BYTES_LEAST;

  /**
   * Packs frames.
   *
   * @param frames whole ones, with their heads
   * @param to room for as many bytes, little-endian; a frame is put there, from its position on
   * @return whether they are packed; if not, they are to be sent as they are
   */
  public boolean pack(ByteBuffer frames, ByteBuffer to) {
    int bytes = frames.remaining();
    if (bytes < LEAST_BYTES) {
      return false;
    }
    if (pass > 0) {
      pass -= bytes;
      return false;
    }
    int start = to.position();
    int most = bytes - bytes / SAVED_PART - FrameHead.BYTES;
    int packed = compress(frames, to, start + FrameHead.BYTES, most);
    if (packed == 0) {
      pass = passNext;
      passNext = Math.min(2 * passNext, PASS_BYTES_MOST);
      return false;
    }
    passNext = PASS_BYTES_LEAST;
    to.putInt(packed | FrameHead.OWN | FrameHead.LOOSE | FrameHead.PACKED).putInt(bytes).putInt(0);
    to.position(start + FrameHead.BYTES + packed);
    return true;
  }

  private int compress(ByteBuffer frames, ByteBuffer to, int at, int most) {
    try {
      return lz4.compress(frames, frames.position(), frames.remaining(), to, at, most);
    } catch (LZ4Exception larger) {
      // The library has no other way to say that the result does not fit.
      return 0;
    }
  }
}
