package org.atoll.hypercall;

import java.io.IOException;

/**
 * Timers of the host that are descriptors, so that an event loop waits for them among others, and
 * need not have the host set a timer for each of its waits.
 */
public interface Timers {

  /**
   * Makes a timer that is not set.
   *
   * @return its descriptor, which can be read from when the timer has gone off
   * @throws IOException when the host has none left
   */
  int create() throws IOException;

  /**
   * Has a timer go off once, and forgets what it was set to before, and that it has gone off.
   *
   * @param nanos from now on, by the clock of {@link System#nanoTime}; positive
   * @throws IOException when it is no timer
   */
  void set(int timer, long nanos) throws IOException;
}
