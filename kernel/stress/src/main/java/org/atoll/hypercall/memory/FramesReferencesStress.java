package org.atoll.hypercall.memory;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A frame that two CPUs share is shared once more by each, and given back by each. */
@JCStressTest
@Outcome(id = "2, 1", expect = Expect.ACCEPTABLE, desc = "It is free when the last gives it back.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A reference is lost, or stays.")
@State
public class FramesReferencesStress {

  private final Frames frames = new Frames(0, 1);
  private final int frame = frames.allocate();

  /** Both CPUs have it. */
  public FramesReferencesStress() {
    frames.retain(frame);
  }

  @Actor
  public void one() {
    frames.retain(frame);
    frames.release(frame);
  }

  @Actor
  public void two() {
    frames.retain(frame);
    frames.release(frame);
  }

  @Arbiter
  public void end(II_Result r) {
    r.r1 = frames.references(frame);
    while (frames.references(frame) > 0) {
      frames.release(frame);
    }
    r.r2 = frames.freeFrames();
  }
}
