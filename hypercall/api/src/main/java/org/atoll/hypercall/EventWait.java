package org.atoll.hypercall;

import java.util.function.BooleanSupplier;

/**
 * Where one CPU waits when no task is ready, and polls for frames when one is. Owner: that CPU's
 * thread, except {@link #wakeup}.
 *
 * <p>A waker publishes its work first and calls {@link #wakeup} then; the wait asks {@code
 * mayBlock} after it has announced that it is about to block. So no wake-up is lost.
 */
public interface EventWait {

  /**
   * Handles what has arrived; when nothing had and {@code mayBlock} agrees, waits for at most
   * {@code timeoutNanos} (negative: for ever) or until {@link #wakeup}.
   */
  void waitForEvent(BooleanSupplier mayBlock, long timeoutNanos);

  /** Handles what has arrived, without waiting. */
  void poll();

  /** Ends the current or the next wait; callable from any thread. */
  void wakeup();
}
