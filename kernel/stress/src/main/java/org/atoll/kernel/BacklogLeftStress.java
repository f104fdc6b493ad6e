package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** A CPU does something long while another one rests: who sees to the server that is ready? */
@JCStressTest
@Outcome(id = "false, 0", expect = Expect.ACCEPTABLE, desc = "The other one goes on.")
@Outcome(id = "false, 1", expect = Expect.ACCEPTABLE, desc = "It goes on, and is woken.")
@Outcome(id = "true, 1", expect = Expect.ACCEPTABLE, desc = "It sleeps, and is woken.")
@Outcome(id = "true, 0", expect = Expect.FORBIDDEN, desc = "It sleeps, and nobody wakes it.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It is woken twice.")
@State
public class BacklogLeftStress {

  private final AttentiveCpus cpus = new AttentiveCpus();

  @Actor
  public void first() {
    cpus.backlog(0).looksNoMore();
  }

  @Actor
  public void second(ZI_Result r) {
    r.r1 = cpus.sleeps(1);
  }

  @Arbiter
  public void woken(ZI_Result r) {
    r.r2 = cpus.wakeUps(1);
  }
}
