package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Two CPUs enter a task each, and one of them takes one. */
@JCStressTest
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "Each is taken once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A task is lost, or taken twice.")
@State
public class ReadyQueueStress {

  private final ReadyQueue ready = new SharedReadyQueue();
  private final Task first = Stressed.task();
  private final Task second = Stressed.task();
  private int taken;

  @Actor
  public void one() {
    ready.push(first, true);
  }

  @Actor
  public void two() {
    ready.push(second, true);
    take();
  }

  @Arbiter
  public void rest(I_Result r) {
    take();
    take();
    r.r1 = taken + 10 * ready.size();
  }

  private void take() {
    taken += ready.poll() == null ? 0 : 1;
  }
}
