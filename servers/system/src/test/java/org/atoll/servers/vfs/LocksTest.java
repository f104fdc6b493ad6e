package org.atoll.servers.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.atoll.abi.Errno;
import org.atoll.abi.protocol.VfsProtocol.Call;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LocksTest {

  private static final int SHARED = 1;
  private static final int EXCLUSIVE = 2;
  private static final int NONBLOCKING = 4;
  private static final int UNLOCK = 8;
  private static final int GETLK = 5;
  private static final int SETLK = 6;
  private static final int SETLKW = 7;
  private static final int OFD_SETLK = 37;
  private static final int OFD_SETLKW = 38;
  private static final int READ = 0;
  private static final int WRITE = 1;
  private static final int NONE = 2;

  private final TestVos vos = new TestVos();
  private final TestVos.Guest p = vos.init();
  private final TestVos.Guest q = p.fork();

  @BeforeEach
  void twoProcessesOpenTwoFiles() {
    p.put("/a", "0123456789");
    p.put("/b", "");
    for (TestVos.Guest guest : new TestVos.Guest[] {p, q}) {
      assertEquals(3, guest.open("/a", 2));
      assertEquals(4, guest.open("/b", 2));
    }
  }

  @AfterEach
  void nothingIsLeft() {
    q.exit();
    p.unlink("/a");
    p.unlink("/b");
    p.exit();
    assertEquals(0, vos.machine.frameCount());
    assertEquals(0, vos.machine.unanswered());
  }

  private TestMachine.Asked flock(TestVos.Guest guest, int operation) {
    return guest.begin(Call.FLOCK, new byte[0], 0, 3, operation);
  }

  private TestMachine.Asked lock(
      TestVos.Guest guest, int fd, int command, int type, int start, int bytes) {
    return guest.begin(Call.LOCK, new byte[0], 0, fd, command, type, 0, start, bytes);
  }

  @Test
  void wholeFileLocksAreSharedOrExclusive() {
    assertEquals(0, flock(p, SHARED).word(0));
    assertEquals(0, flock(q, SHARED).word(0));
    assertEquals(-Errno.EAGAIN, flock(q, EXCLUSIVE | NONBLOCKING).word(0));
    TestMachine.Asked waiting = flock(p, EXCLUSIVE);
    assertEquals(0, waiting.word(0));
    TestMachine.Asked other = flock(q, SHARED);
    assertNull(other.answer);
    flock(p, UNLOCK);
    assertEquals(0, other.word(0));
  }

  @Test
  void aWholeFileLockIsTheDescriptionsAndGoesWithIt() {
    flock(p, EXCLUSIVE);
    TestVos.Guest child = p.fork();
    TestMachine.Asked waiting = flock(q, EXCLUSIVE);
    assertEquals(0, flock(child, EXCLUSIVE).word(0));
    p.close(3);
    assertNull(waiting.answer);
    child.exit();
    assertEquals(0, waiting.word(0));
  }

  @Test
  void recordLocksAreByRange() {
    assertEquals(0, lock(p, 3, SETLK, WRITE, 10, 10).word(0));
    assertEquals(0, lock(q, 3, SETLK, WRITE, 0, 10).word(0));
    assertEquals(-Errno.EAGAIN, lock(q, 3, SETLK, READ, 19, 1).word(0));
    assertEquals(0, lock(q, 3, SETLK, READ, 20, 0).word(0));
    TestMachine.Asked held = lock(q, 3, GETLK, WRITE, 5, 10);
    assertEquals(WRITE, held.word(1));
    assertEquals(10, held.word(3));
    assertEquals(10, held.word(4));
    assertEquals(p.endpoint, held.word(5));
    assertEquals(NONE, lock(q, 3, GETLK, WRITE, 0, 10).word(1));
  }

  @Test
  void unlockingTheMiddleLeavesTheEnds() {
    lock(p, 3, SETLK, WRITE, 0, 30);
    lock(p, 3, SETLK, NONE, 10, 10);
    assertEquals(0, lock(q, 3, SETLK, WRITE, 10, 10).word(0));
    assertEquals(-Errno.EAGAIN, lock(q, 3, SETLK, WRITE, 9, 1).word(0));
    assertEquals(-Errno.EAGAIN, lock(q, 3, SETLK, WRITE, 20, 1).word(0));
    lock(q, 3, SETLK, NONE, 0, 0);
    lock(p, 3, SETLK, WRITE, 10, 10);
    assertEquals(30, lock(q, 3, GETLK, READ, 0, 0).word(4));
  }

  @Test
  void rangesAreCountedFromWhereTheCallerSays() {
    p.call(Call.SEEK, 3, 4, 0);
    p.begin(Call.LOCK, new byte[0], 0, 3, SETLK, WRITE, 1, 1, 2);
    assertEquals(5, lock(q, 3, GETLK, READ, 0, 0).word(3));
    p.begin(Call.LOCK, new byte[0], 0, 3, SETLK, NONE, 0, 0, 0);
    p.begin(Call.LOCK, new byte[0], 0, 3, SETLK, WRITE, 2, 0, -3);
    TestMachine.Asked held = lock(q, 3, GETLK, READ, 0, 0);
    assertEquals(7, held.word(3));
    assertEquals(3, held.word(4));
    assertEquals(-Errno.EINVAL, lock(p, 3, SETLK, WRITE, -1, 5).word(0));
  }

  @Test
  void waitingLocksComeWhenTheOldOneGoes() {
    lock(p, 3, SETLK, WRITE, 0, 10);
    TestMachine.Asked waiting = lock(q, 3, SETLKW, READ, 5, 1);
    assertNull(waiting.answer);
    lock(p, 3, SETLK, READ, 0, 10);
    assertEquals(0, waiting.word(0));
    TestMachine.Asked second = lock(p, 3, SETLKW, WRITE, 5, 1);
    vos.machine.cancel(second);
    vos.machine.run();
    assertEquals(-Errno.EINTR, second.word(0));
    assertEquals(READ, lock(q, 3, GETLK, WRITE, 0, 5).word(1));
  }

  @Test
  void closingAnyDescriptorOfTheFileGivesRecordLocksBack() {
    lock(p, 3, SETLK, WRITE, 0, 0);
    TestMachine.Asked waiting = lock(q, 3, SETLKW, WRITE, 0, 0);
    long second = p.open("/a", 0);
    assertNull(waiting.answer);
    p.close(second);
    assertEquals(0, waiting.word(0));
    TestMachine.Asked again = lock(p, 3, SETLKW, WRITE, 0, 0);
    q.exit();
    assertEquals(0, again.word(0));
  }

  @Test
  void aChildDoesNotInheritRecordLocks() {
    lock(p, 3, SETLK, WRITE, 0, 0);
    TestVos.Guest child = p.fork();
    assertEquals(-Errno.EAGAIN, lock(child, 3, SETLK, WRITE, 0, 0).word(0));
    child.exit();
    assertEquals(-Errno.EAGAIN, lock(q, 3, SETLK, WRITE, 0, 0).word(0));
  }

  @Test
  void waitingForOneselfIsRefused() {
    lock(p, 3, SETLK, WRITE, 0, 0);
    lock(q, 4, SETLK, WRITE, 0, 0);
    TestMachine.Asked waiting = lock(p, 4, SETLKW, WRITE, 0, 0);
    assertNull(waiting.answer);
    assertEquals(-Errno.EDEADLK, lock(q, 3, SETLKW, WRITE, 0, 0).word(0));
    q.close(4);
    assertEquals(0, waiting.word(0));
  }

  @Test
  void descriptionLocksConflictWithProcessLocksAndLiveWithTheDescription() {
    assertEquals(0, lock(p, 3, OFD_SETLK, WRITE, 0, 0).word(0));
    assertEquals(-Errno.EAGAIN, lock(q, 3, SETLK, READ, 0, 0).word(0));
    TestVos.Guest child = p.fork();
    assertEquals(0, lock(child, 3, OFD_SETLK, WRITE, 0, 0).word(0));
    assertEquals(-1, lock(q, 3, GETLK, READ, 0, 0).word(5));
    TestMachine.Asked waiting = lock(q, 3, OFD_SETLKW, READ, 0, 0);
    p.close(3);
    assertNull(waiting.answer);
    child.exit();
    assertEquals(0, waiting.word(0));
  }

  @Test
  void locksNeedTheRightAccess() {
    long reading = p.open("/a", 0);
    assertEquals(-Errno.EBADF, lock(p, (int) reading, SETLK, WRITE, 0, 0).word(0));
    assertEquals(0, lock(p, (int) reading, SETLK, READ, 0, 0).word(0));
    assertEquals(-Errno.EBADF, lock(p, 99, SETLK, READ, 0, 0).word(0));
  }
}
