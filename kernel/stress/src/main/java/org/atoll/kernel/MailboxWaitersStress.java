package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A task waits for room in a mailbox, while another that does is told. */
@JCStressTest
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "Each is told once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "One is forgotten, or told twice.")
@State
public class MailboxWaitersStress {

  private final Mailbox mailbox = new Mailbox(1);
  private final Task first = Stressed.task();
  private final Task second = Stressed.task();
  private int told;

  /** One waits already. */
  public MailboxWaitersStress() {
    mailbox.awaitRoom(first);
  }

  @Actor
  public void sender() {
    mailbox.awaitRoom(second);
  }

  @Actor
  public void owner() {
    tell();
  }

  @Arbiter
  public void end(I_Result r) {
    tell();
    r.r1 = told;
  }

  private void tell() {
    if (mailbox.anyWaiting()) {
      told += mailbox.takeWaiting().size();
    }
  }
}
