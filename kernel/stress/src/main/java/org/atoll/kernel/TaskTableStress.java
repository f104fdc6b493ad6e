package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** Two CPUs start a task each. */
public class TaskTableStress {

  /** They are entered into a part of the table that is not there yet. */
  @JCStressTest
  @Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "Both are there.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "One is lost.")
  @State
  public static class Put {
    private final TaskTable tasks = new TaskTable(0);
    private final Task first = Stressed.task(tasks.lease());
    private final Task second = Stressed.task(tasks.lease());

    @Actor
    public void one() {
      tasks.put(first);
    }

    @Actor
    public void two() {
      tasks.put(second);
    }

    @Arbiter
    public void end(Z_Result r) {
      r.r1 = tasks.find(first.endpoint) == first && tasks.find(second.endpoint) == second;
    }
  }

  /** They are given endpoints. */
  @JCStressTest
  @Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "Each has its own.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Both have the same.")
  @State
  public static class Lease {
    private final TaskTable tasks = new TaskTable(0);
    private int first;
    private int second;

    @Actor
    public void one() {
      first = tasks.lease();
    }

    @Actor
    public void two() {
      second = tasks.lease();
    }

    @Arbiter
    public void end(Z_Result r) {
      r.r1 = first != second;
    }
  }
}
