package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Two others have work for a CPU that sleeps: one of them wakes it. */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "It is woken once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It is woken twice, or not at all.")
@State
public class IdleCpuTwoWakersStress {

  private final CountedWakeUps wait = new CountedWakeUps();
  private final IdleCpus idle = new IdleCpus(wait);

  /** The CPU sleeps. */
  public IdleCpuTwoWakersStress() {
    idle.sleeps(0);
  }

  @Actor
  public void one() {
    idle.wakeOne(IdleCpus.NOBODY);
  }

  @Actor
  public void two() {
    idle.wake(0);
  }

  @Arbiter
  public void woken(I_Result r) {
    r.r1 = wait.wakeUps();
  }
}
