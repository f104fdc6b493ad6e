package org.atoll.libposix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.FileStatus;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.libposix.layout.LittleEndian;
import org.junit.jupiter.api.Test;

class FilesTest {

  private static final long BUFFER = TestProcess.DATA;
  private static final int READ = 63;
  private static final int WRITE = 64;
  private static final int READV = 65;
  private static final int WRITEV = 66;
  private static final int SENDFILE = 71;

  private final TestProcess p = TestProcess.running();

  @Test
  void readFillsTheBufferAndAdvancesThePc() {
    p.call(READ, 3, BUFFER, 100);
    p.asked(Role.VFS, VfsProtocol.Call.READ, 3, 100, -1);
    assertFalse(p.program.runnable());
    p.answerWith(TestProcess.bytes("hello"), 5, 0);
    p.returned(5);
    assertArrayEquals(TestProcess.bytes("hello"), p.machine.peek(BUFFER, 5));
  }

  @Test
  void aLargeReadGoesOnInPiecesWhileThereIsMore() {
    p.call(READ, 3, BUFFER, 100_000);
    p.asked(Role.VFS, VfsProtocol.Call.READ, 3, 65_536, -1);
    p.answerWith(new byte[65_536], 65_536, 1);
    p.asked(Role.VFS, VfsProtocol.Call.READ, 3, 34_464, -1);
    p.answerWith(new byte[10], 10, 0);
    p.returned(65_546);
  }

  @Test
  void anErrorInALaterPieceLeavesWhatWasDone() {
    p.call(WRITE, 3, BUFFER, 70_000);
    p.answer(65_536);
    p.answer(-Errno.ENOSPC);
    p.returned(65_536);
  }

  @Test
  void aBufferThatEndsInNothingIsReadAsFarAsItGoes() {
    long end = TestProcess.DATA + TestProcess.DATA_BYTES;
    p.call(READ, 3, end - 8, 100);
    p.asked(Role.VFS, VfsProtocol.Call.READ, 3, 8, -1);
    p.answerWith(new byte[8], 8, 0);
    p.returned(8);
  }

  @Test
  void aBufferOutOfReachIsEfault() {
    p.call(READ, 3, 0x666000, 100);
    p.asked(Role.VFS, VfsProtocol.Call.READ, 3, 0, -1);
    p.answer(0);
    p.returned(-Errno.EFAULT);
    p.call(READ, 3, -8L, 100);
    p.answer(0);
    p.returned(-Errno.EFAULT);
    p.call(WRITE, 3, 1L << 38, 100);
    p.asked(Role.VFS, VfsProtocol.Call.WRITE, 3, 0, -1);
    p.answer(0);
    p.returned(-Errno.EFAULT);
  }

  @Test
  void aBadDescriptorIsSaidBeforeABufferOutOfReach() {
    p.call(READ, 3, 0x666000, 100);
    p.answer(-Errno.EBADF);
    p.returned(-Errno.EBADF);
  }

  @Test
  void aCodePageIsNoBufferToReadInto() {
    p.machine.populate(TestProcess.CODE, 1, KernelCalls.PAGE_READ);
    p.call(READ, 3, TestProcess.CODE, 100);
    p.answer(0);
    p.returned(-Errno.EFAULT);
  }

  @Test
  void writingToABrokenPipeRaisesSigpipe() {
    p.call(WRITE, 1, BUFFER, 3);
    p.answer(-Errno.EPIPE);
    p.asked(Role.PM, PmProtocol.Call.EXIT, Signals.SIGPIPE);
  }

  @Test
  void readersThatLeaveAWriteHalfWayRaiseSigpipe() {
    p.call(WRITE, 1, BUFFER, 5000);
    p.answer(4096, 0, Signals.SIGPIPE);
    p.asked(Role.PM, PmProtocol.Call.EXIT, Signals.SIGPIPE);
  }

  @Test
  void aFileAtItsLimitRaisesSigxfszAndOneAtItsLargestDoesNot() {
    p.call(WRITE, 1, BUFFER, 3);
    p.answer(-Errno.EFBIG);
    p.returned(-Errno.EFBIG);
    p.call(46, 1, 1000);
    p.asked(Role.VFS, VfsProtocol.Call.FTRUNCATE, 1, 1000);
    p.answer(-Errno.EFBIG);
    p.returned(-Errno.EFBIG);
    p.call(46, 1, 1000);
    p.answer(-Errno.EFBIG, Signals.SIGXFSZ);
    p.asked(Role.PM, PmProtocol.Call.EXIT, Signals.SIGXFSZ);
  }

  @Test
  void aWriteUpToTheLimitRaisesNothing() {
    p.call(WRITE, 1, BUFFER, 70_000);
    p.answer(65_536, 1);
    p.answer(-Errno.EFBIG, 0, Signals.SIGXFSZ);
    p.returned(65_536);
  }

  @Test
  void writevGathersSmallBuffersIntoOneWrite() {
    p.text(BUFFER, "abc").text(BUFFER + 0x5000, "defg");
    p.words(BUFFER + 0x100, BUFFER, 3, 0, 0, BUFFER + 0x5000, 4);
    p.call(WRITEV, 1, BUFFER + 0x100, 3);
    TestTurn.Sent sent = p.asked(Role.VFS, VfsProtocol.Call.WRITE, 1, 7, -1);
    assertArrayEquals(TestProcess.bytes("abcdefg"), sent.in);
    p.answer(7);
    p.returned(7);
  }

  @Test
  void readvScattersOverItsBuffersAndGoesOnWhileThereIsMore() {
    p.words(BUFFER + 0x100, BUFFER + 0x1000, 3, BUFFER + 0x2000, 100_000);
    p.call(READV, 0, BUFFER + 0x100, 2);
    p.asked(Role.VFS, VfsProtocol.Call.READ, 0, 65_536, -1);
    byte[] piece = new byte[65_536];
    java.util.Arrays.fill(piece, (byte) 'x');
    p.answerWith(piece, 65_536, 1);
    p.asked(Role.VFS, VfsProtocol.Call.READ, 0, 34_467, -1);
    p.answerWith(TestProcess.bytes("yz"), 2, 0);
    p.returned(65_538);
    assertEquals('x', p.machine.peek(BUFFER + 0x1002, 1)[0]);
    assertEquals(0, p.machine.peek(BUFFER + 0x1003, 1)[0]);
    assertArrayEquals(TestProcess.bytes("xyz"), p.machine.peek(BUFFER + 0x2000 + 65_532, 3));
  }

  @Test
  void moreBuffersThanIovMaxAreRefused() {
    p.call(READV, 0, BUFFER, 1025);
    p.answer(0);
    p.returned(-Errno.EINVAL);
  }

  @Test
  void openatReadsThePathAcrossPages() {
    long path = BUFFER + 0xffe;
    p.text(path, "/etc/passwd");
    p.call(56, -100, path, 0, 0);
    TestTurn.Sent sent = p.asked(Role.VFS, VfsProtocol.Call.OPEN, -100, 0, 0);
    assertArrayEquals(TestProcess.bytes("/etc/passwd"), sent.in);
    p.answer(3);
    p.returned(3);
  }

  @Test
  void aPathWithoutEndIsTooLongAndAnEmptyOneDoesNotExist() {
    p.machine.populate(BUFFER, 0x3000, KernelCalls.PAGE_READ);
    byte[] slashes = new byte[5000];
    java.util.Arrays.fill(slashes, (byte) '/');
    p.machine.poke(BUFFER, slashes);
    p.call(56, -100, BUFFER, 0, 0);
    p.returned(-Errno.ENAMETOOLONG);
    p.call(56, -100, BUFFER + 0x2000, 0, 0);
    p.returned(-Errno.ENOENT);
  }

  @Test
  void fstatConvertsTheStatus() {
    byte[] status = new byte[FileStatus.BYTES];
    LittleEndian.putLong(status, FileStatus.SIZE, 1234);
    LittleEndian.putInt(status, FileStatus.MODE, 0100644);
    LittleEndian.putLong(status, FileStatus.MODIFIED, -1);
    p.call(80, 3, BUFFER);
    p.asked(Role.VFS, VfsProtocol.Call.STAT, 3, 0x1000);
    p.answerWith(status, 0);
    p.returned(0);
    assertEquals(1234, p.word(BUFFER + 48));
    assertEquals(0100644, p.word32(BUFFER + 16));
    assertEquals(-1, p.word(BUFFER + 88));
    assertEquals(999_999_999, p.word(BUFFER + 96));
  }

  @Test
  void sendfileCopiesAndMovesTheInputsOffset() {
    p.call(SENDFILE, 1, 3, 0, 70_000);
    p.asked(Role.VFS, VfsProtocol.Call.SEEK, 3, 0, 1);
    p.answer(10);
    p.asked(Role.VFS, VfsProtocol.Call.READ, 3, 65_536, 10);
    p.answerWith(TestProcess.bytes("hello"), 5, 1);
    TestTurn.Sent write = p.asked(Role.VFS, VfsProtocol.Call.WRITE, 1, 5, -1);
    assertArrayEquals(TestProcess.bytes("hello"), write.in);
    p.answer(5);
    p.asked(Role.VFS, VfsProtocol.Call.READ, 3, 65_536, 15);
    p.answerWith(new byte[0], 0, 0);
    p.asked(Role.VFS, VfsProtocol.Call.SEEK, 3, 15, 0);
    p.answer(15);
    p.returned(5);
  }

  @Test
  void timesThatAreBothLeftOutNeedNoFile() {
    long omit = 0x3fff_fffe;
    p.words(BUFFER, 0, omit, 0, omit);
    p.call(88, 77, 0x666000, BUFFER, 0xffff);
    p.returned(0);
    p.text(BUFFER + 64, "/a").words(BUFFER, 0, omit, 5, 0);
    p.call(88, -100, BUFFER + 64, BUFFER, 0);
    p.asked(Role.VFS, VfsProtocol.Call.UTIMES, -100, FileStatus.TIME_OMIT, 5_000_000_000L, 0);
    p.answer(0);
    p.returned(0);
  }

  @Test
  void sendfileFromAPipeIsRefused() {
    p.call(SENDFILE, 1, 3, 0, 10);
    p.answer(-Errno.ESPIPE);
    p.returned(-Errno.EINVAL);
  }

  private void rangeOfOneFile(long inOffset, long outOffset, long bytes) {
    p.words(BUFFER, inOffset, outOffset);
    p.call(285, 3, BUFFER, 4, BUFFER + 8, bytes, 0);
    p.answerWith(status(0100644, 7), 0);
    p.asked(Role.VFS, VfsProtocol.Call.STAT, 4, 0x1000);
    p.answerWith(status(0100644, 7), 0);
    p.asked(Role.VFS, VfsProtocol.Call.FCNTL, 4, 3);
    p.answer(2);
    p.answer(0);
    p.answer(0);
  }

  private static byte[] status(int mode, long inode) {
    byte[] status = new byte[FileStatus.BYTES];
    LittleEndian.putInt(status, FileStatus.MODE, mode);
    LittleEndian.putLong(status, FileStatus.INODE, inode);
    LittleEndian.putLong(status, FileStatus.SIZE, 1000);
    return status;
  }

  @Test
  void aRangeIsNotCopiedOverItself() {
    rangeOfOneFile(100, 150, 60);
    p.returned(-Errno.EINVAL);
    rangeOfOneFile(150, 100, 60);
    p.returned(-Errno.EINVAL);
    rangeOfOneFile(100, 160, 60);
    p.asked(Role.VFS, VfsProtocol.Call.READ, 3, 60, 100);
    p.answerWith(new byte[60], 60, 1);
    p.asked(Role.VFS, VfsProtocol.Call.WRITE, 4, 60, 160);
    p.answer(60);
    p.returned(60);
    assertEquals(160, p.word(BUFFER));
    assertEquals(220, p.word(BUFFER + 8));
  }

  @Test
  void rangesAreCopiedBetweenRegularFilesThatDoNotAppend() {
    p.call(285, 3, 0, 4, 0, 60, 0);
    p.answerWith(status(0010600, 6), 0);
    p.answerWith(status(0100644, 7), 0);
    p.returned(-Errno.EINVAL);
    p.call(285, 3, 0, 4, 0, 60, 0);
    p.answerWith(status(0100644, 6), 0);
    p.answerWith(status(0040755, 7), 0);
    p.returned(-Errno.EISDIR);
    p.call(285, 3, 0, 4, 0, 60, 0);
    p.answerWith(status(0100644, 6), 0);
    p.answerWith(status(0100644, 7), 0);
    p.answer(02001);
    p.returned(-Errno.EBADF);
  }

  @Test
  void pipe2StoresBothDescriptors() {
    p.call(59, BUFFER, 0);
    p.asked(Role.VFS, VfsProtocol.Call.PIPE, 0);
    p.answer(3, 4);
    p.returned(0);
    assertEquals(4L << 32 | 3, p.word(BUFFER));
  }

  @Test
  void selectTurnsSetsIntoPollAndBack() {
    p.words(BUFFER, 1 << 3 | 1 << 5).words(BUFFER + 0x100, 1 << 5);
    p.call(72, 6, BUFFER, BUFFER + 0x100, 0, 0, 0);
    TestTurn.Sent poll = p.asked(Role.VFS, VfsProtocol.Call.POLL, 2, -1);
    assertEquals(1L << 32 | 3, LittleEndian.getLong(poll.in, 0));
    assertEquals(5L << 32 | 5, LittleEndian.getLong(poll.in, 8));
    byte[] answer = poll.in.clone();
    LittleEndian.putShort(answer, 14, 0x14);
    p.answerWith(answer, 1);
    p.returned(2);
    assertEquals(1 << 5, p.word(BUFFER));
    assertEquals(1 << 5, p.word(BUFFER + 0x100));
  }

  @Test
  void aCallThatIsNotThereAnswersEnosysAndIsCounted() {
    p.call(425, 0, 0);
    p.returned(-Errno.ENOSYS);
    p.call(9999);
    p.returned(-Errno.ENOSYS);
    assertEquals(java.util.List.of(425L, 9999L), p.missing);
    assertTrue(p.program.runnable());
  }
}
