package org.atoll.bench.ipc;

import org.atoll.hypercall.Caller;
import org.atoll.hypercall.Hypercall;
import org.atoll.hypercall.Hypercalls;
import org.atoll.hypercall.linux.Libc;
import org.atoll.hypercall.linux.LinuxHost;

/** The gate to the host alone: a hypercall that does nothing, allowed or refused. */
final class HypercallSubject implements Subject {

  private final Hypercalls gate = new Hypercalls(new LinuxHost(new Libc(), 1));
  private final Caller caller;
  private final boolean allowed;
  private final int batch;

  private HypercallSubject(Caller caller, boolean allowed, int batch) {
    this.caller = caller;
    this.allowed = allowed;
    this.batch = batch;
  }

  static Subject allowed(int batch) {
    return new HypercallSubject(new Caller("caller", Hypercall.NULL.right()), true, batch);
  }

  static Subject refused(int batch) {
    return new HypercallSubject(new Caller("caller", 0), false, batch);
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public void run(double[] nanos) {
    for (int i = 0; i < nanos.length; i++) {
      long before = System.nanoTime();
      int passed = 0;
      for (int call = 0; call < batch; call++) {
        passed += gate.nothing(caller) == 0 ? 1 : 0;
      }
      nanos[i] = (double) (System.nanoTime() - before) / batch;
      if (passed != (allowed ? batch : 0)) {
        throw new IllegalStateException(passed + " of " + batch + " hypercalls were allowed");
      }
    }
  }

  @Override
  public Counters counters() {
    Counters used = Counters.ofThisThread();
    long counted = allowed ? gate.made(Hypercall.NULL) : gate.refused(Hypercall.NULL);
    return new Counters(used.allocated(), used.cpuNanos(), used.compiledMillis(), counted);
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
