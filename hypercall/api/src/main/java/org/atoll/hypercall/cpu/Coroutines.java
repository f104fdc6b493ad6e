package org.atoll.hypercall.cpu;

/** Makes coroutines: what carries their stacks. Any thread. */
@FunctionalInterface
public interface Coroutines {

  /**
   * A coroutine that has not begun.
   *
   * @param name for people
   * @param body throws nothing
   */
  Coroutine of(String name, Runnable body);
}
