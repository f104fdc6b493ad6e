package org.atoll.servers.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.DeviceProtocol;
import org.atoll.abi.protocol.TtyProtocol;
import org.atoll.abi.protocol.VfsProtocol.Call;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Pseudo-terminals and their sessions, through VFS; every server is loaded anew before each turn.
 */
final class TerminalsTest {

  private static final int JOBS = 20;
  private static final int RDWR = 2;
  private static final int NOCTTY = 0400;
  private static final int NONBLOCK = 04000;
  private static final int UNLOCK = 0x4004_5431;

  private final TestVos vos = new TestVos();
  private final TestJobs.World world = new TestJobs.World();
  private TestVos.Guest p;
  private long master;

  @BeforeEach
  void openMaster() {
    p = vos.init();
    vos.withTerminals();
    vos.machine.start(JOBS, () -> new TestJobs(world));
    vos.machine.serve(Role.PM, JOBS);
    world.group = p.endpoint;
    world.session = p.endpoint;
    p.call(Call.MKNOD, "/ptmx", 0, TestVos.AT_FDCWD, 0020666, 0x502);
    p.call(Call.MKNOD, "/slave", 0, TestVos.AT_FDCWD, 0020666, 0x8800);
    p.call(Call.MKNOD, "/tty", 0, TestVos.AT_FDCWD, 0020666, 0x500);
    master = p.open("/ptmx", RDWR);
  }

  private long slave(int flags) {
    assertEquals(0, p.call(Call.IOCTL, "\0\0\0\0", 0, master, UNLOCK, 0));
    return p.open("/slave", RDWR | flags);
  }

  private TestMachine.Asked beginRead(long fd, int job) {
    return p.begin(Call.READ, new byte[0], 100, fd, 100, -1, job);
  }

  @Test
  void aTerminalCannotBeOpenedBeforeItIsUnlocked() {
    assertEquals(-Errno.EIO, p.open("/slave", RDWR | NOCTTY));
  }

  @Test
  void bothSidesReadWhatTheOtherWrites() {
    long slave = slave(NOCTTY);
    p.write(master, "in\n");
    assertEquals("in\n", p.read(slave, 100));
    p.write(slave, "out\n");
    assertEquals("in\r\nout\r\n", p.read(master, 100));
  }

  @Test
  void aReadWaitsForALine() {
    TestMachine.Asked read = p.beginRead(slave(NOCTTY), 100);
    p.write(master, "li");
    assertNull(read.answer);
    p.write(master, "ne\n");
    assertEquals("line\n", p.text(read));
  }

  @Test
  void aReadThatMayNotWaitIsRefused() {
    assertEquals("E" + Errno.EAGAIN, p.read(slave(NOCTTY | NONBLOCK), 100));
  }

  @Test
  void aMasterWhoseTerminalIsClosedReadsWhatIsLeftAndThenAnError() {
    long slave = slave(NOCTTY);
    p.write(slave, "left");
    p.close(slave);
    assertEquals("left", p.read(master, 100));
    assertEquals("E" + Errno.EIO, p.read(master, 100));
  }

  @Test
  void aTerminalWhoseMasterIsClosedIsAtItsEnd() {
    long slave = slave(NOCTTY);
    p.close(master);
    assertEquals("", p.read(slave, 100));
    assertEquals(-Errno.EIO, p.write(slave, "x"));
  }

  @Test
  void theLeaderOfASessionGetsTheTerminalThatItOpens() {
    assertEquals(-Errno.ENXIO, p.open("/tty", RDWR));
    slave(0);
    long own = p.open("/tty", RDWR);
    p.write(own, "mine");
    assertEquals("mine", p.read(master, 100));
  }

  @Test
  void anInterruptGoesToTheForeground() {
    slave(0);
    p.write(master, "\u0003");
    assertEquals(List.of("-" + p.endpoint + ":2"), world.raised);
  }

  @Test
  void aReaderInTheBackgroundIsStoppedFirst() {
    long slave = slave(0);
    world.group = 77;
    assertEquals(-Errno.EINTR, beginRead(slave, 0).word(0));
    assertEquals(List.of("-77:21"), world.raised);
  }

  @Test
  void aReaderInTheBackgroundThatIgnoresTheSignalGetsAnError() {
    long slave = slave(0);
    world.group = 77;
    assertEquals(-Errno.EIO, beginRead(slave, DeviceProtocol.SIGTTIN_OFF).word(0));
    assertEquals(List.of(), world.raised);
  }

  @Test
  void anOrphanedReaderInTheBackgroundGetsAnError() {
    long slave = slave(0);
    world.group = 77;
    world.orphaned = true;
    assertEquals(-Errno.EIO, beginRead(slave, 0).word(0));
  }

  @Test
  void theLeaderIsToldWhenTheMasterIsClosed() {
    slave(0);
    p.close(master);
    assertEquals(List.of(p.endpoint + ":1", p.endpoint + ":18"), world.raised);
    assertEquals(-Errno.ENXIO, p.open("/tty", RDWR));
  }

  @Test
  void theForegroundIsToldWhenTheLeaderHasEnded() {
    slave(0);
    Message ended = TtyProtocol.Call.LEADER_ENDED.encode(new Message(), p.endpoint);
    vos.machine.tell(JOBS, TestVos.TTY, ended);
    vos.machine.run();
    assertEquals(List.of("-" + p.endpoint + ":1"), world.raised);
    assertEquals(-Errno.ENXIO, p.open("/tty", RDWR));
  }
}
