package org.atoll.hypercall.sim;

/** Who is outside of a simulated VOS: hears what that one does, and answers when it wants to. */
public interface Outside {

  /** An outside where nothing happens by itself. */
  Outside STILL = new Outside() {};

  /** The VOS connects to somebody, who has not answered yet. */
  default void connects(SimulatedPeer peer) {}

  /** It sent bytes by a connection. */
  default void wrote(SimulatedPeer peer, byte[] bytes) {}

  /** No more bytes follow. */
  default void shut(SimulatedPeer peer) {}

  /** It took bytes, so that there is room for others. */
  default void took(SimulatedPeer peer) {}

  /** It has closed the connection. */
  default void left(SimulatedPeer peer) {}

  /** It sent a datagram, from a socket of its. */
  default void sent(SimulatedPeer socket, long[] to, byte[] datagram) {}
}
