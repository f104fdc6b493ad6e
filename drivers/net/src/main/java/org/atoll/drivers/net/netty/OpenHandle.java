package org.atoll.drivers.net.netty;

/** What a handle of the network stands for. Owner: the loop's thread. */
sealed interface OpenHandle permits StreamHandle, ListenerHandle, DatagramHandle {

  /** Nobody has the handle any more. */
  void close(int how);
}
