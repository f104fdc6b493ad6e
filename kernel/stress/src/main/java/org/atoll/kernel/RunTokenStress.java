package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A task is given an event while the CPU that holds its run token lets go of it. */
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "It is ready, once.")
@Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "The wake-up is lost.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Two CPUs may run it.")
@State
public class RunTokenStress {

  private final Scheduler scheduler = new Scheduler();
  private final Task task = Stressed.task();

  /** The holder has the token, and has dealt with everything. */
  public RunTokenStress() {
    task.run.set(Task.RUNNING);
  }

  @Actor
  public void sender() {
    MailboxSendersStress.put(task.mailbox, 1);
    scheduler.wake(null, task);
  }

  @Actor
  public void holder() {
    scheduler.release(null, task);
  }

  @Arbiter
  public void ready(II_Result r) {
    r.r1 = scheduler.take() == null ? 0 : 1;
    r.r2 = scheduler.take() == null ? 0 : 1;
  }
}
