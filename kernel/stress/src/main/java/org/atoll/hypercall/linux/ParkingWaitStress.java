package org.atoll.hypercall.linux;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A CPU without a link is about to park, while another thread publishes something and wakes it. */
@JCStressTest
@Outcome(id = "false, false", expect = Expect.ACCEPTABLE, desc = "It sees what was published.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "It sees it, and is unparked.")
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "It parks, and is unparked.")
@Outcome(id = "true, false", expect = Expect.FORBIDDEN, desc = "It parks, and stays so.")
@State
public class ParkingWaitStress {

  private final ParkingWait wait = new ParkingWait();
  private volatile boolean published;

  @Actor
  public void cpu(ZZ_Result r) {
    r.r1 = wait.mayPark(() -> !published);
  }

  @Actor
  public void waker(ZZ_Result r) {
    published = true;
    r.r2 = wait.woken() != null;
  }
}
