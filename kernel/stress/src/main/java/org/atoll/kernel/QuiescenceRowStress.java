package org.atoll.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/** Two CPUs put something off, and do what may be done of what was put off before. */
@JCStressTest
@Outcome(id = "1, 1, 1, 1", expect = Expect.ACCEPTABLE, desc = "Each is done once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Something is done twice, or not when it is due.")
@State
public class QuiescenceRowStress {

  private final Quiescence quiescence = new Quiescence(2);
  private final AtomicInteger before = new AtomicInteger();
  private final AtomicInteger one = new AtomicInteger();
  private final AtomicInteger two = new AtomicInteger();
  private final AtomicInteger after = new AtomicInteger();

  /** Both CPUs are at work, and one action waits for both. */
  public QuiescenceRowStress() {
    quiescence.passed(0);
    quiescence.passed(1);
    quiescence.later(before::incrementAndGet);
  }

  @Actor
  public void one() {
    quiescence.passed(0);
    quiescence.later(one::incrementAndGet);
  }

  @Actor
  public void two() {
    quiescence.passed(1);
    quiescence.later(two::incrementAndGet);
  }

  @Arbiter
  public void rest(IIII_Result r) {
    quiescence.later(after::incrementAndGet);
    quiescence.passed(0);
    quiescence.passed(1);
    r.r1 = before.get();
    r.r2 = one.get();
    r.r3 = two.get();
    r.r4 = after.get();
  }
}
