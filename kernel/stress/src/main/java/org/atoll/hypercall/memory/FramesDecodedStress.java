package org.atoll.hypercall.memory;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** Two engines hang decoded instructions at frames that lie side by side. */
@JCStressTest
@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "Both are there.")
@Outcome(
    expect = Expect.FORBIDDEN,
    desc = "One is lost: a write to its frame would not be noticed.")
@State
public class FramesDecodedStress {

  private static final DecodedCode CODE = new DecodedCode() {};

  private final Frames frames = new Frames(0, 2);

  @Actor
  public void one() {
    frames.decoded(0, CODE);
  }

  @Actor
  public void two() {
    frames.decoded(1, CODE);
  }

  @Arbiter
  public void end(Z_Result r) {
    r.r1 = frames.decoded(0) != null && frames.decoded(1) != null;
  }
}
