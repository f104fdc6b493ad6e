package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A CPU begins to be attentive while another one ends. */
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "The first one is, alone.")
@Outcome(expect = Expect.FORBIDDEN, desc = "One of the two signs is wrong.")
@State
public class AttentionStress {

  private final Attention attention = new Attention();

  /** The second CPU is attentive. */
  public AttentionStress() {
    attention.begins(1);
  }

  @Actor
  public void first() {
    attention.begins(0);
  }

  @Actor
  public void second() {
    attention.ends(1);
  }

  @Arbiter
  public void seen(ZZ_Result r) {
    r.r1 = attention.ofOthers(1);
    r.r2 = attention.ofOthers(0);
  }
}
