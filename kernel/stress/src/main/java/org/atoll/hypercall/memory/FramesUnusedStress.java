package org.atoll.hypercall.memory;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** Two CPUs take frames that were never used. */
@JCStressTest
@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "Each has its own.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both have the same.")
@State
public class FramesUnusedStress {

  private final Frames frames = new Frames(0, 2);
  private int first;
  private int second;

  @Actor
  public void one() {
    first = frames.allocate();
  }

  @Actor
  public void two() {
    second = frames.allocate();
  }

  @Arbiter
  public void end(Z_Result r) {
    r.r1 = first != second && frames.freeFrames() == 0;
  }
}
