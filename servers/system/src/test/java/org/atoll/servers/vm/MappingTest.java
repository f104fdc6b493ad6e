package org.atoll.servers.vm;

import static org.atoll.abi.Errno.EACCES;
import static org.atoll.abi.Errno.EBADF;
import static org.atoll.abi.Errno.EEXIST;
import static org.atoll.abi.Errno.EFAULT;
import static org.atoll.abi.Errno.EINVAL;
import static org.atoll.abi.Errno.EIO;
import static org.atoll.abi.Errno.ENODEV;
import static org.atoll.abi.Errno.ENOMEM;
import static org.atoll.abi.Errno.EOVERFLOW;
import static org.atoll.servers.vm.VmFixture.ANONYMOUS;
import static org.atoll.servers.vm.VmFixture.FIXED;
import static org.atoll.servers.vm.VmFixture.LOCAL_FS;
import static org.atoll.servers.vm.VmFixture.PAGE;
import static org.atoll.servers.vm.VmFixture.PRIVATE;
import static org.atoll.servers.vm.VmFixture.PROGRAM;
import static org.atoll.servers.vm.VmFixture.READ;
import static org.atoll.servers.vm.VmFixture.REMOTE_FS;
import static org.atoll.servers.vm.VmFixture.SHARED;
import static org.atoll.servers.vm.VmFixture.STACK_TOP;
import static org.atoll.servers.vm.VmFixture.TASK;
import static org.atoll.servers.vm.VmFixture.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Limits;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.abi.protocol.VmProtocol.Call;
import org.atoll.libsys.testing.TurnRecorder;
import org.junit.jupiter.api.Test;

class MappingTest {

  private static final long NOREPLACE = 0x10_0000;

  private final VmFixture f = new VmFixture();
  private final TurnRecorder vm = f.vm;

  @Test
  void mappingsAreStackedDownwardsBelowTheStack() {
    long first = f.mapAnonymous(3 * PAGE);
    long second = f.mapAnonymous(100);
    assertTrue(first < STACK_TOP - (100L << 20));
    assertEquals(first - PAGE, second);
  }

  @Test
  void aHintIsTakenWhenItIsFree() {
    assertEquals(0x5000_0000L, f.now(TASK, Call.MMAP, 0x5000_0000L, PAGE, READ, 0x22, -1, 0));
    assertTrue(f.now(TASK, Call.MMAP, 0x5000_0000L, PAGE, READ, 0x22, -1, 0) != 0x5000_0000L);
    assertEquals(0x5000_2000L, f.now(TASK, Call.MMAP, 0x5000_1001L, PAGE, READ, 0x22, -1, 0));
  }

  @Test
  void wrongArgumentsAreRefusedAsLinuxDoes() {
    assertEquals(-EINVAL, f.now(TASK, Call.MMAP, 0, 0, READ, 0x22, -1, 0));
    assertEquals(-EINVAL, f.now(TASK, Call.MMAP, 0, PAGE, READ, ANONYMOUS, -1, 0));
    assertEquals(-EINVAL, f.now(TASK, Call.MMAP, 0, PAGE, READ, 0x22, -1, 100));
    assertEquals(-EINVAL, f.now(TASK, Call.MMAP, 5, PAGE, READ, 0x32, -1, 0));
    assertEquals(-EBADF, f.now(TASK, Call.MMAP, 0, PAGE, READ, PRIVATE, -1, 0));
    assertEquals(-ENOMEM, f.now(TASK, Call.MMAP, 0, 1L << 39, READ, 0x22, -1, 0));
    long end = Limits.USER_ADDRESS_END;
    assertEquals(-ENOMEM, f.now(TASK, Call.MMAP, end, PAGE, READ, 0x32, -1, 0));
  }

  @Test
  void offsetsThatNoFileReachesAreRefused() {
    long end = (1L << 32) * PAGE;
    assertEquals(-EOVERFLOW, f.now(TASK, Call.MMAP, 0, PAGE, READ, PRIVATE, 4, -PAGE));
    assertEquals(-EOVERFLOW, f.now(TASK, Call.MMAP, 0, PAGE, READ, PRIVATE, 4, end));
    assertEquals(-EOVERFLOW, f.now(TASK, Call.MMAP, 0, PAGE + 1, READ, PRIVATE, 4, end - PAGE));
    assertEquals(-EBADF, f.now(TASK, Call.MMAP, 0, PAGE, READ, PRIVATE, -1, end));
  }

  @Test
  void aMappingThatGrowsBehindTheLastPageOfAllFilesIsABusErrorThere() {
    long request = vm.ask(TASK, Call.MMAP, 0, PAGE, READ, PRIVATE, 4, ((1L << 32) - 1) * PAGE);
    vm.answer(vm.expect(VfsProtocol.Call.MAP), 77, LOCAL_FS, 9, 1, Long.MAX_VALUE);
    long at = f.now(TASK, Call.MREMAP, vm.result(request), PAGE, 2 * PAGE, 1, 0);
    assertEquals(-EIO, f.now(TASK, Call.FAULT, at + PAGE, READ));
    assertFalse(vm.sentAny(FsProtocol.Call.PAGE));
    vm.ask(TASK, Call.FAULT, at, READ);
    assertEquals((1L << 32) - 1, vm.expect(FsProtocol.Call.PAGE).word(1));
    assertFalse(vm.sentAny(FsProtocol.Call.PAGE));
  }

  @Test
  void aFixedMappingReplacesWhatIsThereAndNoreplaceDoesNot() {
    long at = f.mapAnonymous(3 * PAGE);
    f.store(TASK, at + PAGE, 5);
    long flags = PRIVATE | ANONYMOUS;
    assertEquals(-EEXIST, f.now(TASK, Call.MMAP, at + PAGE, PAGE, READ, flags | NOREPLACE, -1, 0));
    assertEquals(at + PAGE, f.now(TASK, Call.MMAP, at + PAGE, PAGE, READ, flags | FIXED, -1, 0));
    assertEquals(0, f.now(TASK, Call.FAULT, at + PAGE, READ));
    assertEquals(0, f.peek(TASK, at + PAGE));
    assertEquals(-EACCES, f.now(TASK, Call.FAULT, at + PAGE, WRITE));
    assertEquals(0, f.now(TASK, Call.FAULT, at, WRITE));
  }

  @Test
  void unmappingTheMiddleLeavesBothEnds() {
    long at = f.mapAnonymous(3 * PAGE);
    f.store(TASK, at, 1);
    f.store(TASK, at + 2 * PAGE, 3);
    assertEquals(0, f.now(TASK, Call.MUNMAP, at + PAGE, PAGE));
    assertEquals(1, f.peek(TASK, at));
    assertEquals(3, f.peek(TASK, at + 2 * PAGE));
    assertEquals(-EFAULT, f.now(TASK, Call.FAULT, at + PAGE, READ));
    assertEquals(-EINVAL, f.now(TASK, Call.MUNMAP, at + 1, PAGE));
    assertEquals(-EINVAL, f.now(TASK, Call.MUNMAP, at, 0));
    assertEquals(0, f.now(TASK, Call.MUNMAP, at, 100 * PAGE));
  }

  @Test
  void moreThanTheNodeHasIsRefused() {
    f.memory.framesTotal(200);
    assertEquals(-ENOMEM, f.mapAnonymous(300 * PAGE));
    assertTrue(f.now(TASK, Call.MMAP, 0, 300 * PAGE, 0, PRIVATE | ANONYMOUS, -1, 0) > 0);
    assertTrue(f.mapAnonymous(100 * PAGE) > 0);
    assertEquals(-ENOMEM, f.mapAnonymous(100 * PAGE));
  }

  @Test
  void whatIsUnmappedMayBePromisedAgain() {
    f.memory.framesTotal(200);
    long at = f.mapAnonymous(150 * PAGE);
    assertEquals(-ENOMEM, f.mapAnonymous(100 * PAGE));
    f.now(TASK, Call.MUNMAP, at, 150 * PAGE);
    assertTrue(f.mapAnonymous(100 * PAGE) > 0);
  }

  @Test
  void theLimitOfTheAddressSpaceHolds() {
    f.now(TASK, Call.LIMIT, 9, 1 << 20, Endpoint.NONE);
    assertEquals(-ENOMEM, f.mapAnonymous(2 << 20));
    assertTrue(f.mapAnonymous(PAGE) > 0);
    assertEquals(-EINVAL, f.now(TASK, Call.LIMIT, 77, 0, Endpoint.NONE));
  }

  @Test
  void protectionSplitsAndJoinsRegions() {
    long at = f.mapAnonymous(3 * PAGE);
    f.store(TASK, at + PAGE, 7);
    assertEquals(0, f.now(TASK, Call.MPROTECT, at + PAGE, PAGE, READ));
    assertEquals(-EACCES, f.now(TASK, Call.FAULT, at + PAGE, WRITE));
    assertEquals(0, f.now(TASK, Call.FAULT, at, WRITE));
    assertEquals(0, f.now(TASK, Call.MPROTECT, at + PAGE, PAGE, READ | WRITE));
    f.store(TASK, at + PAGE, 8);
    assertEquals(at, f.now(TASK, Call.MREMAP, at, 3 * PAGE, 2 * PAGE, 0, 0));
  }

  @Test
  void protectionStopsAtAHole() {
    long at = f.mapAnonymous(3 * PAGE);
    f.now(TASK, Call.MUNMAP, at + PAGE, PAGE);
    assertEquals(-ENOMEM, f.now(TASK, Call.MPROTECT, at, 3 * PAGE, READ));
    assertEquals(-EACCES, f.now(TASK, Call.FAULT, at, WRITE));
    assertEquals(0, f.now(TASK, Call.FAULT, at + 2 * PAGE, WRITE));
    assertEquals(-EINVAL, f.now(TASK, Call.MPROTECT, at + 1, PAGE, READ));
    assertEquals(-EINVAL, f.now(TASK, Call.MPROTECT, at, PAGE, 8));
    assertEquals(0, f.now(TASK, Call.MPROTECT, at, 0, READ));
  }

  @Test
  void aReadOnlySharedFileMappingIsNeverWritable() {
    long at = f.mapFile(TASK, LOCAL_FS, PAGE, PAGE, READ, SHARED);
    assertEquals(-EACCES, f.now(TASK, Call.MPROTECT, at, PAGE, READ | WRITE));
  }

  @Test
  void aSharedMappingOfAWritableDescriptorMayBecomeWritableWhereTheFileIs() {
    for (long first : new long[] {0, READ}) {
      long local = mapShared(LOCAL_FS, first);
      assertEquals(0, f.now(TASK, Call.MPROTECT, local, PAGE, READ | WRITE));
      long remote = mapShared(REMOTE_FS, first);
      assertEquals(-EACCES, f.now(TASK, Call.MPROTECT, remote, PAGE, READ | WRITE));
    }
  }

  @Test
  void aSharedPageThatBecameWritableIsStillTheFilesOwn() {
    int own = f.memory.frameAllocate();
    f.memory.frameRetain(own);
    long at = mapShared(LOCAL_FS, READ);
    vm.ask(TASK, Call.FAULT, at, READ);
    vm.answer(vm.expect(FsProtocol.Call.PAGE), 1, own, PAGE, 1);
    assertFalse(f.poke(TASK, at, 42));
    assertEquals(0, f.now(TASK, Call.MPROTECT, at, PAGE, READ | WRITE));
    f.store(TASK, at, 42);
    byte[] one = new byte[1];
    f.memory.frameRead(own, 0, one, 0, 1);
    assertEquals(42, one[0]);
  }

  /** A shared mapping of a descriptor that may write. */
  private long mapShared(int fs, long protection) {
    long request = vm.ask(TASK, Call.MMAP, 0, PAGE, protection, SHARED, 4, 0);
    vm.answer(vm.expect(VfsProtocol.Call.MAP), 77, fs, 9, 1, PAGE, 1);
    return vm.result(request);
  }

  @Test
  void aWritableSharedMappingOfARemoteFileIsRefused() {
    long result = f.mapFile(TASK, REMOTE_FS, PAGE, PAGE, READ | WRITE, SHARED);
    assertEquals(-ENODEV, result);
    assertEquals(77, vm.expect(VfsProtocol.Call.UNMAP).word(0));
  }

  @Test
  void theBreakMovesBothWaysWithinItsLimits() {
    long start = PROGRAM + PAGE;
    assertEquals(start, f.now(TASK, Call.BRK, 0));
    assertEquals(start + 5000, f.now(TASK, Call.BRK, start + 5000));
    f.store(TASK, start + 4999, 9);
    assertEquals(start + 5000, f.now(TASK, Call.BRK, start - 1));
    assertEquals(start + 100, f.now(TASK, Call.BRK, start + 100));
    assertEquals(-EFAULT, f.now(TASK, Call.FAULT, start + 4999, READ));
    f.now(TASK, Call.LIMIT, 2, 10 * PAGE, Endpoint.NONE);
    assertEquals(start + 100, f.now(TASK, Call.BRK, start + 11 * PAGE));
    assertEquals(start + 9 * PAGE, f.now(TASK, Call.BRK, start + 9 * PAGE));
    assertEquals(0, f.now(TASK, Call.FAULT, start + 8 * PAGE, WRITE));
  }

  @Test
  void aMappingGrowsInPlaceWhenThereIsRoom() {
    long at = 0x5000_0000L;
    f.now(TASK, Call.MMAP, at, PAGE, READ | WRITE, 0x22, -1, 0);
    assertEquals(at, f.now(TASK, Call.MREMAP, at, PAGE, 3 * PAGE, 0, 0));
    assertEquals(0, f.now(TASK, Call.FAULT, at + 2 * PAGE, WRITE));
  }

  @Test
  void aMappingMovesWithItsPagesWhenThereIsNone() {
    long at = f.mapAnonymous(2 * PAGE);
    f.store(TASK, at, 4);
    assertEquals(-ENOMEM, f.now(TASK, Call.MREMAP, at + PAGE, PAGE, 1L << 37, 1, 0));
    long above = f.now(TASK, Call.MMAP, at + 2 * PAGE, PAGE, READ, 0x22, -1, 0);
    assertEquals(at + 2 * PAGE, above);
    assertEquals(-ENOMEM, f.now(TASK, Call.MREMAP, at, 2 * PAGE, 5 * PAGE, 0, 0));
    long moved = f.now(TASK, Call.MREMAP, at, 2 * PAGE, 5 * PAGE, 1, 0);
    assertTrue(moved > 0 && moved != at);
    assertEquals(4, f.peek(TASK, moved));
    assertEquals(-EFAULT, f.now(TASK, Call.FAULT, at, READ));
    f.store(TASK, moved + 4 * PAGE, 6);
  }

  @Test
  void aMappingMovesToAFixedPlace() {
    long at = f.mapAnonymous(2 * PAGE);
    f.store(TASK, at + PAGE, 4);
    long to = 0x6000_0000L;
    assertEquals(-EINVAL, f.now(TASK, Call.MREMAP, at, 2 * PAGE, 2 * PAGE, 2, to));
    assertEquals(-EINVAL, f.now(TASK, Call.MREMAP, at, 2 * PAGE, 2 * PAGE, 3, at + PAGE));
    assertEquals(to, f.now(TASK, Call.MREMAP, at, 2 * PAGE, 2 * PAGE, 3, to));
    assertEquals(4, f.peek(TASK, to + PAGE));
    assertEquals(-EFAULT, f.now(TASK, Call.MREMAP, at, PAGE, PAGE, 1, 0));
  }

  @Test
  void dontneedDropsPagesAndUnknownAdviceIsRefused() {
    long at = f.mapAnonymous(2 * PAGE);
    f.store(TASK, at, 4);
    assertEquals(0, f.now(TASK, Call.MADVISE, at, PAGE, 4));
    assertEquals(0, f.now(TASK, Call.FAULT, at, READ));
    assertEquals(0, f.peek(TASK, at));
    assertEquals(0, f.now(TASK, Call.MADVISE, at, PAGE, 3));
    assertEquals(-EINVAL, f.now(TASK, Call.MADVISE, at, PAGE, 14));
    assertEquals(-EINVAL, f.now(TASK, Call.MADVISE, at + 1, PAGE, 4));
    f.now(TASK, Call.MUNMAP, at, PAGE);
    assertEquals(-ENOMEM, f.now(TASK, Call.MADVISE, at, 2 * PAGE, 4));
  }

  @Test
  void mincoreTellsWhatIsPresent() {
    long at = f.mapAnonymous(3 * PAGE);
    f.store(TASK, at + PAGE, 1);
    long request = vm.askWith(TASK, new byte[0], 3, Call.MINCORE, at, 3 * PAGE);
    assertEquals(0, vm.result(request));
    assertArrayEquals(new byte[] {0, 1, 0}, vm.out(request));
    assertEquals(-ENOMEM, f.now(TASK, Call.MINCORE, at + 100 * PAGE, PAGE));
  }

  @Test
  void msyncWantsAMappedRangeAndOneKind() {
    long at = f.mapAnonymous(PAGE);
    assertEquals(0, f.now(TASK, Call.MSYNC, at, PAGE, 4));
    assertEquals(-EINVAL, f.now(TASK, Call.MSYNC, at, PAGE, 5));
    assertEquals(-ENOMEM, f.now(TASK, Call.MSYNC, at + 100 * PAGE, PAGE, 4));
  }

  @Test
  void infoTellsSizes() {
    long at = f.mapAnonymous(10 * PAGE);
    f.store(TASK, at, 1);
    long info = vm.ask(VmFixture.PM, Call.INFO, TASK);
    assertEquals(0, vm.result(info));
    assertEquals((10 + 1 + 33) * PAGE, vm.word(info, 1));
    assertEquals(PAGE, vm.word(info, 2));
    long totals = vm.ask(TASK, Call.TOTALS);
    assertEquals(f.memory.framesTotal() * (long) PAGE, vm.result(totals));
  }
}
