package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A CPU takes something away and has it given back later, while another, which has waited, is at
 * its loop's top and begins to use it.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "It was gone already.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "It was in use, and whole to the end.")
@Outcome(id = "1, 0", expect = Expect.FORBIDDEN, desc = "It was given back while in use.")
@State
public class QuiescencePassedStress {

  private final Quiescence quiescence = new Quiescence(2);
  private volatile boolean reachable = true;
  private volatile int whole = 1;

  /** CPU 1 is at work; CPU 0 waits. */
  public QuiescencePassedStress() {
    quiescence.passed(1);
  }

  @Actor
  public void user(II_Result r) {
    quiescence.passed(0);
    if (reachable) {
      r.r1 = 1;
      r.r2 = whole;
    }
  }

  @Actor
  public void remover() {
    reachable = false;
    quiescence.later(() -> whole = 0);
    quiescence.passed(1);
  }
}
