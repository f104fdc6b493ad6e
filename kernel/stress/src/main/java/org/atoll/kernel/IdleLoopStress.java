package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** The loop of a CPU without work goes to sleep, while another thread raises a task's channel. */
@JCStressTest
@Outcome(id = "false", expect = Expect.ACCEPTABLE, desc = "It sees the task, or is woken.")
@Outcome(
    id = "true",
    expect = Expect.FORBIDDEN,
    desc = "It waits, the task is ready, nobody wakes.")
@State
public class IdleLoopStress {

  private final LastWait wait = new LastWait(this::work);
  private final Node node = Stressed.node(NodeConfig.single(), null, wait);
  private final Task task = Stressed.start(node, "task");

  @Actor
  public void cpu(Z_Result r) {
    node.cpu(0).runUntil(wait::over);
    r.r1 = wait.lost();
  }

  private boolean work() {
    return node.scheduler.anyReady();
  }

  @Actor
  public void other() {
    node.channel(task.endpoint).raise();
    wait.published();
  }
}
