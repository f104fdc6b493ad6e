package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/** A task reads a letter, while a CPU puts another one into the only place of its ring. */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "It reads the one that it has.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The letter changes while it is read.")
@State
public class MailboxReuseStress {

  private final Mailbox mailbox = new Mailbox(1);

  /** It has one letter. */
  public MailboxReuseStress() {
    MailboxSendersStress.put(mailbox, 1);
  }

  @Actor
  public void sender() {
    mailbox.tryPut(Letter.MESSAGE, 1, 0, null, MailboxSendersStress.message(2));
  }

  @Actor
  public void owner(J_Result r) {
    r.r1 = MailboxSendersStress.take(mailbox);
  }
}
