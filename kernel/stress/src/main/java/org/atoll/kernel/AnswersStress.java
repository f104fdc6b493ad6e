package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two CPUs hand answers to a task; one of them is its own, and takes one. */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Each answer is taken once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An answer is lost or taken twice.")
@State
public class AnswersStress {

  private final Task task = Stressed.task();
  private final CallRecord first = answered(1);
  private final CallRecord second = answered(2);
  private int firstTaken;
  private int secondTaken;

  private static CallRecord answered(int sequence) {
    CallRecord call = new CallRecord(Stressed.FRAMES, new Staging(), Stressed.task());
    call.begin(sequence);
    call.after = Mailbox.NONE;
    return call;
  }

  @Actor
  public void one() {
    task.pushAnswer(first);
  }

  @Actor
  public void owner() {
    task.pushAnswer(second);
    take();
  }

  @Arbiter
  public void rest(II_Result r) {
    take();
    take();
    take();
    r.r1 = firstTaken;
    r.r2 = secondTaken;
  }

  private void take() {
    CallRecord taken = task.takeAnswer();
    firstTaken += taken == first ? 1 : 0;
    secondTaken += taken == second ? 1 : 0;
  }
}
