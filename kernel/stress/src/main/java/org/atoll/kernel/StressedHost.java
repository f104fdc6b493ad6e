package org.atoll.kernel;

import org.atoll.hypercall.EventWait;
import org.atoll.hypercall.Host;

/** A host where no time passes; its CPUs wait as the test says. */
final class StressedHost implements Host {

  private final EventWait[] waits;

  StressedHost(EventWait... waits) {
    this.waits = waits;
  }

  @Override
  public long monotonicNanos() {
    return 0;
  }

  @Override
  public long wallNanos() {
    return 0;
  }

  @Override
  public void random(byte[] target, int offset, int bytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long reserveMemory(long bytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public EventWait eventWait(int cpu) {
    return waits[cpu];
  }
}
