package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/** A call is made, while somebody looks whether it waits, and at what it asks. */
@JCStressTest
@Outcome(id = "-1", expect = Expect.ACCEPTABLE, desc = "It is not made yet.")
@Outcome(id = "7", expect = Expect.ACCEPTABLE, desc = "It waits, and asks.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It waits, and does not say what it asks.")
@State
public class ReplySlotQuestionStress {

  private final CallRecord call = new CallRecord(Stressed.FRAMES, new Staging(), Stressed.task());

  /** The caller fills it. */
  public ReplySlotQuestionStress() {
    call.begin(1);
  }

  @Actor
  public void caller() {
    call.question.w0 = 7;
    call.sent();
  }

  @Actor
  public void other(J_Result r) {
    r.r1 = call.waiting(1) ? call.question.w0 : -1;
  }
}
