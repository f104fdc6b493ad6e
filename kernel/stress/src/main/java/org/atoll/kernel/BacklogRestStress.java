package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Two CPUs want to rest at once while a server is ready. */
@JCStressTest
@Outcome(id = "false, false", expect = Expect.ACCEPTABLE, desc = "Both go on.")
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "The first one leaves it.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "The second one leaves it.")
@Outcome(id = "true, true", expect = Expect.FORBIDDEN, desc = "It is ready, and both sleep.")
@State
public class BacklogRestStress {

  private final AttentiveCpus cpus = new AttentiveCpus();

  @Actor
  public void first(ZZ_Result r) {
    r.r1 = cpus.sleeps(0);
  }

  @Actor
  public void second(ZZ_Result r) {
    r.r2 = cpus.sleeps(1);
  }
}
