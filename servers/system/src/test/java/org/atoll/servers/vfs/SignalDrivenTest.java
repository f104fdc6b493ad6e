package org.atoll.servers.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.atoll.abi.Errno;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.VfsProtocol.Call;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom files tell by signals what happens to them; servers are loaded anew before each turn. */
final class SignalDrivenTest {

  private static final int JOBS = 29;
  private static final int SETFL = 4;
  private static final int SETOWN = 8;
  private static final int GETOWN = 9;
  private static final int SETSIG = 10;
  private static final int RDWR = 2;
  private static final int NOCTTY = 0400;
  private static final int ASYNC = 020000;
  private static final int UNLOCK = 0x4004_5431;
  private static final int PORT = 7000;

  private final TestVos vos = new TestVos().withNet();
  private final TestJobs.World world = new TestJobs.World();
  private final TestVos.Guest p = vos.init();
  private final TestSockets s = new TestSockets(vos, p);

  @BeforeEach
  void begin() {
    vos.withTerminals();
    vos.machine.start(JOBS, () -> new TestJobs(world));
    vos.machine.serve(Role.PM, JOBS);
  }

  private long fcntl(long fd, long command, long argument) {
    return p.call(Call.FCNTL, fd, command, argument);
  }

  private void own(long fd, int signal) {
    assertEquals(0, fcntl(fd, SETOWN, 42));
    assertEquals(0, fcntl(fd, SETSIG, signal));
    assertEquals(0, fcntl(fd, SETFL, ASYNC));
  }

  @Test
  void anOwnerHasToBeThere() {
    assertEquals(-Errno.ESRCH, fcntl(0, SETOWN, TestJobs.NOBODY));
    assertEquals(0, fcntl(0, SETOWN, -42));
    assertEquals(List.of(0L, 42L, 2L), words(p.begin(Call.FCNTL, new byte[0], 0, 0, GETOWN, 0)));
    assertEquals(0, fcntl(0, SETOWN, 0));
    assertEquals(List.of(0L, 0L, 1L), words(p.begin(Call.FCNTL, new byte[0], 0, 0, GETOWN, 0)));
  }

  private static List<Long> words(TestMachine.Asked asked) {
    return List.of(asked.word(0), asked.word(1), asked.word(2));
  }

  @Test
  void aPipeTellsItsReaderOfEachWriteAndOfItsEnd() {
    p.call(Call.PIPE, 0);
    own(3, 40);
    p.write(4, "a");
    p.write(4, "b");
    p.close(4);
    assertEquals(
        List.of("42: 40 for 1 of 3", "42: 40 for 1 of 3", "42: 40 for 1 of 3"), world.raised);
  }

  @Test
  void aPipeTellsItsWriterOfEachRead() {
    p.call(Call.PIPE, 0);
    p.write(4, "a");
    own(4, 0);
    p.read(3, 1);
    assertEquals(List.of("42: 29 for 0 of 4"), world.raised);
  }

  @Test
  void nobodyIsToldOnceTheFlagIsGone() {
    p.call(Call.PIPE, 0);
    own(3, 40);
    fcntl(3, SETFL, 0);
    p.write(4, "a");
    assertEquals(List.of(), world.raised);
  }

  @Test
  void aSocketTellsOfEachMessageThoughNobodyReads() {
    long[] pair = s.pair(TestSockets.DATAGRAM);
    own(pair[0], 10);
    s.send(pair[1], "a");
    s.send(pair[1], "b");
    String came = "42: 10 for 1 of " + pair[0];
    assertEquals(List.of(came, came), world.raised);
  }

  @Test
  void aListenerTellsOfConnections() {
    long listener = s.listener(PORT, 5);
    own(listener, 10);
    s.connect(s.socket(TestSockets.INET, TestSockets.STREAM), TestSockets.at(PORT));
    assertEquals(List.of("42: 10 for 1 of " + listener), world.raised);
  }

  @Test
  void theEndOfAConnectionIsAHangUp() {
    long[] pair = s.pair(TestSockets.STREAM);
    own(pair[0], 10);
    s.close(pair[1]);
    assertEquals(List.of("42: 10 for 6 of " + pair[0]), world.raised);
  }

  @Test
  void aTerminalTellsItsGroupAgainWhenItWasRead() {
    p.call(Call.MKNOD, "/ptmx", 0, TestVos.AT_FDCWD, 0020666, 0x502);
    p.call(Call.MKNOD, "/slave", 0, TestVos.AT_FDCWD, 0020666, 0x8800);
    long master = p.open("/ptmx", RDWR);
    p.call(Call.IOCTL, "\0\0\0\0", 0, master, UNLOCK, 0);
    long slave = p.open("/slave", RDWR | NOCTTY);
    own(slave, 10);
    p.write(master, "a\n");
    p.write(master, "b\n");
    String came = "42: 10 for 1 of " + slave;
    assertEquals(List.of(came), world.raised);
    p.read(slave, 100);
    p.read(slave, 100);
    p.write(master, "c\n");
    assertEquals(came, world.raised.getLast());
  }
}
