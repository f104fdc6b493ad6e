package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/** Two CPUs put letters into a mailbox that is full. */
@JCStressTest
@Outcome(id = "106", expect = Expect.ACCEPTABLE, desc = "The old one, and both.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A letter is lost or doubled.")
@State
public class MailboxHeldStress {

  private final Mailbox mailbox = new Mailbox(1);

  /** It has one letter, and no room. */
  public MailboxHeldStress() {
    MailboxSendersStress.put(mailbox, 100);
  }

  @Actor
  public void one() {
    MailboxSendersStress.put(mailbox, 2);
  }

  @Actor
  public void two() {
    MailboxSendersStress.put(mailbox, 4);
  }

  @Arbiter
  public void rest(J_Result r) {
    for (int i = 0; i < 4; i++) {
      r.r1 += MailboxSendersStress.take(mailbox);
    }
  }
}
