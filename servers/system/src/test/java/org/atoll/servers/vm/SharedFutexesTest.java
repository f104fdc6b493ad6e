package org.atoll.servers.vm;

import static org.atoll.abi.Errno.EAGAIN;
import static org.atoll.abi.Errno.EDEADLK;
import static org.atoll.abi.Errno.EINTR;
import static org.atoll.abi.Errno.EINVAL;
import static org.atoll.abi.Errno.EPERM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.atoll.abi.protocol.VmProtocol.Call;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Futexes between processes: a word is the same wherever it is mapped. */
class SharedFutexesTest {

  private static final int CHILD = 101;
  private static final long ALL = 0xffff_ffffL;

  private final VmFixture f = new VmFixture();
  private long word;

  @BeforeEach
  void share() {
    long flags = VmFixture.SHARED | VmFixture.ANONYMOUS;
    long rights = VmFixture.READ | VmFixture.WRITE;
    word = f.now(VmFixture.TASK, Call.MMAP, 0, VmFixture.PAGE, rights, flags, -1, 0) + 8;
    f.now(VmFixture.TASK, Call.FAULT, word, VmFixture.WRITE);
    f.now(VmFixture.PM, Call.FORK, VmFixture.TASK, CHILD, 0);
    f.now(CHILD, Call.FAULT, word, VmFixture.READ);
  }

  private long await(int task, long bits) {
    return f.vm.ask(task, Call.FUTEX_WAIT, word, 0, bits);
  }

  @Test
  void aProcessWakesAnother() {
    long waits = await(VmFixture.TASK, ALL);
    assertFalse(f.vm.isAnswered(waits));
    assertEquals(1, f.now(CHILD, Call.FUTEX_WAKE, word, 5, ALL));
    assertEquals(0, f.vm.result(waits));
  }

  @Test
  void aWordThatHasChangedIsNotWaitedFor() {
    assertEquals(-EAGAIN, f.now(CHILD, Call.FUTEX_WAIT, word, 1, ALL));
  }

  @Test
  void thoseWhoCameFirstAreWokenFirst() {
    long first = await(CHILD, ALL);
    long second = await(VmFixture.TASK, ALL);
    assertEquals(1, f.now(CHILD, Call.FUTEX_WAKE, word, 1, ALL));
    assertEquals(0, f.vm.result(first));
    assertFalse(f.vm.isAnswered(second));
  }

  @Test
  void aWakeWithBitsPassesOverWhoWaitsForOthers() {
    long waits = await(CHILD, 2);
    assertEquals(0, f.now(CHILD, Call.FUTEX_WAKE, word, 1, 1));
    assertFalse(f.vm.isAnswered(waits));
  }

  @Test
  void whoIsRequeuedIsWokenAtTheSecondWord() {
    long first = await(CHILD, ALL);
    long second = await(VmFixture.TASK, ALL);
    assertEquals(2, f.now(CHILD, Call.FUTEX_REQUEUE, word, 1, word + 4, 5));
    assertEquals(0, f.vm.result(first));
    assertEquals(0, f.now(CHILD, Call.FUTEX_WAKE, word, 1, ALL));
    assertEquals(1, f.now(CHILD, Call.FUTEX_WAKE, word + 4, 1, ALL));
    assertEquals(0, f.vm.result(second));
  }

  @Test
  void aWaitCanBeCancelled() {
    long waits = await(CHILD, ALL);
    f.vm.cancelRequest(waits);
    assertEquals(-EINTR, f.vm.result(waits));
    assertEquals(0, f.now(CHILD, Call.FUTEX_WAKE, word, 1, ALL));
  }

  @Test
  void privateMemoryIsRefused() {
    assertEquals(-EINVAL, f.now(CHILD, Call.FUTEX_WAIT, VmFixture.PROGRAM, 0, ALL));
  }

  @Test
  void aProcessThatIsGoneWaitsNoLonger() {
    await(CHILD, ALL);
    f.now(VmFixture.PM, Call.EXIT, CHILD);
    assertEquals(0, f.now(VmFixture.TASK, Call.FUTEX_WAKE, word, 1, ALL));
  }

  @Test
  void aLockGoesFromItsOwnerToTheFirstWhoWaits() {
    assertEquals(0, f.now(VmFixture.TASK, Call.FUTEX_LOCK, word, 7, 1));
    assertEquals(-EDEADLK, f.now(VmFixture.TASK, Call.FUTEX_LOCK, word, 7, 1));
    assertEquals(-EAGAIN, f.now(CHILD, Call.FUTEX_LOCK, word, 8, 0));
    long first = f.vm.ask(CHILD, Call.FUTEX_LOCK, word, 8, 1);
    long second = f.vm.ask(CHILD, Call.FUTEX_LOCK, word, 9, 1);
    assertEquals(-EPERM, f.now(CHILD, Call.FUTEX_UNLOCK, word, 8, 0));
    assertEquals(0, f.now(VmFixture.TASK, Call.FUTEX_UNLOCK, word, 7, 0));
    assertEquals(0, f.vm.result(first));
    assertFalse(f.vm.isAnswered(second));
    assertEquals(0, f.now(CHILD, Call.FUTEX_UNLOCK, word, 8, 0));
    assertEquals(0, f.vm.result(second));
  }

  @Test
  void aWakeIsNotForWhoWaitsForALock() {
    f.now(VmFixture.TASK, Call.FUTEX_LOCK, word, 7, 1);
    long waits = f.vm.ask(CHILD, Call.FUTEX_LOCK, word, 8, 1);
    assertEquals(0, f.now(VmFixture.TASK, Call.FUTEX_WAKE, word, 5, ALL));
    assertFalse(f.vm.isAnswered(waits));
  }
}
