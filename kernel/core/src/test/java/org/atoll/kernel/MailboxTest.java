package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Letters are taken in the order in which they came, wherever they lie. */
final class MailboxTest {

  private static final int SLOTS = 2;

  private final TestNode test = new TestNode();
  private final Task caller = test.node.tasks.find(test.server("caller", new TestTask()));
  private final Mailbox mailbox = new Mailbox(SLOTS);

  @AfterEach
  void close() {
    test.close();
  }

  private void message(long number) {
    Message m = new Message().set(7, number, 0, 0, 0, 0, 0, 0);
    mailbox.put(Letter.MESSAGE, caller.endpoint, 0, null, m);
  }

  private void request() {
    CallRecord call = caller.calls.begin();
    mailbox.putFirst(caller.endpoint, call.token(), call);
  }

  /** What is there: a message by its number, a request as 0. */
  private List<Long> all() {
    List<Long> taken = new ArrayList<>();
    for (Letter next = mailbox.peek(); next != null; next = mailbox.peek()) {
      taken.add(next.kind == Letter.REQUEST ? 0 : next.message.w0);
      mailbox.done();
    }
    return taken;
  }

  @Test
  void aRequestThatNothingWaitsBeforeIsTakenBeforeWhatComesLater() {
    request();
    message(1);
    assertEquals(2, mailbox.depth());
    assertEquals(List.of(0L, 1L), all());
  }

  @Test
  void aRequestOvertakesNothing() {
    message(1);
    request();
    assertEquals(List.of(1L, 0L), all());
  }

  @Test
  void aRequestOvertakesNoLettersThatAreHeldBack() {
    for (long number = 1; number <= SLOTS + 2; number++) {
      message(number);
    }
    request();
    assertEquals(List.of(1L, 2L, 3L, 4L, 0L), all());
  }

  @Test
  void aMailboxIsEmptyWhenARequestHasBeenTaken() {
    request();
    assertEquals(List.of(0L), all());
    assertFalse(mailbox.any());
    assertEquals(0, mailbox.depth());
  }

  /** The ring is not looked at any more then, until somebody puts a letter there. */
  @Test
  void aLetterIsSeenThatComesAfterARequestWithoutARing() {
    message(1);
    assertEquals(List.of(1L), all());
    request();
    message(2);
    assertTrue(mailbox.anyBehind());
    assertEquals(1, mailbox.newest());
    assertEquals(List.of(0L, 2L), all());
    assertFalse(mailbox.any());
  }

  @Test
  void ofTwoRequestsTheSecondWaits() {
    request();
    message(1);
    request();
    assertEquals(3, mailbox.depth());
    assertEquals(List.of(0L, 1L, 0L), all());
  }
}
