package org.atoll.kernel;

import org.atoll.abi.Limits;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A CPU takes a ready task, while another one moves a task within the queue. */
public class ReadyQueueMovesStress {

  /** Two tasks are ready; the first has a letter. */
  abstract static class Ready {
    final ReadyQueue ready = new SharedReadyQueue();
    final Task first = Stressed.task();
    final Task second = Stressed.task();
    private int taken;

    Ready() {
      MailboxSendersStress.put(first.mailbox, 1);
      ready.push(first, true);
      ready.push(second, true);
    }

    final void take() {
      taken += ready.poll() == null ? 0 : 1;
    }

    final void rest(I_Result r) {
      take();
      take();
      r.r1 = taken + 10 * ready.size();
    }
  }

  /** Others wait for a turn of it. */
  @JCStressTest
  @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "Each is taken once.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "A task is lost, or taken twice.")
  @State
  public static class Raised extends Ready {

    @Actor
    public void sender() {
      ready.raise(first);
    }

    @Actor
    public void cpu() {
      take();
    }

    @Arbiter
    public void end(I_Result r) {
      rest(r);
    }
  }

  /** Policy gives it another level. */
  @JCStressTest
  @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "Each is taken once.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "A task is lost, or taken twice.")
  @State
  public static class Scheduled extends Ready {

    @Actor
    public void policy() {
      ready.schedule(first, Limits.LEVEL_NORMAL, 1, 1, 0);
    }

    @Actor
    public void cpu() {
      take();
    }

    @Arbiter
    public void end(I_Result r) {
      rest(r);
    }
  }
}
