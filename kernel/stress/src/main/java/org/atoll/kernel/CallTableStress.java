package org.atoll.kernel;

import java.util.Objects;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** A callee looks for the call that it answers, while its caller makes more of them. */
@JCStressTest
@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "It is found.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The answer would land nowhere.")
@State
public class CallTableStress {

  private static final int MORE = 8;

  /** Calls that are over: the number of the one behind them says where it is in a larger table. */
  private static final int OVER = 4;

  private final CallTable calls = Stressed.task().calls;
  private final int sequence;

  /** One call is under way, in a table that has never grown. */
  public CallTableStress() {
    for (int i = 0; i < OVER; i++) {
      calls.free(Objects.requireNonNull(calls.begin()));
    }
    sequence = begin();
  }

  private int begin() {
    return Objects.requireNonNull(calls.begin()).sequence();
  }

  @Actor
  public void caller() {
    for (int i = 0; i < MORE; i++) {
      begin();
    }
  }

  @Actor
  public void callee(Z_Result r) {
    r.r1 = calls.find(sequence) != null;
  }
}
