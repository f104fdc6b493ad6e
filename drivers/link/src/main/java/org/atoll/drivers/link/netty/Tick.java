package org.atoll.drivers.link.netty;

import org.atoll.hypercall.Timers;

/** Does something again and again, by a timer of the host of its own. */
final class Tick {

  private final HostTimer timer;
  private final long nanos;

  Tick(LinkLoop loop, Timers timers, long nanos, Runnable action) {
    this.nanos = nanos;
    timer =
        HostTimer.of(
            loop,
            timers,
            () -> {
              goOn();
              action.run();
            });
  }

  /** The next one is so much later. */
  void goOn() {
    timer.set(nanos);
  }
}
