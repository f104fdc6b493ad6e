package org.atoll.hypercall.linux;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.atoll.hypercall.EventWait;
import org.jspecify.annotations.Nullable;

/**
 * The wait of a CPU that has no link to poll: its thread parks. Owner: that CPU's thread, except
 * {@link #wakeup}.
 *
 * <p>The thread announces itself, asks whether it may block, looks for a wake-up and parks. A waker
 * leaves its mark before it looks for the announced thread: one of the two sees the other.
 */
final class ParkingWait implements EventWait {

  private volatile boolean woken;
  private volatile @Nullable Thread waiting;

  @Override
  public void waitForEvent(BooleanSupplier mayBlock, long timeoutNanos) {
    if (mayPark(mayBlock)) {
      park(timeoutNanos);
    }
    waiting = null;
    woken = false;
  }

  /** Announces this thread; whether nothing speaks against its parking now. */
  boolean mayPark(BooleanSupplier mayBlock) {
    waiting = Thread.currentThread();
    return mayBlock.getAsBoolean() && !woken;
  }

  private void park(long timeoutNanos) {
    if (timeoutNanos < 0) {
      LockSupport.park(this);
    } else {
      LockSupport.parkNanos(this, timeoutNanos);
    }
  }

  @Override
  public void poll() {
    // Nothing arrives here: whoever wakes has published in the kernel's own queues.
  }

  @Override
  public void wakeup() {
    Thread thread = woken();
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }

  /** Leaves the mark of a wake-up; the thread that is to be unparked, or null. */
  @Nullable Thread woken() {
    woken = true;
    return waiting;
  }
}
