package org.atoll.hypercall;

/** Sees every hypercall once it is made or refused. Called on the CPU that made it. */
@FunctionalInterface
public interface HypercallWatcher {

  /**
   * A hypercall is over.
   *
   * @param argument what {@link Hypercall#argument} names
   * @param result what it answered; {@code -EPERM} when it was refused
   */
  void made(Caller by, Hypercall call, long argument, long result);
}
