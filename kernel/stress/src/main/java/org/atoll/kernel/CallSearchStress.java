package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/**
 * A record that last was a call of a task that now dies is used for a call of another one, while
 * the calls of the first are looked for to fail them.
 */
@JCStressTest
@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "The call of the other waits.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It is failed for one that it did not call.")
@State
public class CallSearchStress {

  private static final int DYING = 7;
  private static final int OTHER = 8;

  private final CallRecord call = called();

  private static CallRecord called() {
    CallRecord call = new CallRecord(Stressed.FRAMES, new Staging(), Stressed.task());
    call.begin(1);
    call.callee(DYING);
    call.free();
    return call;
  }

  @Actor
  public void caller(Z_Result r) {
    call.begin(2);
    call.callee(OTHER);
    call.sent();
  }

  @Actor
  public void reaper(Z_Result r) {
    r.r1 = call.waitsFor(DYING) == 0;
  }
}
