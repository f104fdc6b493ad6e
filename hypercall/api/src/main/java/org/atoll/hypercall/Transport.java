package org.atoll.hypercall;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Carries frames, which are opaque here, between nodes: in order, whole, at most once. Owner: the
 * CPU that the transport belongs to (CPU 0); other CPUs hand it frames through the kernel.
 */
public interface Transport {

  /**
   * Room for a frame to a node, little-endian, from its position to its limit. A claim that was not
   * committed is void when the next one is made.
   *
   * @param bytes size of the frame, at most {@link #FRAME_BYTES_MAX}
   * @return the buffer to fill, valid until {@link #commit}; null when the node is not connected or
   *     has no room (the kernel keeps the frame and tries again after {@link Receiver#writable})
   */
  @Nullable ByteBuffer claim(int node, int bytes);

  /** The frame that was claimed is complete. */
  void commit(int node);

  /** Sends what was committed. Called once per turn of the CPU's loop, not per frame. */
  void flush();

  /**
   * Ends the connection to a node that broke the rules of the frames, so that it learns of it. What
   * still arrives from there is ignored by the kernel.
   */
  void drop(int node, String reason);

  /** Names who gets what arrives; called once, before the CPU's loop starts. */
  void receiver(Receiver receiver);

  /** Bytes of the largest frame: a message with its envelope and two full buffers. */
  int FRAME_BYTES_MAX = 256 + 2 * 65_536;

  /** Told by the transport, on the owner CPU's thread, within its {@link EventWait}. */
  interface Receiver {

    /** A frame came; the buffer is valid during the call only. */
    void frame(int node, ByteBuffer frame);

    /** A node is connected and authenticated. */
    void nodeUp(int node);

    /** A node is dead, with the reason in words. It does not come back. */
    void nodeDown(int node, String reason);

    /** A node is dead as far as this one can tell: it stands still, and may yet tell so itself. */
    default void nodeSilent(int node, String reason) {
      nodeDown(node, reason);
    }

    /** There is room again for frames to a node. */
    void writable(int node);
  }
}
