package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A task waits for room in a full mailbox, while its owner takes the last letter out of it. */
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "There was room.")
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "There was room; it is told, too.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "It waits, and is told.")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "It waits, and nobody tells it.")
@State
public class MailboxRoomStress {

  private final Mailbox mailbox = new Mailbox(1);
  private final Task task = Stressed.task();

  /** The mailbox is full, with a letter that none follows and that is no sixteenth one. */
  public MailboxRoomStress() {
    MailboxSendersStress.put(mailbox, 0);
    MailboxSendersStress.take(mailbox);
    MailboxSendersStress.put(mailbox, 1);
  }

  @Actor
  public void sender(ZZ_Result r) {
    mailbox.awaitRoom(task);
    r.r1 = mailbox.tryPut(Letter.MESSAGE, 1, 0, null, MailboxSendersStress.message(2));
  }

  @Actor
  public void owner(ZZ_Result r) {
    MailboxSendersStress.take(mailbox);
    r.r2 = mailbox.anyWaiting();
  }
}
