package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A task is notified twice by another CPU, while its own CPU notifies it too, and takes one. */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Each is told once.")
@Outcome(id = "2, 1", expect = Expect.ACCEPTABLE, desc = "The first was told in between.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A notification is lost or doubled.")
@State
public class NotifyBitsStress {

  private final NotifySet set = new NotifySet();
  private int fromOne;
  private int fromTwo;

  @Actor
  public void one() {
    set.add(1);
    set.add(1);
  }

  @Actor
  public void owner() {
    set.add(2);
    take();
  }

  @Arbiter
  public void rest(II_Result r) {
    take();
    take();
    take();
    r.r1 = fromOne;
    r.r2 = fromTwo;
  }

  private void take() {
    if (set.any()) {
      int source = set.take();
      fromOne += source == 1 ? 1 : 0;
      fromTwo += source == 2 ? 1 : 0;
    }
  }
}
