package org.atoll.bench.ipc;

import java.io.IOException;
import org.atoll.kernel.BoundCpu;
import org.atoll.kernel.Node;

/** A caller that is bound to CPU 0 of a node, and the server that it calls, bound to CPU 1. */
final class CrossCpuSubject implements Subject {

  private final Node node;
  private final Load load;
  private final BoundCpu caller;
  private final CallSubject calls;

  /**
   * Of tasks that have been started; CPU 1 runs already.
   *
   * @param caller the CPU of this thread, which is CPU 0
   * @param calls runs turns of other tasks, while no call is under way
   */
  CrossCpuSubject(Node node, Load load, BoundCpu caller, CallSubject calls) {
    this.node = node;
    this.load = load;
    this.caller = caller;
    this.calls = calls;
  }

  @Override
  public int batch() {
    return load.batch();
  }

  @Override
  public void run(double[] nanos) throws IOException {
    load.begin(nanos);
    caller.runUntil(load::done);
    if (node.halted()) {
      throw new IOException("the node has failed: see above");
    }
  }

  @Override
  public Counters counters() throws IOException {
    return calls.counters();
  }

  @Override
  public void close() {
    calls.close();
  }
}
