package org.atoll.servers.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.atoll.abi.Errno;
import org.atoll.abi.protocol.VfsProtocol.Call;
import org.junit.jupiter.api.Test;

/** How connections come about and end; the network server is replaced before every turn. */
final class SocketLivesTest {

  private static final int IN = 0x1;
  private static final int OUT = 0x4;
  private static final int ERROR = 0x8;
  private static final int HUNG_UP = 0x10;
  private static final int PEER_SHUT = 0x2000;
  private static final int PORT = 7000;
  private static final int PEEK = 0x2;
  private static final int LINGER = 13;

  private final TestVos vos = new TestVos().withNet();
  private final TestVos.Guest guest = vos.init();
  private final TestSockets s = new TestSockets(vos, guest);

  // ---- to open

  @Test
  void aConnectionIsThereBeforeItIsAccepted() {
    long listener = s.listener(PORT, 5);
    long client = s.socket(TestSockets.INET, TestSockets.STREAM);
    assertEquals(0, s.connect(client, TestSockets.at(PORT)).word(0));
    assertEquals(3, s.send(client, "abc"));
    assertEquals(IN, s.ready(listener));
    long server = s.accept(listener).word(0);
    assertEquals("abc", s.receive(server));
    assertEquals(PORT, s.port(server));
  }

  @Test
  void aFullTcpListenerLetsTheNextInWhenItAccepts() {
    long listener = s.listener(PORT, 0);
    long first = s.socket(TestSockets.INET, TestSockets.STREAM);
    long second = s.socket(TestSockets.INET, TestSockets.STREAM);
    assertEquals(0, s.connect(first, TestSockets.at(PORT)).word(0));
    TestMachine.Asked waits = s.connect(second, TestSockets.at(PORT));
    assertNull(waits.answer);
    s.accept(listener);
    assertEquals(0, waits.word(0));
    assertTrue(s.accept(listener).word(0) > 0);
  }

  @Test
  void whoDoesNotWaitForAFullTcpListenerIsInProgressUntilItAccepts() {
    long listener = s.listener(PORT, 0);
    s.connect(s.socket(TestSockets.INET, TestSockets.STREAM), TestSockets.at(PORT));
    long second = s.socket(TestSockets.INET, TestSockets.STREAM | TestSockets.NONBLOCK);
    assertEquals(-Errno.EINPROGRESS, s.connect(second, TestSockets.at(PORT)).word(0));
    assertEquals(-Errno.EALREADY, s.connect(second, TestSockets.at(PORT)).word(0));
    assertEquals(0, s.ready(second));
    assertEquals(-Errno.EAGAIN, s.send(second, "x"));
    assertEquals("E" + Errno.EAGAIN, s.receive(second));
    s.accept(listener);
    assertEquals(OUT, s.ready(second));
    assertEquals(0, s.get(second, 1, TestSockets.SO_ERROR));
    assertEquals(0, s.connect(second, TestSockets.at(PORT)).word(0));
    assertEquals(-Errno.EISCONN, s.connect(second, TestSockets.at(PORT)).word(0));
  }

  @Test
  void aListenerThatClosesRefusesThoseWhoStillAsk() {
    long listener = s.listener(PORT, 0);
    long first = s.socket(TestSockets.INET, TestSockets.STREAM);
    s.connect(first, TestSockets.at(PORT));
    long second = s.socket(TestSockets.INET, TestSockets.STREAM);
    TestMachine.Asked waits = s.connect(second, TestSockets.at(PORT));
    s.close(listener);
    assertEquals(-Errno.ECONNREFUSED, waits.word(0));
    assertEquals("E" + Errno.ECONNRESET, s.receive(first));
  }

  @Test
  void whoIsLetInIsToldThoughAnotherWaitedAtTheListenerBefore() {
    long listener = s.listener(PORT, 0);
    s.connect(s.socket(TestSockets.INET, TestSockets.STREAM), TestSockets.at(PORT));
    long first = s.socket(TestSockets.INET, TestSockets.STREAM);
    TestMachine.Asked interrupted = s.connect(first, TestSockets.at(PORT));
    long second = s.socket(TestSockets.INET, TestSockets.STREAM);
    TestMachine.Asked other = s.connect(second, TestSockets.at(PORT));
    vos.machine.cancel(interrupted);
    vos.machine.run();
    assertEquals(-Errno.EINTR, interrupted.word(0));
    TestMachine.Asked again = s.connect(first, TestSockets.at(PORT));
    s.accept(listener);
    assertEquals(0, again.word(0));
    assertNull(other.answer);
  }

  @Test
  void whoAsksAndClosesIsNotLetIn() {
    long listener = s.listener(PORT, 0);
    s.connect(s.socket(TestSockets.INET, TestSockets.STREAM), TestSockets.at(PORT));
    long second = s.socket(TestSockets.INET, TestSockets.STREAM | TestSockets.NONBLOCK);
    s.connect(second, TestSockets.at(PORT));
    s.close(second);
    s.accept(listener);
    assertNull(s.accept(listener).answer);
  }

  @Test
  void aConnectThatIsRefusedIsToldOnceByTheError() {
    long fd = s.socket(TestSockets.INET, TestSockets.STREAM | TestSockets.NONBLOCK);
    assertEquals(-Errno.EINPROGRESS, s.connect(fd, TestSockets.at(PORT)).word(0));
    assertEquals(IN | OUT | ERROR | HUNG_UP | PEER_SHUT, s.ready(fd));
    assertEquals(Errno.ECONNREFUSED, s.get(fd, 1, TestSockets.SO_ERROR));
    assertEquals(0, s.get(fd, 1, TestSockets.SO_ERROR));
  }

  @Test
  void aFullUnixListenerSaysAgainToWhoDoesNotWait() {
    long listener = s.socket(TestSockets.UNIX, TestSockets.STREAM);
    s.bind(listener, TestSockets.named("full"));
    s.listen(listener, 0);
    int kind = TestSockets.STREAM | TestSockets.NONBLOCK;
    byte[] at = TestSockets.named("full");
    assertEquals(0, s.connect(s.socket(TestSockets.UNIX, kind), at).word(0));
    assertEquals(-Errno.EAGAIN, s.connect(s.socket(TestSockets.UNIX, kind), at).word(0));
    s.accept(listener);
    assertEquals(0, s.connect(s.socket(TestSockets.UNIX, kind), at).word(0));
  }

  // ---- to end

  @Test
  void oneHalfOfAConnectionIsClosedAndTheOtherGoesOn() {
    long[] both = s.tcp(PORT);
    s.shutdown(both[0], 1);
    assertEquals("", s.receive(both[1]));
    assertEquals(IN | OUT | PEER_SHUT, s.ready(both[1]));
    assertEquals(2, s.send(both[1], "on"));
    assertEquals("on", s.receive(both[0]));
    assertEquals(-Errno.EPIPE, s.send(both[0], "x"));
  }

  @Test
  void whoClosesWithUnreadBytesResets() {
    long[] both = s.tcp(PORT);
    s.send(both[0], "unread");
    s.close(both[1]);
    assertEquals("E" + Errno.ECONNRESET, s.receive(both[0]));
    assertEquals("", s.receive(both[0]));
    assertEquals(-Errno.EPIPE, s.send(both[0], "x"));
  }

  @Test
  void whoLingersForNoTimeResets() {
    long[] both = s.tcp(PORT);
    assertEquals(0, s.set(both[1], 1, LINGER, 1, 0));
    s.close(both[1]);
    assertEquals("E" + Errno.ECONNRESET, s.receive(both[0]));
  }

  @Test
  void theFirstWriteToAClosedTcpPeerGoesAndTheSecondBreaks() {
    long[] both = s.tcp(PORT);
    s.close(both[1]);
    assertEquals(1, s.send(both[0], "x"));
    TestMachine.Asked second = s.beginSend(both[0], new byte[1], 0);
    assertEquals(-Errno.EPIPE, second.word(0));
    assertEquals(Signal.PIPE, second.word(1));
  }

  @Test
  void aBrokenStreamRaisesSigpipeAndAMessageSocketDoesNot() {
    for (int type : new int[] {TestSockets.STREAM, TestSockets.SEQPACKET, TestSockets.DATAGRAM}) {
      long signal = type == TestSockets.STREAM ? Signal.PIPE : 0;
      long[] both = s.pair(type);
      s.shutdown(both[1], 0);
      TestMachine.Asked sent = s.beginSend(both[0], new byte[1], 0);
      assertEquals(-Errno.EPIPE, sent.word(0));
      assertEquals(signal, sent.word(1));
      TestMachine.Asked written = guest.beginWrite(both[0], new byte[1]);
      assertEquals(-Errno.EPIPE, written.word(0));
      assertEquals(1, written.word(1));
      assertEquals(signal, written.word(2));
    }
  }

  @Test
  void aWaitingReaderIsToldOfTheEnd() {
    long[] both = s.tcp(PORT);
    TestMachine.Asked waits = s.beginReceive(both[0], 10, 0);
    s.close(both[1]);
    assertEquals("", s.text(waits));
  }

  @Test
  void aWaitingWriterIsToldThatNobodyReads() {
    long[] both = s.pair(TestSockets.STREAM);
    TestMachine.Asked waits = null;
    for (int i = 0; i < 8 && (waits == null || waits.answer != null); i++) {
      waits = s.beginSend(both[0], new byte[65_536], 0);
    }
    assertNotNull(waits);
    assertNull(waits.answer);
    s.close(both[1]);
    assertTrue(waits.word(0) >= 0 || waits.word(0) == -Errno.EPIPE);
  }

  // ---- flags

  @Test
  void aPeekLeavesWhatItSees() {
    long[] both = s.pair(TestSockets.STREAM);
    s.send(both[0], "abc");
    assertEquals("ab", s.receive(both[1], 2, PEEK));
    assertEquals("abc", s.receive(both[1]));
  }

  @Test
  void whoWaitsForAllGetsAllOrTheEnd() {
    long[] both = s.pair(TestSockets.STREAM);
    TestMachine.Asked all = s.beginReceive(both[1], 4, 0x100);
    s.send(both[0], "ab");
    assertNull(all.answer);
    s.send(both[0], "cdef");
    assertEquals("abcd", s.text(all));
    TestMachine.Asked more = s.beginReceive(both[1], 4, 0x100);
    s.close(both[0]);
    assertEquals("ef", s.text(more));
  }

  @Test
  void aMessageThatIsCutIsGoneAndItsSizeIsTold() {
    long[] both = s.pair(TestSockets.DATAGRAM);
    s.send(both[0], "abcdef");
    TestMachine.Asked cut = s.beginReceive(both[1], 2, 0);
    assertEquals(2, cut.word(0));
    assertEquals(0x20, cut.word(1));
    assertEquals(6, cut.word(4));
    assertEquals("E" + Errno.EAGAIN, s.receive(both[1]));
  }

  // ---- times

  @Test
  void aReceiveEndsWithItsTime() {
    long[] both = s.tcp(PORT);
    s.patience(both[0], 20, 5);
    TestMachine.Asked waits = s.beginReceive(both[0], 1, 0);
    vos.machine.pass(4_999_999_999L);
    assertNull(waits.answer);
    vos.machine.pass(1);
    assertEquals(-Errno.EAGAIN, waits.word(0));
    assertEquals(0, vos.machine.alarmCount());
  }

  @Test
  void aReceiveWithATimeIsNotMadeAgainAfterASignal() {
    long[] both = s.tcp(PORT);
    TestMachine.Asked endless = s.beginReceive(both[0], 1, 0);
    vos.machine.cancel(endless);
    vos.machine.run();
    assertEquals(-Errno.EINTR, endless.word(0));
    s.patience(both[0], 20, 5);
    TestMachine.Asked timed = s.beginReceive(both[0], 1, 0);
    vos.machine.cancel(timed);
    vos.machine.run();
    assertEquals(-Errno.ENORESTART, timed.word(0));
    assertEquals(0, vos.machine.alarmCount());
  }

  @Test
  void aConnectThatTakesTooLongGoesOnBehindTheProgramsBack() {
    long listener = s.listener(PORT, 0);
    s.connect(s.socket(TestSockets.INET, TestSockets.STREAM), TestSockets.at(PORT));
    long slow = s.socket(TestSockets.INET, TestSockets.STREAM);
    s.patience(slow, 21, 1);
    TestMachine.Asked waits = s.connect(slow, TestSockets.at(PORT));
    vos.machine.pass(1_000_000_000L);
    assertEquals(-Errno.EINPROGRESS, waits.word(0));
    s.accept(listener);
    assertEquals(0, s.connect(slow, TestSockets.at(PORT)).word(0));
  }

  @Test
  void nothingIsLeftOfSocketsThatAreClosed() {
    long[] both = s.pair(TestSockets.STREAM);
    s.send(both[0], "x".repeat(20_000));
    long[] tcp = s.tcp(PORT);
    s.send(tcp[0], "x".repeat(20_000));
    guest.exit();
    assertEquals(0, vos.machine.frameCount());
    assertEquals(0, vos.machine.unanswered());
    assertEquals(-Errno.ESRCH, guest.call(Call.CLOSE, both[0]));
  }
}
