package org.atoll.drivers.net.netty;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.atoll.drivers.link.netty.LinkLoop;
import org.atoll.hypercall.EventWait;
import org.atoll.hypercall.Timers;

/**
 * The wait of the CPU of a node that has a network and no link. Owner: the thread that makes it,
 * except {@link #wakeup}.
 */
public final class LoopWait implements EventWait, AutoCloseable {

  private final LinkLoop loop;

  /** A wait of this thread. */
  public LoopWait(Timers timers) {
    loop = new LinkLoop(timers);
    loop.setOwningThread(Thread.currentThread());
  }

  /** What the network's events come by. */
  public LinkLoop loop() {
    return loop;
  }

  @Override
  public void waitForEvent(BooleanSupplier mayBlock, long timeoutNanos) {
    loop.await(mayBlock, timeoutNanos);
  }

  @Override
  public void poll() {
    loop.runNow();
  }

  @Override
  public void wakeup() {
    loop.wake();
  }

  @Override
  public void close() {
    var _ = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    while (!loop.isTerminated()) {
      loop.runNow();
    }
  }
}
