package org.atoll.hypercall.linux;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A CPU without a link is about to park, while another thread wakes it, with nothing to see. */
@JCStressTest
@Outcome(id = "false, false", expect = Expect.ACCEPTABLE, desc = "It sees the mark.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "It sees it, and is unparked.")
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "It parks, and is unparked.")
@Outcome(id = "true, false", expect = Expect.FORBIDDEN, desc = "It parks, and stays so.")
@State
public class ParkingWaitMarkStress {

  private final ParkingWait wait = new ParkingWait();

  @Actor
  public void cpu(ZZ_Result r) {
    r.r1 = wait.mayPark(() -> true);
  }

  @Actor
  public void waker(ZZ_Result r) {
    r.r2 = wait.woken() != null;
  }
}
