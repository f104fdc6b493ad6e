package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two CPUs go to sleep at once; both can be woken afterwards. */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Each is woken once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "One of them is not known to sleep.")
@State
public class IdleCpusBothSleepStress {

  private final CountedWakeUps first = new CountedWakeUps();
  private final CountedWakeUps second = new CountedWakeUps();
  private final IdleCpus idle = new IdleCpus(first, second);

  @Actor
  public void one() {
    idle.sleeps(0);
  }

  /** Has just been awake. */
  @Actor
  public void two() {
    idle.sleeps(1);
    idle.wakes(1);
    idle.sleeps(1);
  }

  @Arbiter
  public void woken(II_Result r) {
    idle.wakeOne(IdleCpus.NOBODY);
    idle.wakeOne(IdleCpus.NOBODY);
    r.r1 = first.wakeUps();
    r.r2 = second.wakeUps();
  }
}
