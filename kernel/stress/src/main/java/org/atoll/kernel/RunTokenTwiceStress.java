package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Two CPUs bring events to an idle task, and one of them takes it to run. */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "It runs on one CPU.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It runs on two CPUs, or on none.")
@State
public class RunTokenTwiceStress {

  private final Scheduler scheduler = new Scheduler();
  private final Task task = Stressed.task();
  private int given;

  @Actor
  public void one() {
    scheduler.wake(null, task);
  }

  @Actor
  public void two() {
    scheduler.wake(null, task);
    take();
  }

  @Arbiter
  public void rest(I_Result r) {
    take();
    r.r1 = given;
  }

  private void take() {
    given += scheduler.take() == null ? 0 : 1;
  }
}
