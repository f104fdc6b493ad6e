package org.atoll.servers.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import org.atoll.abi.Errno;
import org.atoll.abi.protocol.FileStatus;
import org.atoll.abi.protocol.VfsProtocol.Call;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PipesTest {

  private static final int RDONLY = 0;
  private static final int WRONLY = 1;
  private static final int RDWR = 2;
  private static final int NONBLOCK = 04000;

  private final TestVos vos = new TestVos();
  private final TestVos.Guest p = vos.init();
  private final TestVos.Guest q = p.fork();

  @AfterEach
  void nothingIsLeft() {
    q.exit();
    p.unlink("/fifo");
    p.exit();
    assertEquals(0, vos.machine.frameCount());
    assertEquals(0, vos.machine.unanswered());
  }

  /** A pipe of both: 3 reads, 4 writes. */
  private TestVos.Guest piped(int flags) {
    TestMachine.Asked asked = p.begin(Call.PIPE, new byte[0], 0, flags);
    assertEquals(3, asked.word(0));
    assertEquals(4, asked.word(1));
    return p.fork();
  }

  @Test
  void bytesComeOutAsTheyWentIn() {
    piped(0).exit();
    p.write(4, "hello ");
    p.write(4, "world");
    assertEquals("hel", p.read(3, 3));
    assertEquals("lo world", p.read(3, 100));
    assertEquals(FileMode.FIFO | 0600, p.fstat(3).mode());
    assertEquals(p.fstat(3).inode(), p.fstat(4).inode());
    assertEquals(-Errno.ESPIPE, p.call(Call.SEEK, 3, 0, 1));
    assertEquals(-Errno.EBADF, p.write(3, "x"));
  }

  @Test
  void aReadWaitsForBytesOrForTheLastWriter() {
    TestVos.Guest child = piped(0);
    TestMachine.Asked waiting = child.beginRead(3, 10);
    assertNull(waiting.answer);
    p.write(4, "abc");
    assertEquals("abc", child.text(waiting));
    TestMachine.Asked last = child.beginRead(3, 10);
    p.close(4);
    assertNull(last.answer);
    child.close(4);
    assertEquals("", child.text(last));
    assertEquals("", child.read(3, 1));
    child.exit();
  }

  @Test
  void aWriteWithoutReadersIsABrokenPipe() {
    TestVos.Guest child = piped(0);
    child.close(3);
    TestMachine.Asked waiting = child.beginWrite(4, new byte[65536]);
    assertEquals(65536, waiting.word(0));
    TestMachine.Asked more = child.beginWrite(4, new byte[5000]);
    assertNull(more.answer);
    p.close(3);
    assertEquals(-Errno.EPIPE, more.word(0));
    assertEquals(-Errno.EPIPE, child.write(4, "x"));
    child.exit();
  }

  @Test
  void aWriteThatReadersLeaveHalfWaySaysWhatWentInAndRaisesSigpipe() {
    TestVos.Guest child = piped(0);
    child.close(3);
    TestMachine.Asked write = child.beginWrite(4, new byte[65536]);
    assertEquals(0, write.word(2));
    TestMachine.Asked half = child.beginWrite(4, new byte[8192]);
    p.read(3, 4096);
    assertNull(half.answer);
    p.close(3);
    assertEquals(4096, half.word(0));
    assertEquals(Signal.PIPE, half.word(2));
    child.exit();
  }

  @Test
  void smallWritesGoInAsAWhole() {
    TestVos.Guest child = piped(0);
    p.beginWrite(4, new byte[65536 - 10]);
    TestMachine.Asked small = child.beginWrite(4, TestVos.bytes("x".repeat(20)));
    assertNull(small.answer);
    p.read(3, 9);
    assertNull(small.answer);
    p.read(3, 1);
    assertEquals(20, small.word(0));
    assertEquals(1, small.word(1));
    child.exit();
  }

  @Test
  void bigWritesGoInPieceByPieceAndKeepTheirOrder() {
    TestVos.Guest child = piped(0);
    p.beginWrite(4, new byte[60000]);
    byte[] data = new byte[30000];
    Arrays.fill(data, (byte) 1);
    TestMachine.Asked big = p.beginWrite(4, data);
    TestMachine.Asked after = child.beginWrite(4, TestVos.bytes("z"));
    assertNull(big.answer);
    assertEquals(60000, child.read(3, 60000).length());
    assertEquals(30000, big.word(0));
    assertEquals(1, after.word(0));
    String rest = p.read(3, 65536);
    assertEquals("\1".repeat(30000) + "z", rest);
    child.exit();
  }

  @Test
  void nonblockingEndsSayAgain() {
    piped(NONBLOCK).exit();
    assertEquals("E11", p.read(3, 1));
    assertEquals(65536, p.beginWrite(4, new byte[65536]).word(0));
    assertEquals(-Errno.EAGAIN, p.write(4, "x"));
    p.read(3, 100);
    assertEquals(-Errno.EAGAIN, p.write(4, "x".repeat(101)));
    assertEquals(100, p.beginWrite(4, new byte[5000]).word(0));
  }

  @Test
  void aCancelledWriteAnswersWhatItDid() {
    piped(0).exit();
    p.beginWrite(4, new byte[65000]);
    TestMachine.Asked write = p.beginWrite(4, new byte[5000]);
    vos.machine.cancel(write);
    vos.machine.run();
    assertEquals(536, write.word(0));
    TestMachine.Asked none = p.beginWrite(4, new byte[10]);
    vos.machine.cancel(none);
    vos.machine.run();
    assertEquals(-Errno.EINTR, none.word(0));
    p.read(3, 65536);
    TestMachine.Asked read = p.beginRead(3, 1);
    vos.machine.cancel(read);
    vos.machine.run();
    assertEquals(-Errno.EINTR, read.word(0));
  }

  @Test
  void aReaderThatDiesLeavesThePipeToTheOthers() {
    TestVos.Guest child = piped(0);
    TestMachine.Asked dead = child.beginRead(3, 5);
    vos.machine.cancel(dead);
    assertEquals(0, child.exit());
    TestMachine.Asked alive = p.beginRead(3, 5);
    p.write(4, "abc");
    assertEquals("abc", p.text(alive));
  }

  @Test
  void theCapacityIsSetAndKeepsWhatIsThere() {
    piped(0).exit();
    assertEquals(65536, p.call(Call.FCNTL, 3, 1032, 0));
    p.write(4, "abc");
    p.read(3, 2);
    p.write(4, "def");
    assertEquals(4096, p.call(Call.FCNTL, 3, 1031, 1));
    assertEquals("cdef", p.read(3, 10));
    assertEquals(8192, p.call(Call.FCNTL, 4, 1031, 5000));
    p.beginWrite(4, new byte[8192]);
    assertEquals(-Errno.EBUSY, p.call(Call.FCNTL, 4, 1031, 4096));
    assertEquals(1 << 20, p.call(Call.FCNTL, 4, 1031, 1 << 20));
    p.become(1, 1);
    assertEquals(-Errno.EPERM, p.call(Call.FCNTL, 4, 1031, (1 << 20) + 1));
  }

  // ---- FIFOs

  private void fifo() {
    p.call(Call.MKNOD, "/fifo", 0, TestVos.AT_FDCWD, 010666, 0);
  }

  private TestMachine.Asked beginOpen(TestVos.Guest guest, int flags) {
    return guest.begin(Call.OPEN, TestVos.bytes("/fifo"), 0, TestVos.AT_FDCWD, flags, 0);
  }

  @Test
  void openingAFifoWaitsForTheOtherEnd() {
    fifo();
    TestMachine.Asked reader = beginOpen(p, RDONLY);
    assertNull(reader.answer);
    TestMachine.Asked writer = beginOpen(q, WRONLY);
    assertEquals(3, reader.word(0));
    assertEquals(3, writer.word(0));
    q.write(3, "abc");
    assertEquals("abc", p.read(3, 9));
    TestMachine.Asked end = p.beginRead(3, 9);
    q.close(3);
    assertEquals("", p.text(end));
    assertEquals(FileMode.FIFO | 0644, p.fstat(3).mode());
  }

  @Test
  void nonblockingFifoOpensDoNotWait() {
    fifo();
    assertEquals(-Errno.ENXIO, beginOpen(q, WRONLY | NONBLOCK).word(0));
    assertEquals(3, beginOpen(p, RDONLY | NONBLOCK).word(0));
    assertEquals("", p.read(3, 1));
    assertEquals(3, beginOpen(q, WRONLY | NONBLOCK).word(0));
    assertEquals("E11", p.read(3, 1));
    assertEquals(4, beginOpen(q, RDWR).word(0));
  }

  @Test
  void aCancelledFifoOpenIsUndone() {
    fifo();
    TestMachine.Asked writer = beginOpen(q, WRONLY);
    vos.machine.cancel(writer);
    vos.machine.run();
    assertEquals(-Errno.EINTR, writer.word(0));
    TestMachine.Asked reader = beginOpen(p, RDONLY);
    assertNull(reader.answer);
    assertEquals(0, p.exit());
    assertEquals(-Errno.EINTR, reader.word(0));
  }

  @Test
  void anOpenGoesOnEvenWhenThePartnerLeftAgain() {
    fifo();
    TestMachine.Asked reader = beginOpen(p, RDONLY);
    long both = beginOpen(q, RDWR).word(0);
    q.close(both);
    assertEquals(3, reader.word(0));
    assertEquals("", p.read(3, 1));
  }

  // ---- poll

  private TestMachine.Asked poll(TestVos.Guest guest, long timeoutNanos, int... fdsAndEvents) {
    java.nio.ByteBuffer set = java.nio.ByteBuffer.allocate(4 * fdsAndEvents.length);
    set.order(java.nio.ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < fdsAndEvents.length; i += 2) {
      set.putInt(fdsAndEvents[i]).putShort((short) fdsAndEvents[i + 1]).putShort((short) 0);
    }
    int count = fdsAndEvents.length / 2;
    return guest.begin(Call.POLL, set.array(), 8 * count, count, timeoutNanos);
  }

  private static int ready(TestMachine.Asked asked, int index) {
    return asked.out[8 * index + 6] & 0xff | (asked.out[8 * index + 7] & 0xff) << 8;
  }

  @Test
  void pollSaysWhatAPipeIsReadyFor() {
    TestVos.Guest child = piped(0);
    TestMachine.Asked now = poll(p, 0, 3, 1, 4, 4, 99, 1, -1, 1);
    assertEquals(2, now.word(0));
    assertEquals(0, ready(now, 0));
    assertEquals(4, ready(now, 1));
    assertEquals(0x20, ready(now, 2));
    assertEquals(0, ready(now, 3));
    p.write(4, "x");
    assertEquals(1, ready(poll(p, -1, 3, 1), 0));
    p.close(4);
    child.close(4);
    assertEquals(0x11, ready(poll(p, -1, 3, 1), 0));
    assertEquals(0x10, ready(poll(p, -1, 3, 0), 0));
    child.exit();
  }

  @Test
  void pollWaitsForAPipeOrForTheTimeout() {
    TestVos.Guest child = piped(0);
    TestMachine.Asked waiting = poll(child, -1, 3, 1);
    assertNull(waiting.answer);
    p.write(4, "x");
    assertEquals(1, waiting.word(0));
    assertEquals(1, ready(waiting, 0));
    p.read(3, 1);
    TestMachine.Asked timed = poll(child, 1000, 3, 1);
    vos.machine.pass(999);
    assertNull(timed.answer);
    vos.machine.pass(1);
    assertEquals(0, timed.word(0));
    TestMachine.Asked cancelled = poll(child, 1000, 3, 1);
    vos.machine.cancel(cancelled);
    vos.machine.run();
    assertEquals(-Errno.EINTR, cancelled.word(0));
    assertEquals(0, vos.machine.alarmCount());
    assertEquals(0, poll(child, 0).word(0));
    child.exit();
  }

  @Test
  void pollSeesAWriterOfABrokenPipe() {
    TestVos.Guest child = piped(0);
    child.close(3);
    TestMachine.Asked waiting = poll(child, -1, 4, 0);
    p.close(3);
    assertEquals(8, ready(waiting, 0));
    child.exit();
  }

  @Test
  void pollAsksTheConsoleToo() {
    piped(0).exit();
    TestMachine.Asked nothing = poll(p, 0, 0, 1, 3, 1);
    assertEquals(0, nothing.word(0));
    TestMachine.Asked waiting = poll(p, -1, 0, 1, 3, 1);
    assertNull(waiting.answer);
    vos.host.input = TestVos.bytes("in");
    vos.wakeConsole();
    assertEquals(1, waiting.word(0));
    assertEquals(1, ready(waiting, 0));
    p.write(4, "x");
    assertEquals(2, poll(p, 0, 0, 1, 3, 1).word(0));
    assertEquals(1, poll(p, -1, 1, 4).word(0));
    assertFalse(vos.host.watchers.size() > 0);
  }

  // ---- the streams of the command

  @Test
  void theStreamsOfTheCommandGoToTheConsole() {
    assertEquals(3, p.write(1, "out"));
    assertEquals(3, q.write(2, "err"));
    assertEquals("out", vos.host.outputs.get(1).toString());
    assertEquals("err", vos.host.outputs.get(2).toString());
    vos.host.input = TestVos.bytes("input");
    assertEquals("inp", p.read(0, 3));
    assertEquals("ut", q.read(0, 3));
    TestMachine.Asked waiting = p.beginRead(0, 3);
    assertNull(waiting.answer);
    vos.machine.cancel(waiting);
    vos.machine.run();
    assertEquals(-Errno.EINTR, waiting.word(0));
    vos.host.inputEnded = true;
    assertEquals("", p.read(0, 3));
  }

  @Test
  void aNonblockingStreamIsAskedBeforeItIsRead() {
    p.call(Call.FCNTL, 0, 4, NONBLOCK);
    assertEquals("E11", p.read(0, 3));
    vos.host.input = TestVos.bytes("in");
    assertEquals("in", p.read(0, 3));
  }

  @Test
  void aStreamIsWhatTheHostSays() {
    assertEquals(FileMode.FIFO | 0600, p.fstat(0).mode());
    assertEquals(-Errno.ENOTTY, p.call(Call.IOCTL, "", 36, 0, 0x5401, 0));
    vos.host.kind = 0;
    assertEquals(FileMode.CHARACTER | 0620, p.fstat(1).mode());
    assertEquals(0xf001, p.fstat(1).at(FileStatus.SPECIAL_DEVICE));
    TestMachine.Asked termios = p.begin(Call.IOCTL, new byte[0], 36, 0, 0x5401, 0);
    assertEquals(0, termios.word(0));
    assertEquals(0, p.begin(Call.IOCTL, termios.out, 0, 0, 0x5402, 0).word(0));
    assertEquals(-Errno.EINVAL, p.begin(Call.IOCTL, new byte[36], 0, 0, 0x5402, 0).word(0));
    TestMachine.Asked size = p.begin(Call.IOCTL, new byte[0], 8, 0, 0x5413, 0);
    assertEquals(24, size.out[0]);
    assertEquals(80, size.out[2]);
    vos.host.kind = 2;
    assertEquals(FileMode.REGULAR | 0600, p.fstat(0).mode());
    vos.host.kind = 4;
    assertEquals(0x103, p.fstat(0).at(FileStatus.SPECIAL_DEVICE));
  }

  // ---- devices

  private long device(String path, int number, int flags) {
    p.call(Call.MKNOD, path, 0, TestVos.AT_FDCWD, 020666, number);
    return p.open(path, flags);
  }

  @Test
  void devicesAnswerByTheirNumbers() {
    long zero = device("/zero", 0x105, RDWR);
    assertEquals("\0\0\0", p.read(zero, 3));
    assertEquals(3, p.write(zero, "abc"));
    long none = device("/null", 0x103, RDWR);
    assertEquals("", p.read(none, 3));
    assertEquals(3, p.write(none, "abc"));
    assertEquals(0, p.call(Call.SEEK, none, 5, 0));
    long full = device("/full", 0x107, RDWR);
    assertEquals(-Errno.ENOSPC, p.write(full, "x"));
    assertEquals("\0", p.read(full, 1));
    long random = device("/urandom", 0x109, RDONLY);
    assertEquals(5000, p.read(random, 5000).length());
    assertEquals(-Errno.ENXIO, device("/odd", 0x1ff, RDWR));
    assertEquals(-Errno.ENXIO, device("/odd2", 0x7700, RDWR));
    assertEquals(-Errno.ENOTTY, p.call(Call.IOCTL, "", 36, none, 0x5401, 0));
  }

  @Test
  void theConsoleIsTheStreamsWhereItIsNoTerminal() {
    vos.withTerminals();
    long console = device("/console", 0x501, RDWR);
    p.write(console, "hi");
    assertEquals("hi", vos.host.outputs.get(1).toString());
    long err = device("/stderr", 0xf002, WRONLY);
    p.write(err, "e");
    assertEquals("e", vos.host.outputs.get(2).toString());
  }

  @Test
  void unreadBytesAreCounted() {
    piped(0).exit();
    p.write(4, "abc");
    assertEquals(3, p.begin(Call.IOCTL, new byte[0], 4, 3, 0x541b, 0).out[0]);
    p.put("/fifo", "12345");
    long fd = p.open("/fifo", 0);
    p.read(fd, 2);
    assertEquals(3, p.begin(Call.IOCTL, new byte[0], 4, fd, 0x541b, 0).out[0]);
  }
}
