package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two tasks leave their home at once. */
@JCStressTest
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "It is known where both are.")
@Outcome(expect = Expect.FORBIDDEN, desc = "One is looked for at home.")
@State
public class LocationsStress {

  private final Locations locations = new Locations();

  @Actor
  public void one() {
    locations.locate(1, 1);
  }

  @Actor
  public void two() {
    locations.locate(2, 2);
  }

  @Arbiter
  public void end(II_Result r) {
    r.r1 = locations.nodeOf(1);
    r.r2 = locations.nodeOf(2);
  }
}
