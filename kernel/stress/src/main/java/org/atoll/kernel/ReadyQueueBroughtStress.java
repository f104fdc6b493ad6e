package org.atoll.kernel;

import java.util.Arrays;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Another thread brings two tasks while the only CPU of a node takes some and enters its own. */
@JCStressTest
@Outcome(id = "3", expect = Expect.ACCEPTABLE, desc = "All three were taken, once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A task is lost, or taken twice.")
@State
public class ReadyQueueBroughtStress {

  private final ReadyQueue ready = new ReadyQueue();
  private final Task own = Stressed.task();
  private final Task[] brought = new Task[2];
  private int taken;

  /** Nobody is ready. */
  public ReadyQueueBroughtStress() {
    Arrays.setAll(brought, _ -> Stressed.task());
  }

  @Actor
  public void cpu() {
    for (int i = 0; i < brought.length; i++) {
      take();
    }
    ready.push(own, true);
    take();
  }

  @Actor
  public void other() {
    for (Task task : brought) {
      ready.bring(task);
    }
  }

  @Arbiter
  public void rest(I_Result r) {
    take();
    take();
    take();
    r.r1 = taken;
  }

  private void take() {
    taken += ready.poll() == null ? 0 : 1;
  }
}
