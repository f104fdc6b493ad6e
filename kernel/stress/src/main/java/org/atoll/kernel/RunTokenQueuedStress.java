package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A CPU takes a ready server from the queue, while another calls it and would run it next. */
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "It runs on its caller's time.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "It runs when its turn comes.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both run it, or nobody does.")
@State
public class RunTokenQueuedStress {

  /** Of all states: the CPU only asks. */
  private static final Node NODE = Stressed.nodeAtWork(1);

  private final Scheduler scheduler = new Scheduler();
  private final Task server = Stressed.task();

  /** It is ready. */
  public RunTokenQueuedStress() {
    scheduler.wake(null, server);
  }

  @Actor
  public void caller(ZZ_Result r) {
    r.r1 = scheduler.takes(NODE.cpu(0), server);
  }

  @Actor
  public void queue(ZZ_Result r) {
    r.r2 = scheduler.take() != null;
  }
}
