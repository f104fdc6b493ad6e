package org.atoll.kernel;

import java.util.Objects;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A task is to be ended while it ends by itself: who wished it is answered by one side. */
@JCStressTest
@Outcome(id = "0, 2", expect = Expect.ACCEPTABLE, desc = "The kernel's task answers that it ended.")
@Outcome(id = "-3, 2", expect = Expect.ACCEPTABLE, desc = "It answers that there was no such task.")
@Outcome(
    id = "-2147483648, 3",
    expect = Expect.ACCEPTABLE,
    desc = "The CPU where it ended has answered.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both answer, or nobody does.")
@State
public class DoomedTaskStress {

  private final Node node = Stressed.node(2);
  private final Task caller = Stressed.start(node, "caller");
  private final Task doomed = Stressed.start(node, "doomed");
  private final CallRecord call = Objects.requireNonNull(caller.calls.begin());

  /** A CPU has the task's token, and the kernel's task the request to end it. */
  public DoomedTaskStress() {
    doomed.run.set(Task.RUNNING);
    call.callee(node.kernelEndpoint());
    call.sent();
    call.served = true;
  }

  @Actor
  public void kernel(II_Result r) {
    r.r1 = node.life.destroy(node.cpu(0), doomed.endpoint, call.token());
  }

  @Actor
  public void holder() {
    node.reaper.end(node.cpu(1), doomed);
  }

  @Arbiter
  public void end(II_Result r) {
    r.r2 = call.phase();
  }
}
