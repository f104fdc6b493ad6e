package org.atoll.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A CPU takes a ready task to run it, while another borrows its token to end it. */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "One after the other, or one alone.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both have its token at once.")
@State
public class RunTokenBorrowStress {

  private final Scheduler scheduler = new Scheduler();
  private final Task task = Stressed.task();
  private final AtomicInteger holders = new AtomicInteger();
  private final AtomicInteger overlaps = new AtomicInteger();

  /** It is ready. */
  public RunTokenBorrowStress() {
    scheduler.wake(null, task);
  }

  @Actor
  public void borrower() {
    hold(scheduler.borrow(task) ? task : null);
  }

  @Actor
  public void runner() {
    hold(scheduler.take());
  }

  private void hold(@Nullable Task held) {
    if (held != null) {
      overlaps.addAndGet(holders.getAndIncrement());
      holders.getAndDecrement();
      scheduler.release(null, held);
    }
  }

  @Arbiter
  public void end(I_Result r) {
    r.r1 = overlaps.get();
  }
}
