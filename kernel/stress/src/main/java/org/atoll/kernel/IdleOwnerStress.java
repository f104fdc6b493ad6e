package org.atoll.kernel;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Message;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** The loop of CPU 0 goes to sleep, while another CPU has a message for another node. */
@JCStressTest
@Outcome(id = "false", expect = Expect.ACCEPTABLE, desc = "It sees the frame, or is woken.")
@Outcome(
    id = "true",
    expect = Expect.FORBIDDEN,
    desc = "It waits, the frame stays where it is, nobody wakes.")
@State
public class IdleOwnerStress {

  private final LastWait wait = new LastWait(this::work);
  private final Node node =
      Stressed.node(NodeConfig.of(0, 2), new KeptFrames(), wait, new CountedWakeUps());

  @Actor
  public void owner(Z_Result r) {
    node.cpu(0).runUntil(wait::over);
    r.r1 = wait.lost();
  }

  private boolean work() {
    return node.link().work();
  }

  @Actor
  public void other() {
    node.link().message(node.cpu(1), node.kernelEndpoint(), Endpoint.kernelOf(1), new Message());
    wait.published();
  }
}
