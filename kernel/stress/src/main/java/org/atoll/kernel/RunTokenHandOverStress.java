package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Two CPUs have something for an idle task, and each would run it next. */
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "The first runs it.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "The second runs it.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both run it, or nobody does.")
@State
public class RunTokenHandOverStress {

  /** Of all states: the CPUs only ask. */
  private static final Node NODE = Stressed.nodeAtWork(2);

  private final Task task = Stressed.task();

  @Actor
  public void one(ZZ_Result r) {
    r.r1 = NODE.scheduler.takes(NODE.cpu(0), task);
  }

  @Actor
  public void two(ZZ_Result r) {
    r.r2 = NODE.scheduler.takes(NODE.cpu(1), task);
  }
}
