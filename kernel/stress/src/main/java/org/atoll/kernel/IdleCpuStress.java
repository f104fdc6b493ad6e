package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/**
 * A task becomes ready while the CPU that is to run it goes to sleep: it says so, looks once more,
 * and waits.
 */
@JCStressTest
@Outcome(id = "false, 0", expect = Expect.ACCEPTABLE, desc = "The CPU sees the task.")
@Outcome(id = "false, 1", expect = Expect.ACCEPTABLE, desc = "It sees the task, and is woken.")
@Outcome(id = "true, 1", expect = Expect.ACCEPTABLE, desc = "It waits, and is woken.")
@Outcome(id = "true, 0", expect = Expect.FORBIDDEN, desc = "It waits, and nobody wakes it.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It is woken twice.")
@State
public class IdleCpuStress {

  private final Scheduler scheduler = new Scheduler();
  private final Task task = Stressed.task();
  private final CountedWakeUps wait = new CountedWakeUps();

  /** The CPU has run all that there was. */
  public IdleCpuStress() {
    scheduler.cpus(wait);
  }

  @Actor
  public void cpu(ZI_Result r) {
    scheduler.idle().sleeps(0);
    r.r1 = !scheduler.anyReady();
  }

  @Actor
  public void sender() {
    scheduler.wake(null, task);
  }

  @Arbiter
  public void woken(ZI_Result r) {
    r.r2 = wait.wakeUps();
  }
}
