package org.atoll.kernel;

import java.util.Objects;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A task is called while it ends: its caller is answered, by one side or the other. */
@JCStressTest
@Outcome(id = "3", expect = Expect.ACCEPTABLE, desc = "The call is answered.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The caller waits for ever.")
@State
public class DeadCalleeStress {

  private final Node node = Stressed.node(2);
  private final Task caller = started("caller");
  private final Task callee = started("callee");
  private final CallRecord call = Objects.requireNonNull(caller.calls.begin());

  /** The callee's token is held by who ends it. */
  public DeadCalleeStress() {
    callee.run.set(Task.RUNNING);
  }

  private Task started(String name) {
    return Stressed.start(node, name);
  }

  @Actor
  public void caller() {
    node.post.call(node.cpu(0), call, callee.endpoint);
  }

  @Actor
  public void other() {
    node.reaper.end(node.cpu(1), callee);
  }

  @Arbiter
  public void end(I_Result r) {
    r.r1 = call.phase();
  }
}
