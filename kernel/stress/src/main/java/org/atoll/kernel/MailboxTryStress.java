package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A CPU puts letters into a ring of one slot, the last one only where there is room, while another
 * takes.
 */
@JCStressTest
@Outcome(id = "123", expect = Expect.ACCEPTABLE, desc = "All three, in order.")
@Outcome(id = "12", expect = Expect.ACCEPTABLE, desc = "There was no room for the last.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A letter is lost, doubled or overtaken.")
@State
public class MailboxTryStress {

  private final Mailbox mailbox = new Mailbox(1);
  private final StringBuilder taken = new StringBuilder();

  @Actor
  public void sender() {
    MailboxSendersStress.put(mailbox, 1);
    MailboxSendersStress.put(mailbox, 2);
    mailbox.tryPut(Letter.MESSAGE, 1, 0, null, MailboxSendersStress.message(3));
  }

  @Actor
  public void owner() {
    take();
  }

  @Arbiter
  public void rest(L_Result r) {
    for (int i = 0; i < 4; i++) {
      take();
    }
    r.r1 = taken.toString();
  }

  private void take() {
    long number = MailboxSendersStress.take(mailbox);
    if (number != 0) {
      taken.append(number);
    }
  }
}
