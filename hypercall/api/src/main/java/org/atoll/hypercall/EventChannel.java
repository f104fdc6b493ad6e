package org.atoll.hypercall;

/** How a driver's back tells its front that something happened; callable from any thread. */
@FunctionalInterface
public interface EventChannel {

  /** Notifies the front (source HOST): never lost, never doubled. */
  void raise();
}
