package org.atoll.servers.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.atoll.abi.Errno;
import org.atoll.abi.protocol.VfsProtocol.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The urgent bytes of streams; the network server is loaded anew before every turn. */
final class UrgentTest {

  private static final int OUT_OF_BAND = 0x1;
  private static final int PEEK = 0x2;
  private static final int WAIT_FOR_ALL = 0x100;
  private static final int URGENT = 0x2;
  private static final int OUT = 0x4;
  private static final int SO_OOBINLINE = 10;
  private static final int FIONREAD = 0x541b;
  private static final int SIOCATMARK = 0x8905;
  private static final int PORT = 7000;
  private static final String INVALID = "E" + Errno.EINVAL;
  private static final String NOTHING = "E" + Errno.EAGAIN;

  private final TestVos vos = new TestVos().withNet();
  private final TestVos.Guest p = vos.init();
  private final TestSockets s = new TestSockets(vos, p);

  private long[] pair(String family) {
    return family.equals("tcp") ? s.tcp(PORT) : s.pair(TestSockets.STREAM);
  }

  private String urgent(long fd) {
    return s.receive(fd, 1, OUT_OF_BAND | TestSockets.DONT_WAIT);
  }

  private int ask(long fd, int operation) {
    return p.begin(Call.IOCTL, new byte[0], 4, fd, operation, 0, 0).out[0];
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "unix"})
  void readsEndAtTheMarkAndGoRoundTheByte(String family) {
    long[] pair = pair(family);
    assertEquals(3, s.send(pair[0], "abX", OUT_OF_BAND));
    s.send(pair[0], "cd");
    assertEquals(0, ask(pair[1], SIOCATMARK));
    assertEquals("ab", s.receive(pair[1]));
    assertEquals(1, ask(pair[1], SIOCATMARK));
    assertEquals("X", urgent(pair[1]));
    assertEquals(INVALID, urgent(pair[1]));
    assertEquals("cd", s.receive(pair[1]));
    assertEquals(0, ask(pair[1], SIOCATMARK));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "unix"})
  void aByteThatNobodyTookIsGoneBehindTheMark(String family) {
    long[] pair = pair(family);
    s.send(pair[0], "X", OUT_OF_BAND);
    s.send(pair[0], "cd");
    assertEquals("cd", s.receive(pair[1], 9, PEEK));
    assertEquals("cd", s.receive(pair[1]));
    assertEquals(INVALID, urgent(pair[1]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "unix"})
  void inLineTheByteIsTheFirstOfTheNextRead(String family) {
    long[] pair = pair(family);
    s.set(pair[1], 1, SO_OOBINLINE, 1);
    s.send(pair[0], "abX", OUT_OF_BAND);
    s.send(pair[0], "cd");
    assertEquals(INVALID, urgent(pair[1]));
    assertEquals("ab", s.receive(pair[1]));
    assertEquals("Xcd", s.receive(pair[1]));
  }

  @Test
  void aReadThatWaitsForAllEndsAtAMarkThatComes() {
    long[] pair = pair("tcp");
    TestMachine.Asked read = s.beginReceive(pair[1], 9, WAIT_FOR_ALL);
    s.send(pair[0], "ab");
    assertNull(read.answer);
    s.send(pair[0], "X", OUT_OF_BAND);
    assertEquals("ab", s.text(read));
  }

  @Test
  void aReadThatWaitsPassesAnUrgentByteWithNothingElse() {
    long[] pair = pair("tcp");
    TestMachine.Asked read = s.beginReceive(pair[1], 9, 0);
    s.send(pair[0], "X", OUT_OF_BAND);
    assertNull(read.answer);
    s.send(pair[0], "a");
    assertEquals("a", s.text(read));
  }

  @Test
  void pollSaysSoAsLongAsTheByteIsThere() {
    long[] pair = pair("tcp");
    s.send(pair[0], "X", OUT_OF_BAND);
    assertEquals(OUT | URGENT, s.ready(pair[1]));
    assertEquals(0, ask(pair[1], FIONREAD));
    assertEquals("X", urgent(pair[1]));
    assertEquals(OUT, s.ready(pair[1]));
    assertEquals(NOTHING, s.receive(pair[1]));
  }

  @Test
  void messagesAreNotUrgent() {
    long[] pair = s.pair(TestSockets.SEQPACKET);
    assertEquals(-Errno.EOPNOTSUPP, s.send(pair[0], "x", OUT_OF_BAND));
    assertEquals("E" + Errno.EOPNOTSUPP, urgent(pair[1]));
  }
}
