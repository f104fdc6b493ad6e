package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A CPU puts a request that needs no ring, and has the ring not looked at from then on, while
 * another one puts a letter there.
 */
@JCStressTest
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "Both are taken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "One is lost.")
@State
public class MailboxAloneStress {

  private final Mailbox mailbox = new Mailbox(4);
  private final Task caller = Stressed.task();
  private final CallRecord call = new CallRecord(Stressed.FRAMES, new Staging(), caller);

  /** Of a mailbox whose ring was used before. */
  public MailboxAloneStress() {
    MailboxSendersStress.put(mailbox, 9);
    drain();
  }

  private int drain() {
    int letters = 0;
    for (Letter next = mailbox.peek(); next != null; next = mailbox.peek()) {
      letters++;
      mailbox.done();
    }
    return letters;
  }

  @Actor
  public void sender() {
    MailboxSendersStress.put(mailbox, 1);
  }

  @Actor
  public void cpu() {
    mailbox.putFirst(caller.endpoint, 1, call);
  }

  @Arbiter
  public void rest(I_Result r) {
    r.r1 = drain();
  }
}
