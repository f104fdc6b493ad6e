package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A CPU puts two letters of one sender into a ring of two slots and takes, while another CPU may
 * have taken a slot of the ring and not filled it yet: the order of the one sender stays.
 */
@JCStressTest
@Outcome(
    id = {"912", "192", "129"},
    expect = Expect.ACCEPTABLE,
    desc = "All three, those of one sender in order.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A letter is lost, doubled or overtaken.")
@State
public class MailboxClaimedStress {

  private final Mailbox mailbox = new Mailbox(2);
  private final StringBuilder taken = new StringBuilder();

  @Actor
  public void other() {
    MailboxSendersStress.put(mailbox, 9);
  }

  @Actor
  public void cpu() {
    MailboxSendersStress.put(mailbox, 1);
    MailboxSendersStress.put(mailbox, 2);
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
