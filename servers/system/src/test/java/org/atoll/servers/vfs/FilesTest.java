package org.atoll.servers.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.protocol.FileStatus;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.abi.protocol.VfsProtocol.Call;
import org.junit.jupiter.api.Test;

final class FilesTest {

  private static final int RDWR = 2;
  private static final int CREAT = 0100;
  private static final int EXCL = 0200;
  private static final int TRUNC = 01000;
  private static final int APPEND = 02000;

  private final TestVos vos = new TestVos();
  private final TestVos.Guest p = vos.init();

  @Test
  void whatIsWrittenIsReadAgain() {
    p.put("/a", "hello");
    assertEquals("hello", p.get("/a"));
    assertEquals(5, p.stat("/a").size());
    assertEquals(0100644, p.stat("/a").mode());
  }

  @Test
  void theLowestFreeDescriptorIsTaken() {
    assertEquals(3, p.open("/a", CREAT | RDWR));
    assertEquals(4, p.open("/a", RDWR));
    assertEquals(0, p.close(3));
    assertEquals(3, p.open("/a", RDWR));
    assertEquals(5, p.call(Call.DUP, 3, 0, 0));
    assertEquals(10, p.call(Call.DUP, 3, 10, 0));
    assertEquals(-Errno.EBADF, p.close(77));
  }

  @Test
  void parentAndChildShareTheOffset() {
    p.put("/a", "abcdef");
    long fd = p.open("/a", 0);
    TestVos.Guest child = p.fork();
    assertEquals("ab", p.read(fd, 2));
    assertEquals("cd", child.read(fd, 2));
    assertEquals("ef", p.read(fd, 2));
    assertEquals("", child.read(fd, 2));
  }

  @Test
  void readsAtOneOffsetComeOneAfterTheOther() {
    p.put("/a", "abcdef");
    long fd = p.open("/a", 0);
    TestVos.Guest child = p.fork();
    TestMachine.Asked first = ask(p, fd);
    TestMachine.Asked second = ask(child, fd);
    vos.machine.run();
    assertEquals("ab", p.text(first));
    assertEquals("cd", child.text(second));
  }

  private TestMachine.Asked ask(TestVos.Guest guest, long fd) {
    Message m = new Message();
    Call.READ.encode(m, fd, 2, -1);
    return vos.machine.ask(guest.endpoint, TestVos.VFS, m, new byte[0], 2);
  }

  @Test
  void appendWritesAtTheEndWhoeverWroteBefore() {
    long a = p.open("/a", CREAT | RDWR | APPEND);
    long b = p.open("/a", RDWR | APPEND);
    p.write(a, "12");
    p.write(b, "34");
    p.write(a, "56");
    assertEquals("123456", p.get("/a"));
    assertEquals(6, p.call(Call.SEEK, a, 0, 1));
  }

  @Test
  void preadAndPwriteLeaveTheOffset() {
    long fd = p.open("/a", CREAT | RDWR);
    p.write(fd, "abcdef");
    assertEquals(2, p.call(Call.WRITE, "XY", 0, fd, 2, 1));
    assertEquals("XY", p.text(p.begin(Call.READ, new byte[0], 2, fd, 2, 1)));
    assertEquals(6, p.call(Call.SEEK, fd, 0, 1));
    assertEquals(4, p.call(Call.SEEK, fd, -2, 2));
    assertEquals("ef", p.read(fd, 9));
    assertEquals(-Errno.EINVAL, p.call(Call.SEEK, fd, -1, 0));
    assertEquals(-Errno.EINVAL, p.call(Call.SEEK, fd, -7, 2));
  }

  @Test
  void createExclusiveAndTruncateDoWhatTheyPromise() {
    p.put("/a", "abc");
    assertEquals(-Errno.EEXIST, p.open("/a", CREAT | EXCL | RDWR));
    assertEquals(-Errno.ENOENT, p.open("/b", RDWR));
    p.close(p.open("/a", TRUNC | RDWR));
    assertEquals("", p.get("/a"));
    assertEquals(-Errno.EISDIR, p.open("/", RDWR));
    assertEquals(-Errno.EISDIR, p.open("/new/", CREAT | RDWR));
  }

  @Test
  void holesReadZeroAndAreFound() {
    long fd = p.open("/a", CREAT | RDWR);
    p.call(Call.WRITE, "x", 0, fd, 1, 1L << 40);
    assertEquals((1L << 40) + 1, p.fstat(fd).size());
    assertEquals(8, p.fstat(fd).at(FileStatus.BLOCKS));
    assertEquals("\0\0", p.text(p.begin(Call.READ, new byte[0], 2, fd, 2, 12345)));
    assertEquals(0, p.call(Call.SEEK, fd, 0, 4));
    assertEquals(1L << 40, p.call(Call.SEEK, fd, 0, 3));
    assertEquals((1L << 40) + 1, p.call(Call.SEEK, fd, 1L << 40, 4));
    assertEquals(-Errno.ENXIO, p.call(Call.SEEK, fd, (1L << 40) + 1, 3));
  }

  @Test
  void truncateCutsAndWhatComesBackIsZero() {
    long fd = p.open("/a", CREAT | RDWR);
    p.write(fd, "abcdefgh");
    assertEquals(0, p.call(Call.FTRUNCATE, fd, 3));
    assertEquals(0, p.call(Call.TRUNCATE, "/a", 0, 6));
    assertEquals("abc\0\0\0", p.get("/a"));
  }

  @Test
  void punchedHolesAreZeroAndGiveTheirFramesBack() {
    long fd = p.open("/a", CREAT | RDWR);
    p.call(Call.WRITE, "x".repeat(20000), 0, fd, 20000, 0);
    int frames = vos.machine.frameCount();
    assertEquals(0, p.call(Call.FALLOCATE, fd, 3, 100, 10000));
    assertEquals(frames - 1, vos.machine.frameCount());
    String text = p.text(p.begin(Call.READ, new byte[0], 20000, fd, 20000, 0));
    String expected = "x".repeat(100) + "\0".repeat(10000) + "x".repeat(9900);
    assertEquals(expected, text);
    assertEquals(0, p.call(Call.FALLOCATE, fd, 0, 0, 30000));
    assertEquals(30000, p.fstat(fd).size());
    assertEquals(-Errno.EOPNOTSUPP, p.call(Call.FALLOCATE, fd, 8, 0, 4096));
  }

  @Test
  void theDiskIsFullWhenTheShareOfTheNodeIsUsed() {
    vos.machine.framesTotal = 20;
    long fd = p.open("/a", CREAT | RDWR);
    assertEquals(40960, p.call(Call.WRITE, "x".repeat(50000), 0, fd, 50000, 0));
    assertEquals(-Errno.ENOSPC, p.call(Call.WRITE, "x", 0, fd, 1, 40960));
    assertEquals(0, p.unlink("/a"));
    assertEquals(0, p.close(fd));
    assertEquals(0, vos.machine.frameCount());
  }

  @Test
  void anUnlinkedFileLivesUntilItIsClosed() {
    p.put("/a", "abc");
    long fd = p.open("/a", 0);
    assertEquals(0, p.unlink("/a"));
    assertEquals("E2", p.get("/a"));
    assertEquals(0, p.fstat(fd).links());
    assertEquals("abc", p.read(fd, 9));
    p.close(fd);
    assertEquals(0, vos.machine.frameCount());
  }

  @Test
  void theSizeLimitOfTheProcessCutsWrites() {
    long fd = p.open("/a", CREAT | RDWR);
    p.call(Call.LIMIT, 1, 10, Endpoint.NONE);
    assertEquals(10, p.write(fd, "x".repeat(15)));
    assertEquals(-Errno.EFBIG, p.write(fd, "x"));
    long appending = p.open("/a", RDWR | APPEND);
    assertEquals(-Errno.EFBIG, p.write(appending, "x"));
  }

  @Test
  void whatTheSizeLimitRefusesRaisesSigxfsz() {
    long fd = p.open("/a", CREAT | RDWR);
    p.call(Call.LIMIT, 1, 10, Endpoint.NONE);
    p.write(fd, "x".repeat(10));
    assertRefusedForTheLimit(2, p.begin(Call.WRITE, new byte[1], 0, fd, 1, -1));
    assertRefusedForTheLimit(2, p.begin(Call.WRITE, new byte[1], 0, fd, 1, 10));
    assertRefusedForTheLimit(1, p.begin(Call.FTRUNCATE, new byte[0], 0, fd, 11));
    assertRefusedForTheLimit(1, p.begin(Call.TRUNCATE, TestVos.bytes("/a"), 0, 11));
    assertRefusedForTheLimit(1, p.begin(Call.FALLOCATE, new byte[0], 0, fd, 0, 5, 6));
    TestMachine.Asked huge =
        p.begin(Call.FALLOCATE, new byte[0], 0, fd, 0, Long.MAX_VALUE, Long.MAX_VALUE);
    assertEquals(-Errno.EFBIG, huge.word(0));
    assertEquals(Signal.NONE, huge.word(1));
  }

  private static void assertRefusedForTheLimit(int signalWord, TestMachine.Asked asked) {
    int sigxfsz = 25;
    assertEquals(-Errno.EFBIG, asked.word(0));
    assertEquals(sigxfsz, asked.word(signalWord));
  }

  @Test
  void aFileBeyondTheLimitMayShrink() {
    long fd = p.open("/a", CREAT | RDWR);
    p.write(fd, "x".repeat(15));
    p.call(Call.LIMIT, 1, 10, Endpoint.NONE);
    assertEquals(0, p.call(Call.FTRUNCATE, fd, 12));
    assertEquals(0, p.call(Call.FALLOCATE, fd, 0, 0, 12));
    assertEquals(12, p.fstat(fd).size());
  }

  @Test
  void theDescriptorLimitOfTheProcessHolds() {
    p.call(Call.LIMIT, 7, 4, Endpoint.NONE);
    assertEquals(3, p.open("/a", CREAT | RDWR));
    assertEquals(-Errno.EMFILE, p.open("/b", CREAT | RDWR));
    assertEquals("E24", p.get("/b"));
    assertEquals(-Errno.EMFILE, p.call(Call.PIPE, 0));
    assertEquals(-Errno.EINVAL, p.call(Call.DUP, 0, 4, 0));
  }

  @Test
  void accessModesAreKept() {
    p.put("/a", "abc");
    long reading = p.open("/a", 0);
    long writing = p.open("/a", 1);
    assertEquals(-Errno.EBADF, p.write(reading, "x"));
    assertEquals("E9", p.read(writing, 1));
    assertEquals(-Errno.EINVAL, p.call(Call.FTRUNCATE, reading, 0));
    assertEquals("E21", p.get("/"));
  }

  @Test
  void flagsAreShownAndChanged() {
    long fd = p.open("/a", CREAT | RDWR | 0100000);
    assertEquals(0100002, p.call(Call.FCNTL, fd, 3, 0));
    assertEquals(0, p.call(Call.FCNTL, fd, 4, APPEND | CREAT | 1));
    assertEquals(0102002, p.call(Call.FCNTL, fd, 3, 0));
    assertEquals(0, p.call(Call.FCNTL, fd, 1, 0));
    assertEquals(0, p.call(Call.FCNTL, fd, 2, 1));
    assertEquals(1, p.call(Call.FCNTL, fd, 1, 0));
  }

  @Test
  void execClosesWhatIsToBeClosed() {
    long kept = p.open("/a", CREAT | RDWR);
    long closed = p.open("/a", RDWR | 02000000);
    assertEquals(0, vos.ask(Call.EXEC, p.endpoint, -1, -1).word(0));
    assertEquals(0, p.fstat(kept).error());
    assertEquals(-Errno.EBADF, p.fstat(closed).error());
  }

  @Test
  void closeRangeClosesOrMarks() {
    for (int i = 3; i < 10; i++) {
      p.open("/a", CREAT | RDWR);
    }
    assertEquals(0, p.call(Call.CLOSE_RANGE, 5, 6, 0));
    assertEquals(-Errno.EBADF, p.close(5));
    assertEquals(0, p.call(Call.CLOSE_RANGE, 7, 0xffff_ffffL, 4));
    assertEquals(1, p.call(Call.FCNTL, 8, 1, 0));
    assertEquals(0, p.call(Call.FCNTL, 4, 1, 0));
    assertEquals(-Errno.EINVAL, p.call(Call.CLOSE_RANGE, 4, 3, 0));
  }

  @Test
  void dupToReplacesWhatWasThere() {
    p.put("/a", "abc");
    p.put("/b", "xyz");
    long a = p.open("/a", 0);
    long b = p.open("/b", 0);
    assertEquals(b, p.call(Call.DUP_TO, a, b, 0));
    assertEquals("abc", p.read(b, 3));
    assertEquals(b, p.call(Call.DUP_TO, b, b, 0));
    assertEquals(-Errno.EBADF, p.call(Call.DUP_TO, 99, b, 0));
  }

  @Test
  void aMappedFileStaysAndPagesBelongToIt() {
    p.put("/a", "abc");
    long fd = p.open("/a", RDWR);
    TestMachine.Asked map = vos.ask(Call.MAP, p.endpoint, fd, 1, 2);
    assertEquals(TestVos.FS, map.word(1));
    assertEquals(3, map.word(4));
    assertEquals(1, map.word(5));
    long readOnly = p.open("/a", 0);
    TestMachine.Asked second = vos.ask(Call.MAP, p.endpoint, readOnly, 1, 1);
    assertEquals(0, second.word(5));
    vos.ask(Call.UNMAP, second.word(0));
    p.close(readOnly);
    p.close(fd);
    p.unlink("/a");
    TestMachine.Asked page = vos.fs(FsProtocol.Call.PAGE, new byte[0], 0, map.word(2), 0, 0);
    assertEquals('b', vos.machine.frame((int) page.word(1))[1]);
    assertEquals(1, page.word(0));
    assertEquals(3, page.word(2));
    assertEquals(map.word(3), page.word(3));
    assertEquals(
        -Errno.ENXIO, vos.fs(FsProtocol.Call.PAGE, new byte[0], 0, map.word(2), 1, 0).word(0));
    vos.machine.releaseFrame((int) page.word(1));
    assertEquals(1, vos.machine.frameCount());
    assertEquals(0, vos.ask(Call.UNMAP, map.word(0)).word(0));
    assertEquals(0, vos.machine.frameCount());
    assertEquals(-Errno.EINVAL, vos.ask(Call.UNMAP, map.word(0)).word(0));
  }

  @Test
  void timesFollowWhatHappens() {
    p.put("/a", "abc");
    long born = p.stat("/a").at(FileStatus.BORN);
    vos.machine.nowNanos += 1000;
    p.get("/a");
    assertEquals(born + 1000, p.stat("/a").at(FileStatus.ACCESSED));
    assertEquals(born, p.stat("/a").at(FileStatus.MODIFIED));
    vos.machine.nowNanos += 1000;
    p.call(Call.UTIMES, "/a", 0, TestVos.AT_FDCWD, 5, FileStatus.TIME_OMIT, 0);
    assertEquals(5, p.stat("/a").at(FileStatus.ACCESSED));
    assertEquals(born, p.stat("/a").at(FileStatus.MODIFIED));
    assertEquals(born + 2000, p.stat("/a").at(FileStatus.CHANGED));
    assertNotEquals(0, p.stat("/a").at(FileStatus.DEVICE));
  }

  @Test
  void nothingIsLeftWhenEveryProcessIsGone() {
    p.put("/a", "abc");
    TestVos.Guest child = p.fork();
    child.open("/a", RDWR);
    child.call(Call.PIPE, 0);
    child.write(4, "data");
    TestMachine.Asked waiting = child.beginRead(0, 10);
    assertEquals(0, child.exit());
    assertEquals(-Errno.EINTR, waiting.word(0));
    p.unlink("/a");
    assertEquals(0, p.exit());
    assertEquals(0, vos.machine.frameCount());
    assertEquals(0, vos.machine.unanswered());
    assertEquals(-Errno.ESRCH, p.call(Call.CLOSE, 0));
  }

  @Test
  void hundredsOfMegabytesAreNoMatter() {
    vos.machine.swaps = false;
    vos.machine.framesTotal = 1_000_000;
    long fd = p.open("/big", CREAT | RDWR);
    byte[] piece = new byte[65536];
    for (int i = 0; i < 1024; i++) {
      TestMachine.Asked asked = p.beginWrite(fd, piece);
      assertEquals(65536, asked.word(0));
      assertEquals(1, asked.word(1));
    }
    assertEquals(64L << 20, p.fstat(fd).size());
    assertEquals(0, p.call(Call.FTRUNCATE, fd, 0));
    assertEquals(0, vos.machine.frameCount());
  }

  @Test
  void aCallThatTheKernelRefusesIsAnErrorAndLeavesNothingBehind() {
    p.put("/a", "abc");
    long fd = p.open("/a", RDWR);
    vos.machine.callsLeft = 0;
    assertEquals("E12", p.read(fd, 1));
    assertEquals(-Errno.ENOMEM, p.open("/a", RDWR));
    assertEquals(-Errno.ENOMEM, p.fstat(fd).error());
    assertEquals(-Errno.ENOMEM, p.call(Call.STAT, "", FileStatus.BYTES, 0, 0x1000));
    assertEquals("E12", p.read(0, 1));
    vos.machine.callsLeft = 1;
    assertEquals("E12", p.get("/a"));
    vos.machine.callsLeft = Integer.MAX_VALUE;
    assertEquals("abc", p.read(fd, 3));
    assertEquals(0, p.exit());
    assertEquals(0, vos.machine.unanswered());
  }
}
