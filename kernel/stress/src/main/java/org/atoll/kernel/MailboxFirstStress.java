package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A CPU puts a message of a task and then a request of it, before which nothing may wait, while
 * another CPU may have taken a slot of the ring and not filled it yet.
 */
@JCStressTest
@Outcome(
    id = {"91R", "19R", "1R9"},
    expect = Expect.ACCEPTABLE,
    desc = "All three, those of one sender in order.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A letter is lost, or the request overtakes.")
@State
public class MailboxFirstStress {

  private final Mailbox mailbox = new Mailbox(4);
  private final Task caller = Stressed.task();
  private final CallRecord call = new CallRecord(Stressed.FRAMES, new Staging(), caller);
  private final StringBuilder taken = new StringBuilder();

  @Actor
  public void other() {
    MailboxSendersStress.put(mailbox, 9);
  }

  @Actor
  public void cpu() {
    MailboxSendersStress.put(mailbox, 1);
    mailbox.putFirst(caller.endpoint, 1, call);
  }

  @Arbiter
  public void rest(L_Result r) {
    for (Letter next = mailbox.peek(); next != null; next = mailbox.peek()) {
      taken.append(next.kind == Letter.REQUEST ? "R" : next.message.w0);
      mailbox.done();
    }
    r.r1 = taken.toString();
  }
}
