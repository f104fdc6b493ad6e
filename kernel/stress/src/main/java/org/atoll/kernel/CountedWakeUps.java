package org.atoll.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.atoll.hypercall.EventWait;

/** A CPU's wait that only counts how often somebody ended it. */
final class CountedWakeUps implements EventWait {

  private final AtomicInteger wakeUps = new AtomicInteger();

  int wakeUps() {
    return wakeUps.get();
  }

  @Override
  public void waitForEvent(BooleanSupplier mayBlock, long timeoutNanos) {}

  @Override
  public void poll() {}

  @Override
  public void wakeup() {
    wakeUps.incrementAndGet();
  }
}
