package org.atoll.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.atoll.hypercall.EventWait;
import org.atoll.hypercall.Host;

/** A host whose clock moves only when told, and whose waits end at once. */
final class StillHost implements Host {

  private static final int ASKED_MAX = 10;

  volatile long nanos;

  /** What CPU 0 does where it looks for arrivals. */
  volatile Runnable arrivals = () -> {};

  /** What CPU 0 was told each time that it asked whether it might wait. */
  final List<Boolean> mayWait = Collections.synchronizedList(new ArrayList<>());

  /** How often somebody ended a wait. */
  final AtomicInteger wakeUps = new AtomicInteger();

  @Override
  public long monotonicNanos() {
    return nanos;
  }

  @Override
  public long wallNanos() {
    return 1_000_000_000L + nanos;
  }

  @Override
  public void random(byte[] target, int offset, int bytes) {
    for (int i = 0; i < bytes; i++) {
      target[offset + i] = (byte) (i + 1);
    }
  }

  @Override
  public long reserveMemory(long bytes) {
    throw new UnsupportedOperationException("tests bring their own memory");
  }

  @Override
  public EventWait eventWait(int cpu) {
    return new EventWait() {
      @Override
      public void waitForEvent(BooleanSupplier mayBlock, long timeoutNanos) {
        poll();
        if (cpu == 0 && mayWait.size() < ASKED_MAX) {
          mayWait.add(mayBlock.getAsBoolean());
        }
        Thread.onSpinWait();
      }

      @Override
      public void poll() {
        if (cpu == 0) {
          arrivals.run();
        }
      }

      @Override
      public void wakeup() {
        wakeUps.incrementAndGet();
      }
    };
  }
}
