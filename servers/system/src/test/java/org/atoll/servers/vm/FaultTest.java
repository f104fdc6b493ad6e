package org.atoll.servers.vm;

import static org.atoll.abi.Errno.EACCES;
import static org.atoll.abi.Errno.EFAULT;
import static org.atoll.abi.Errno.EINTR;
import static org.atoll.abi.Errno.EIO;
import static org.atoll.abi.Errno.ENOMEM;
import static org.atoll.abi.Errno.ENXIO;
import static org.atoll.servers.vm.VmFixture.ANONYMOUS;
import static org.atoll.servers.vm.VmFixture.EXECUTE;
import static org.atoll.servers.vm.VmFixture.LOCAL_FS;
import static org.atoll.servers.vm.VmFixture.PAGE;
import static org.atoll.servers.vm.VmFixture.PM;
import static org.atoll.servers.vm.VmFixture.PRIVATE;
import static org.atoll.servers.vm.VmFixture.PROGRAM;
import static org.atoll.servers.vm.VmFixture.READ;
import static org.atoll.servers.vm.VmFixture.REMOTE_FS;
import static org.atoll.servers.vm.VmFixture.SHARED;
import static org.atoll.servers.vm.VmFixture.STACK_TOP;
import static org.atoll.servers.vm.VmFixture.TASK;
import static org.atoll.servers.vm.VmFixture.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.atoll.abi.Endpoint;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.abi.protocol.VmProtocol.Call;
import org.atoll.libsys.testing.Sent;
import org.atoll.libsys.testing.TurnRecorder;
import org.junit.jupiter.api.Test;

class FaultTest {

  private static final int CHILD = 101;

  private final VmFixture f = new VmFixture();
  private final TurnRecorder vm = f.vm;

  @Test
  void aFaultOutsideEveryRegionIsEfaultAndAgainstItsRightsEacces() {
    assertEquals(-EFAULT, f.now(TASK, Call.FAULT, 0, READ));
    assertEquals(-EFAULT, f.now(TASK, Call.FAULT, -1, READ));
    assertEquals(-EACCES, f.now(TASK, Call.FAULT, PROGRAM, EXECUTE));
    assertEquals(0, f.now(TASK, Call.FAULT, PROGRAM, READ));
  }

  @Test
  void theStackGrowsToItsLimitAndNoFurther() {
    long low = STACK_TOP - (1 << 20);
    assertEquals(0, f.now(TASK, Call.FAULT, low, WRITE));
    assertEquals(-EFAULT, f.now(TASK, Call.FAULT, low - 1, WRITE));
    f.now(TASK, Call.LIMIT, 3, 2 << 20, Endpoint.NONE);
    assertEquals(0, f.now(TASK, Call.FAULT, low - 1, WRITE));
  }

  @Test
  void theStackKeepsItsDistanceFromTheMappingBelow() {
    long below = STACK_TOP - (512 << 10);
    f.now(TASK, Call.MMAP, below, PAGE, READ, PRIVATE | ANONYMOUS | 0x10, -1, 0);
    assertEquals(-EFAULT, f.now(TASK, Call.FAULT, below + 2 * PAGE, WRITE));
  }

  @Test
  void aForkCopiesOnTheFirstWrite() {
    f.store(TASK, PROGRAM, 1);
    fork(0);
    assertEquals(1, f.peek(CHILD, PROGRAM));
    assertFalse(f.poke(TASK, PROGRAM, 2));
    f.store(TASK, PROGRAM, 2);
    assertEquals(1, f.peek(CHILD, PROGRAM));
    int used = f.used();
    f.store(CHILD, PROGRAM, 3);
    assertEquals(used, f.used());
    assertEquals(2, f.peek(TASK, PROGRAM));
  }

  @Test
  void sharedMemoryStaysSharedOverAForkEvenWhereNobodyTouchedIt() {
    long at = f.now(TASK, Call.MMAP, 0, 2 * PAGE, READ | WRITE, SHARED | ANONYMOUS, -1, 0);
    f.store(TASK, at, 1);
    fork(0);
    f.store(CHILD, at, 2);
    f.store(CHILD, at + PAGE, 3);
    assertEquals(0, f.now(TASK, Call.FAULT, at + PAGE, READ));
    assertEquals(2, f.peek(TASK, at));
    assertEquals(3, f.peek(TASK, at + PAGE));
  }

  @Test
  void sharedMemoryEndsWhereItWasMadeToEndHoweverLongItsMappingGrows() {
    long at = f.now(TASK, Call.MMAP, 0, PAGE, READ | WRITE, SHARED | ANONYMOUS, -1, 0);
    f.store(TASK, at, 1);
    long grown = f.now(TASK, Call.MREMAP, at, PAGE, 3 * PAGE, 1, 0);
    assertEquals(1, f.peek(TASK, grown));
    int used = f.used();
    assertEquals(-EIO, f.now(TASK, Call.FAULT, grown + PAGE, WRITE));
    assertEquals(-EFAULT, f.now(TASK, Call.POPULATE, grown + 2 * PAGE, PAGE, READ));
    assertEquals(used, f.used());
  }

  @Test
  void aVforkChildRunsInTheSpaceOfItsParentUntilItsExec() {
    fork(1);
    f.store(CHILD, PROGRAM, 5);
    assertEquals(5, f.peek(TASK, PROGRAM));
    f.exec(CHILD);
    assertEquals(2, f.memory.spaceCount());
    assertEquals(5, f.peek(TASK, PROGRAM));
    f.now(PM, Call.EXIT, CHILD);
    assertEquals(1, f.memory.spaceCount());
  }

  @Test
  void aForkWithoutMemoryAnswersEnomem() {
    f.memory.framesTotal(200);
    f.mapAnonymous(120 * PAGE);
    assertEquals(-ENOMEM, vm.result(vm.ask(PM, Call.FORK, TASK, CHILD, 0)));
    assertEquals(0, vm.result(vm.ask(PM, Call.FORK, TASK, CHILD, 1)));
  }

  @Test
  void adviceAboutForksIsHeeded() {
    long at = f.mapAnonymous(2 * PAGE);
    f.store(TASK, at, 1);
    f.store(TASK, at + PAGE, 2);
    f.now(TASK, Call.MADVISE, at, PAGE, 10);
    f.now(TASK, Call.MADVISE, at + PAGE, PAGE, 18);
    fork(0);
    assertEquals(-EFAULT, f.now(CHILD, Call.FAULT, at, READ));
    assertEquals(0, f.now(CHILD, Call.FAULT, at + PAGE, READ));
    assertEquals(0, f.peek(CHILD, at + PAGE));
    assertEquals(2, f.peek(TASK, at + PAGE));
  }

  @Test
  void severalFaultsOnAMissingPageWaitForOneFetch() {
    long at = f.mapFile(TASK, REMOTE_FS, PAGE, PAGE, READ, PRIVATE);
    fork(0);
    long a = vm.ask(TASK, Call.FAULT, at, READ);
    long b = vm.ask(CHILD, Call.FAULT, at, READ);
    f.answerPage(9);
    assertFalse(vm.sentAny(FsProtocol.Call.PAGE));
    assertEquals(0, vm.result(a));
    assertEquals(0, vm.result(b));
    assertEquals(9, f.peek(TASK, at));
    assertEquals(9, f.peek(CHILD, at));
  }

  @Test
  void aSecondMappingOfACachedFileFindsItsPages() {
    long first = f.mapFile(TASK, REMOTE_FS, PAGE, PAGE, READ, PRIVATE);
    vm.ask(TASK, Call.FAULT, first, READ);
    f.answerPage(9);
    f.now(TASK, Call.MUNMAP, first, PAGE);
    assertEquals(77, vm.expect(VfsProtocol.Call.UNMAP).word(0));
    long second = f.mapFile(TASK, REMOTE_FS, PAGE, PAGE, READ, PRIVATE);
    assertEquals(0, f.now(TASK, Call.FAULT, second, READ));
  }

  @Test
  void aWriteToAPrivateFileMappingIsNobodyElses() {
    long at = f.mapFile(TASK, REMOTE_FS, PAGE, PAGE, READ | WRITE, PRIVATE);
    long fault = vm.ask(TASK, Call.FAULT, at, WRITE);
    f.answerPage(9);
    assertEquals(0, vm.result(fault));
    assertTrue(f.poke(TASK, at, 1));
    long again = f.mapFile(TASK, REMOTE_FS, PAGE, PAGE, READ, PRIVATE);
    f.now(TASK, Call.FAULT, again, READ);
    assertEquals(9, f.peek(TASK, again));
  }

  @Test
  void aSharedMappingOfALocalFileIsTheFilesOwnFrame() {
    int own = f.memory.frameAllocate();
    f.memory.frameRetain(own);
    long at = f.mapFile(TASK, LOCAL_FS, PAGE, PAGE, READ | WRITE, SHARED);
    long fault = vm.ask(TASK, Call.FAULT, at, WRITE);
    vm.answer(vm.expect(FsProtocol.Call.PAGE), 1, own, PAGE, 1);
    assertEquals(0, vm.result(fault));
    assertTrue(f.poke(TASK, at, 42));
    byte[] one = new byte[1];
    f.memory.frameRead(own, 0, one, 0, 1);
    assertEquals(42, one[0]);
  }

  @Test
  void aPageBeyondTheEndOfAFileIsABusError() {
    long at = f.mapFile(TASK, REMOTE_FS, PAGE, 2 * PAGE, READ, PRIVATE);
    long fault = vm.ask(TASK, Call.FAULT, at + PAGE, READ);
    vm.answer(vm.expect(FsProtocol.Call.PAGE), -ENXIO);
    assertEquals(-EIO, vm.result(fault));
  }

  @Test
  void pagesAfterAMissingOneAreFetchedWithItAndMappedTogether() {
    long at = f.mapFile(TASK, REMOTE_FS, 4 * PAGE, 4 * PAGE, READ, PRIVATE);
    long fault = vm.ask(TASK, Call.FAULT, at, READ);
    Sent first = vm.expect(FsProtocol.Call.PAGE);
    for (int i = 1; i < 4; i++) {
      f.answerPage(i);
    }
    assertFalse(vm.sentAny(FsProtocol.Call.PAGE));
    vm.answerWith(first, new byte[PAGE], 0, 0, PAGE, 1);
    assertEquals(0, vm.result(fault));
    boolean sameWindow = at / PAGE % 16 <= 12;
    assertEquals(sameWindow ? 3 : -1, f.peek(TASK, at + 3 * PAGE));
  }

  @Test
  void aCancelledFaultIsMadeAgainAndAPopulateAnswersItsProgress() {
    long at = f.mapFile(TASK, REMOTE_FS, PAGE, PAGE, READ, PRIVATE);
    long fault = vm.ask(TASK, Call.FAULT, at, READ);
    vm.cancelRequest(fault);
    assertEquals(0, vm.result(fault));
    long populate = vm.ask(TASK, Call.POPULATE, at, 100, READ);
    vm.cancelRequest(populate);
    assertEquals(-EINTR, vm.result(populate));
    f.answerPage(1);
    assertEquals(100, f.now(TASK, Call.POPULATE, at + 5, 100, READ));
  }

  @Test
  void aPopulateAnswersHowFarItCame() {
    long at = f.mapAnonymous(2 * PAGE);
    assertEquals(2 * PAGE - 10, f.now(TASK, Call.POPULATE, at + 10, 3 * PAGE, WRITE));
    assertEquals(-EFAULT, f.now(TASK, Call.POPULATE, at + 5 * PAGE, 10, READ));
  }

  @Test
  void aMappingThatGoesWhileItsPageIsOnTheWayFaults() {
    long at = f.mapFile(TASK, REMOTE_FS, PAGE, PAGE, READ, PRIVATE);
    fork(1);
    long fault = vm.ask(TASK, Call.FAULT, at, READ);
    f.now(CHILD, Call.MUNMAP, at, PAGE);
    f.answerPage(1);
    assertEquals(-EFAULT, vm.result(fault));
  }

  @Test
  void cachedPagesGiveWayWhenFramesRunShort() {
    long at = f.mapFile(TASK, REMOTE_FS, 4 * PAGE, 4 * PAGE, READ, PRIVATE);
    vm.ask(TASK, Call.FAULT, at, READ);
    for (int i = 0; i < 4; i++) {
      f.answerPage(i);
    }
    f.now(TASK, Call.MUNMAP, at, 4 * PAGE);
    f.memory.framesTotal(f.used() + 40);
    long room = f.now(TASK, Call.MMAP, 0, 43 * PAGE, READ | WRITE, 0x4022, -1, 0);
    assertEquals(43 * PAGE, f.now(TASK, Call.POPULATE, room, 43 * PAGE, WRITE));
    long more = f.now(TASK, Call.MMAP, 0, 9 * PAGE, READ | WRITE, 0x4022, -1, 0);
    assertEquals(PAGE, f.now(TASK, Call.POPULATE, more, 9 * PAGE, WRITE));
    assertEquals(-ENOMEM, f.now(TASK, Call.FAULT, more + PAGE, WRITE));
  }

  @Test
  void aCachedPageGivesWayHoweverManyMappedOnesAreBeforeIt() {
    long mapped = 1500;
    long at = f.mapFile(TASK, REMOTE_FS, (mapped + 1) * PAGE, (mapped + 1) * PAGE, READ, PRIVATE);
    for (long page = 0; page <= mapped; page++) {
      long fault = vm.ask(TASK, Call.FAULT, at + page * PAGE, READ);
      while (vm.sentAny(FsProtocol.Call.PAGE)) {
        f.answerPage(1);
      }
      assertEquals(0, vm.result(fault));
    }
    f.now(TASK, Call.MADVISE, at + mapped * PAGE, PAGE, 4);
    f.memory.framesTotal(f.used());
    assertEquals(0, f.now(TASK, Call.FAULT, PROGRAM, WRITE));
    assertEquals(-ENOMEM, f.now(TASK, Call.FAULT, STACK_TOP - 1, WRITE));
  }

  @Test
  void afterAnExitEverythingIsBack() {
    int before = f.used();
    f.exec(CHILD);
    long shared = f.now(CHILD, Call.MMAP, 0, 4 * PAGE, READ | WRITE, SHARED | ANONYMOUS, -1, 0);
    f.store(CHILD, shared, 1);
    f.store(CHILD, PROGRAM, 1);
    vm.ask(PM, Call.FORK, CHILD, 102, 0);
    f.store(102, PROGRAM, 2);
    f.store(102, shared + PAGE, 2);
    f.now(102, Call.EXEC_BEGIN);
    vm.askWith(102, new byte[PAGE], 0, Call.EXEC_WRITE, STACK_TOP);
    long file = f.mapFile(102, REMOTE_FS, PAGE, PAGE, READ, PRIVATE);
    vm.ask(102, Call.FAULT, file, READ);
    f.now(PM, Call.EXIT, 102);
    long exit = vm.ask(PM, Call.EXIT, CHILD);
    assertEquals(0, vm.result(exit));
    assertTrue(vm.word(exit, 1) >= 2 * PAGE);
    assertEquals(1, f.memory.spaceCount());
    assertEquals(77, vm.expect(VfsProtocol.Call.UNMAP).word(0));
    vm.answer(vm.expect(FsProtocol.Call.PAGE), -EIO);
    assertEquals(before, f.used());
    f.now(PM, Call.EXIT, TASK);
    assertEquals(0, f.used());
    assertEquals(0, f.memory.spaceCount());
  }

  private void fork(long flags) {
    assertEquals(0, vm.result(vm.ask(PM, Call.FORK, TASK, CHILD, flags)));
  }
}
