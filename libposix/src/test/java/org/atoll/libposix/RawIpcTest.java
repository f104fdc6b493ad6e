package org.atoll.libposix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.atoll.abi.AtollCall;
import org.atoll.abi.BlockingIpc;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.Protocols;
import org.junit.jupiter.api.Test;

/** IPC as programs have it. */
class RawIpcTest {

  private static final int ASK = Protocols.FIRST_OWN + 7;
  private static final int CALLER = 0x123;
  private static final long REQUEST = (long) CALLER << 32 | 5;
  private static final long MESSAGE = TestProcess.DATA;
  private static final long WORDS = MESSAGE + 8;
  private static final long BUFFER = TestProcess.DATA + 0x1000;
  private static final long FOREVER = -1;

  private final TestProcess p = TestProcess.running();

  RawIpcTest() {
    p.turn.replies.clear();
    p.turn.answered.clear();
  }

  private static Message ask(long w0, long w6) {
    Message m = new Message().set(ASK, w0, 0, 0, 0, 0, 0, w6);
    m.source = CALLER;
    return m;
  }

  private TestProcess receive(long timeout) {
    return p.call(AtollCall.RECEIVE, Endpoint.ANY, MESSAGE, timeout);
  }

  private TestProcess sendrec(int type) {
    p.words(MESSAGE, (long) type << 32, 11, 12, 13, 14, 15, 16, 17);
    p.text(BUFFER, "question");
    return p.call(AtollCall.SENDREC, CALLER, MESSAGE, BUFFER, 8, BUFFER + 64, 16);
  }

  // ---- being called

  @Test
  void aReceiveWaitsForARequest() {
    receive(FOREVER);
    assertFalse(p.program.runnable(), "waits");
    p.request(REQUEST, ask(3, 9)).returned(REQUEST);
    assertEquals((long) ASK << 32 | CALLER, p.word(MESSAGE));
    assertEquals(3, p.word(WORDS));
    assertEquals(9, p.word(WORDS + 48));
  }

  @Test
  void whatCameBeforeIsReceivedAtOnce() {
    p.request(REQUEST, ask(1, 0)).request(REQUEST + 1, ask(2, 0));
    receive(0).returned(REQUEST);
    receive(0).returned(REQUEST + 1);
    receive(0).returned(-Errno.ETIMEDOUT);
  }

  @Test
  void oneSourceIsWaitedForAlone() {
    p.request(REQUEST, ask(1, 0));
    p.call(AtollCall.RECEIVE, 99, MESSAGE, 0).returned(-Errno.ETIMEDOUT);
    p.call(AtollCall.RECEIVE, CALLER, MESSAGE, 0).returned(REQUEST);
  }

  @Test
  void aRequestIsAnsweredOnce() {
    p.request(REQUEST, ask(1, 0));
    p.call(AtollCall.REPLY, REQUEST, MESSAGE).returned(-Errno.ESRCH);
    receive(FOREVER).returned(REQUEST);
    p.words(WORDS, 42);
    p.call(AtollCall.REPLY, REQUEST, MESSAGE).returned(0);
    assertEquals(List.of(42L), p.turn.replies);
    assertEquals(List.of(REQUEST), p.turn.answered);
    p.call(AtollCall.REPLY, REQUEST, MESSAGE).returned(-Errno.ESRCH);
  }

  @Test
  void buffersAreCopiedAsFarAsTheyGo() {
    p.turn.request = TestProcess.bytes("abcdef");
    p.request(REQUEST, ask(1, 0));
    p.call(AtollCall.IN_BYTES, REQUEST).returned(-Errno.ESRCH);
    receive(FOREVER).returned(REQUEST);
    p.call(AtollCall.IN_BYTES, REQUEST).returned(6);
    p.call(AtollCall.OUT_BYTES, REQUEST).returned(16);
    p.call(AtollCall.COPY_IN, REQUEST, 2, BUFFER, 100).returned(4);
    assertArrayEquals(TestProcess.bytes("cdef"), p.machine.peek(BUFFER, 4));
    p.call(AtollCall.COPY_IN, REQUEST, 6, BUFFER, 100).returned(0);
    p.call(AtollCall.COPY_IN, REQUEST, 7, BUFFER, 100).returned(-Errno.EINVAL);
    p.call(AtollCall.COPY_IN, REQUEST, 0, 8, 4).returned(-Errno.EFAULT);
    p.call(AtollCall.COPY_OUT, REQUEST, 12, BUFFER, 100).returned(4);
    assertEquals('c', p.turn.out[12]);
  }

  @Test
  void aTimeoutEndsAReceive() {
    receive(1000);
    assertFalse(p.program.runnable(), "waits");
    p.nextAlarm().returned(-Errno.ETIMEDOUT);
  }

  @Test
  void notificationsComeFirstAndOnce() {
    p.request(REQUEST, ask(1, 0)).notified(77).notified(77);
    receive(FOREVER).returned(0);
    assertEquals((long) BlockingIpc.NOTIFICATION << 32 | 77, p.word(MESSAGE));
    receive(FOREVER).returned(REQUEST);
    receive(0).returned(-Errno.ETIMEDOUT);
  }

  @Test
  void messagesNeedNoAnswer() {
    p.message(ask(5, 0));
    receive(FOREVER).returned(0);
    assertEquals(5, p.word(WORDS));
  }

  @Test
  void aCallerThatGivesUpIsAnsweredAndTheProgramTold() {
    p.request(REQUEST, ask(1, 0)).request(REQUEST + 1, ask(2, 0));
    receive(FOREVER).returned(REQUEST);
    p.cancelled(REQUEST).cancelled(REQUEST + 1);
    assertEquals(List.of((long) -Errno.EINTR, (long) -Errno.ERESTARTCALL), p.turn.replies);
    receive(FOREVER).returned(0);
    assertEquals((long) BlockingIpc.CANCELLED << 32 | CALLER, p.word(MESSAGE));
    assertEquals(REQUEST, p.word(WORDS));
    p.call(AtollCall.REPLY, REQUEST, MESSAGE).returned(-Errno.ESRCH);
    p.cancelled(REQUEST);
    assertEquals(2, p.turn.replies.size(), "what is answered stays so");
  }

  @Test
  void moreRequestsThanThereIsRoomForAreRefused() {
    for (int i = 0; i < Inbox.LETTERS_MAX; i++) {
      p.request(REQUEST + i, ask(i, 0));
    }
    assertEquals(List.of(), p.turn.replies);
    p.request(REQUEST + Inbox.LETTERS_MAX, ask(0, 0));
    assertEquals(List.of((long) -Errno.EAGAIN), p.turn.replies);
  }

  @Test
  void anExecAnswersWhatTheOldProgramLeaves() {
    p.request(REQUEST, ask(1, 0)).request(REQUEST + 1, ask(2, 0));
    receive(FOREVER).returned(REQUEST);
    p.text(BUFFER, "/bin/test");
    p.call(SystemCalls.EXECVE, BUFFER, 0, 0).serveExec();
    assertEquals(List.of(REQUEST + 1, REQUEST), p.turn.answered);
    assertEquals(List.of((long) -Errno.EDEADSRCDST, (long) -Errno.EDEADSRCDST), p.turn.replies);
  }

  // ---- calling

  @Test
  void aCallBringsItsBuffersAndTakesTheAnswer() {
    sendrec(ASK);
    TestTurn.Sent sent = p.waiting();
    assertEquals(CALLER, sent.to);
    assertEquals(ASK, sent.m.type);
    assertEquals(17, sent.m.w6);
    assertArrayEquals(TestProcess.bytes("question"), sent.in);
    p.answerWith(TestProcess.bytes("answer"), -5, 21, 22, 23, 24, 25, 26).returned(0);
    assertEquals((long) ASK << 32 | CALLER, p.word(MESSAGE));
    assertEquals(-5, p.word(WORDS));
    assertEquals(26, p.word(WORDS + 48));
    assertArrayEquals(TestProcess.bytes("answer"), p.machine.peek(BUFFER + 64, 6));
  }

  @Test
  void theSystemsNumbersAreNotForPrograms() {
    sendrec(PmProtocol.Call.EXIT.number()).returned(-Errno.EPERM);
    sendrec(ASK | Message.ANSWER).returned(-Errno.EPERM);
    assertFalse(p.waits(), "nothing was sent");
  }

  @Test
  void whatCannotBeCalledIsSaid() {
    p.call(AtollCall.SENDREC, -1, MESSAGE, 0, 0, 0, 0).returned(-Errno.ESRCH);
    p.call(AtollCall.SENDREC, CALLER, 8, 0, 0, 0, 0).returned(-Errno.EFAULT);
    p.words(MESSAGE, (long) ASK << 32);
    p.call(AtollCall.SENDREC, CALLER, MESSAGE, BUFFER, 65537, 0, 0).returned(-Errno.EMSGSIZE);
    p.call(AtollCall.SENDREC, CALLER, MESSAGE, 0, 0, 8, 4).returned(-Errno.EFAULT);
    sendrec(ASK).answer(-Errno.EDEADSRCDST).returned(-Errno.ESRCH);
  }

  @Test
  void aSignalEndsACallThatMayHaveBeenServed() {
    sendrec(ASK);
    p.signal(Signals.SIGSTOP);
    assertTrue(p.waiting().cancelled, "the callee is told");
    p.answer(-Errno.EINTR);
    p.answer(0); // PM knows of the stop
    p.signal(Signals.SIGCONT);
    p.turn.sent.clear();
    p.returned(-Errno.EINTR);
  }

  @Test
  void aCallThatWasNotServedGoesOnAfterAStop() {
    sendrec(ASK);
    p.signal(Signals.SIGSTOP).answer(-Errno.ERESTARTCALL);
    p.answer(0);
    p.signal(Signals.SIGCONT);
    assertEquals(TestProcess.CODE, p.machine.pc(), "the call is made again");
  }

  @Test
  void aNotificationSaysWhetherSomebodyIsThere() {
    p.call(AtollCall.NOTIFY, TestTurn.SELF).returned(0);
    p.call(AtollCall.NOTIFY, 99).returned(-Errno.ESRCH);
    p.call(AtollCall.NOTIFY, Endpoint.HOST).returned(-Errno.ESRCH);
    assertEquals(List.of(TestTurn.SELF, 99), p.turn.notified);
  }
}
