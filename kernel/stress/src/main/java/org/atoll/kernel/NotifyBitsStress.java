package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A task is notified twice by another CPU, while its own CPU notifies it too, and takes one. */
@JCStressTest
@Outcome(id = "2, 1, 0", expect = Expect.ACCEPTABLE, desc = "Each is told once.")
@Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "Each is told once.")
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "The first was told in between.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A notification is lost or doubled.")
@State
public class NotifyBitsStress {

  private final NotifySet set = new NotifySet();

  @Actor
  public void one() {
    set.add(1);
    set.add(1);
  }

  @Actor
  public void owner(III_Result r) {
    set.add(2);
    r.r1 = take();
  }

  @Arbiter
  public void rest(III_Result r) {
    for (int i = 0; i < 3; i++) {
      int source = take();
      r.r2 += source == 1 ? 1 : 0;
      r.r3 += source == 2 ? 1 : 0;
    }
  }

  private int take() {
    return set.any() ? set.take() : 0;
  }
}
