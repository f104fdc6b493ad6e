package org.atoll.hypercall;

import java.nio.ByteBuffer;

/**
 * Carries packets between nodes: each whole if at all, but it may be lost, come twice, or come
 * after later ones. Owner: the CPU that it belongs to (CPU 0).
 */
public interface Packets {

  /** No time. */
  long NEVER = Long.MAX_VALUE;

  /** Sends a packet, which is copied. */
  void send(int node, ByteBuffer packet);

  /** Now, in nanoseconds of a clock that never goes back. */
  long nanos();

  /** {@link Receiver#due} is called at that time; the last wish counts. */
  void wakeAt(long nanos);

  /** Names who gets what arrives; called once, before the CPU's loop starts. */
  void receiver(Receiver receiver);

  /** Told on the owner CPU's thread, within its {@link EventWait}. */
  interface Receiver {

    /** A packet came; the buffer is little-endian and valid during the call only. */
    void packet(int node, ByteBuffer packet);

    /** A node is there, which was not there before. */
    void reachable(int node);

    /** The host knows that a node is no more. */
    void gone(int node);

    /** It is time; see {@link Packets#wakeAt}. */
    void due();
  }
}
