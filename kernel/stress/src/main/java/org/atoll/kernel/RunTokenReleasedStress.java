package org.atoll.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A task is given an event and taken at once to run, while the CPU that held its token lets go of
 * it.
 */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "It runs on one CPU.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It runs on two CPUs, or on none.")
@State
public class RunTokenReleasedStress {

  private final Scheduler scheduler = new Scheduler();
  private final Task task = Stressed.task();
  private final AtomicInteger given = new AtomicInteger();

  /** The holder has the token, and has dealt with everything. */
  public RunTokenReleasedStress() {
    task.run.set(Task.RUNNING);
  }

  @Actor
  public void sender() {
    MailboxSendersStress.put(task.mailbox, 1);
    scheduler.wake(null, task);
    take();
  }

  @Actor
  public void holder() {
    scheduler.release(null, task);
  }

  @Arbiter
  public void end(I_Result r) {
    take();
    r.r1 = given.get();
  }

  private void take() {
    if (scheduler.take() != null) {
      given.incrementAndGet();
    }
  }
}
