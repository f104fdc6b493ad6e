package org.atoll.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.atoll.hypercall.EventWait;

/**
 * The one wait of a CPU's loop. Where the CPU may block it stays until the other side has done what
 * it does, as it would be asleep meanwhile.
 */
final class LastWait implements EventWait {

  private final AtomicInteger wakeUps = new AtomicInteger();
  private volatile boolean published;
  private final BooleanSupplier work;
  private boolean over;
  private boolean lost;

  /**
   * Before the wait.
   *
   * @param work whether there is some that nobody has done
   */
  LastWait(BooleanSupplier work) {
    this.work = work;
  }

  /** The other side has published, and woken whom it saw. */
  void published() {
    published = true;
  }

  /** Whether the CPU has waited. */
  boolean over() {
    return over;
  }

  /** Whether it waited to the end without being woken, while there was work. */
  boolean lost() {
    return lost;
  }

  @Override
  public void waitForEvent(BooleanSupplier mayBlock, long timeoutNanos) {
    boolean blocks = mayBlock.getAsBoolean();
    while (blocks && !published) {
      Thread.onSpinWait();
    }
    lost = blocks && wakeUps.get() == 0 && work.getAsBoolean();
    over = true;
  }

  @Override
  public void poll() {
    // Nothing arrives here.
  }

  @Override
  public void wakeup() {
    wakeUps.incrementAndGet();
  }
}
