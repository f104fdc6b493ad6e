package org.atoll.kernel;

import java.nio.ByteBuffer;
import org.atoll.abi.Message;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A task leaves for another node while one more message is sent to it: all go there, in order. */
@JCStressTest
@Outcome(id = "123456", expect = Expect.ACCEPTABLE, desc = "All follow it, in order.")
@Outcome(expect = Expect.FORBIDDEN, desc = "One is lost, doubled, or overtakes another one.")
@State
public class MovedReceiverStress {

  private final KeptFrames frames = new KeptFrames();
  private final Node node =
      Stressed.node(NodeConfig.of(0, 2), frames, new CountedWakeUps(), new CountedWakeUps());
  private final Task receiver = Stressed.start(node, "receiver");
  private final Message message = new Message();

  /** Its token is held by who has it leave. */
  public MovedReceiverStress() {
    receiver.run.set(Task.RUNNING);
    for (int i = 1; i <= 5; i++) {
      send(i);
    }
  }

  private void send(int number) {
    message.set(7, number, 0, 0, 0, 0, 0, 0);
    node.post.send(node.cpu(0), node.kernelEndpoint(), receiver.endpoint, message);
  }

  @Actor
  public void sender() {
    send(6);
  }

  @Actor
  public void other() {
    node.reaper.leave(node.cpu(1), receiver, 1);
  }

  @Arbiter
  public void end(I_Result r) {
    node.flush(0);
    Frame frame = new Frame();
    for (ByteBuffer bytes : frames.sent) {
      frame.readHead(bytes);
      r.r1 = 10 * r.r1 + (int) frame.message.w0;
    }
  }
}
