package org.atoll.kernel;

import java.nio.ByteBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** A CPU leaves a frame for CPU 0, which has the transport and goes to sleep. */
@JCStressTest
@Outcome(id = "false, 0", expect = Expect.ACCEPTABLE, desc = "CPU 0 sees the frame.")
@Outcome(id = "false, 1", expect = Expect.ACCEPTABLE, desc = "It sees the frame, and is woken.")
@Outcome(id = "true, 1", expect = Expect.ACCEPTABLE, desc = "It waits, and is woken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It waits, and the frame stays where it is.")
@State
public class IdleLinkStress {

  private static final ByteBuffer FRAME = ByteBuffer.allocate(0);

  private final CountedWakeUps wait = new CountedWakeUps();
  private final IdleCpus idle = new IdleCpus(wait);
  private final LeftFrames left = new LeftFrames(() -> idle.wake(0));

  @Actor
  public void owner(ZI_Result r) {
    idle.sleeps(0);
    r.r1 = !left.any();
  }

  @Actor
  public void other() {
    left.leave(1, FRAME);
  }

  @Arbiter
  public void woken(ZI_Result r) {
    r.r2 = wait.wakeUps();
  }
}
