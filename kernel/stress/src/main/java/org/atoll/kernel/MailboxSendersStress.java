package org.atoll.kernel;

import org.atoll.abi.Message;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;

/** Two CPUs put the first letters into a mailbox, which makes its ring meanwhile. */
@JCStressTest
@Outcome(id = "1, 2, 0", expect = Expect.ACCEPTABLE, desc = "Both, in one order.")
@Outcome(id = "2, 1, 0", expect = Expect.ACCEPTABLE, desc = "Both, in the other.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A letter is lost or doubled.")
@State
public class MailboxSendersStress {

  private final Mailbox mailbox = new Mailbox(4);

  @Actor
  public void one() {
    put(mailbox, 1);
  }

  @Actor
  public void two() {
    put(mailbox, 2);
  }

  @Arbiter
  public void all(JJJ_Result r) {
    r.r1 = take(mailbox);
    r.r2 = take(mailbox);
    r.r3 = take(mailbox);
  }

  static void put(Mailbox mailbox, long number) {
    mailbox.put(Letter.MESSAGE, 1, 0, null, message(number));
  }

  static Message message(long number) {
    return new Message().set(7, number, 0, 0, 0, 0, 0, 0);
  }

  /** The number in the next letter, 0 when there is none. */
  static long take(Mailbox mailbox) {
    Letter letter = mailbox.peek();
    if (letter == null) {
      return 0;
    }
    long number = letter.message.w0;
    mailbox.done();
    return number;
  }
}
