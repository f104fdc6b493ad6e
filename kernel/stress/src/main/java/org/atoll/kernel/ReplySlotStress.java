package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** A call is answered while its caller gives it up and makes the next one in the same record. */
@JCStressTest
@Outcome(id = "true, false, 3", expect = Expect.ACCEPTABLE, desc = "Answered in time.")
@Outcome(id = "false, true, 2", expect = Expect.ACCEPTABLE, desc = "Late; the next call waits.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A late answer landed in another call, or twice.")
@State
public class ReplySlotStress {

  private final CallRecord call = new CallRecord(Stressed.FRAMES, new Staging(), Stressed.task());

  /** The first call waits. */
  public ReplySlotStress() {
    call.begin(1);
    call.sent();
  }

  @Actor
  public void callee(ZZI_Result r) {
    r.r1 = call.leaveWaiting(1, CallRecord.ANSWERED);
  }

  @Actor
  public void caller(ZZI_Result r) {
    r.r2 = call.leaveWaiting(1, CallRecord.ABANDONED);
    if (r.r2) {
      call.begin(2);
      call.sent();
    }
  }

  @Arbiter
  public void phase(ZZI_Result r) {
    r.r3 = call.phase();
  }
}
