package org.atoll.servers.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.protocol.EventProtocol;
import org.atoll.abi.protocol.VfsProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EventsTest {

  private static final int NONBLOCK = 04000;
  private static final int ADD = 1;
  private static final int REMOVE = 2;
  private static final int CHANGE = 3;
  private static final long MILLI = 1_000_000;

  private final TestVos vos = new TestVos();
  private final TestVos.Guest p = vos.init();

  @AfterEach
  void nothingIsLeft() {
    p.exit();
    assertEquals(0, vos.machine.frameCount());
    assertEquals(0, vos.machine.unanswered());
  }

  private TestMachine.Asked begin(EventProtocol.Call call, int room, long... words) {
    Message m = new Message();
    m.type = call.number();
    for (int i = 0; i < words.length; i++) {
      m.word(i, words[i]);
    }
    TestMachine.Asked asked = vos.machine.ask(p.endpoint, TestVos.VFS, m, new byte[0], room);
    vos.machine.run();
    return asked;
  }

  private long call(EventProtocol.Call call, long... words) {
    return begin(call, 0, words).word(0);
  }

  private long write(long fd, long value) {
    return p.beginWrite(fd, bytes(value)).word(0);
  }

  private static byte[] bytes(long value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }

  private static long value(TestMachine.Asked asked) {
    assertEquals(8, asked.word(0));
    return ByteBuffer.wrap(asked.out).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  private TestMachine.Asked await(long epoll, long timeout) {
    return begin(EventProtocol.Call.AWAIT, 128, epoll, 8, timeout, 0, 0);
  }

  private long now(long epoll) {
    return await(epoll, 0).word(0);
  }

  @Test
  void aCounterGivesItsSumAndIsEmpty() {
    long fd = call(EventProtocol.Call.COUNTER, 3, NONBLOCK);
    assertEquals(8, write(fd, 4));
    assertEquals(7, value(p.beginRead(fd, 8)));
    assertEquals(-Errno.EAGAIN, p.beginRead(fd, 8).word(0));
    assertEquals(-Errno.EINVAL, write(fd, -1));
    assertEquals(8, write(fd, -2));
    assertEquals(-Errno.EAGAIN, write(fd, 1));
  }

  @Test
  void aReadOfAnEmptyCounterWaitsForAWrite() {
    long fd = call(EventProtocol.Call.COUNTER, 0, 0);
    TestMachine.Asked waiting = p.beginRead(fd, 8);
    assertNull(waiting.answer);
    write(fd, 9);
    assertEquals(9, value(waiting));
  }

  @Test
  void aWriteThatHasNoRoomWaitsForARead() {
    long fd = call(EventProtocol.Call.COUNTER, 0, 0);
    write(fd, -2);
    TestMachine.Asked waiting = p.beginWrite(fd, bytes(5));
    assertNull(waiting.answer);
    assertEquals(-2, value(p.beginRead(fd, 8)));
    assertEquals(8, waiting.word(0));
    assertEquals(5, value(p.beginRead(fd, 8)));
  }

  @Test
  void whatWaitsEndsWithItsProcess() {
    TestVos.Guest child = p.fork();
    long fd = call(EventProtocol.Call.COUNTER, 0, 0);
    long set = call(EventProtocol.Call.EPOLL, 0);
    call(EventProtocol.Call.CONTROL, set, ADD, fd, Readiness.IN, 0);
    p.beginRead(fd, 8);
    await(set, -1);
    child.exit();
  }

  @Test
  void aLevelIsReportedUntilItIsGone() {
    long fd = call(EventProtocol.Call.COUNTER, 1, 0);
    long set = call(EventProtocol.Call.EPOLL, 0);
    assertEquals(0, call(EventProtocol.Call.CONTROL, set, ADD, fd, Readiness.IN, 77));
    TestMachine.Asked first = await(set, 0);
    assertEquals(1, first.word(0));
    ByteBuffer event = ByteBuffer.wrap(first.out).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(Readiness.IN, event.getInt(0));
    assertEquals(77, event.getLong(8));
    assertEquals(1, now(set));
    value(p.beginRead(fd, 8));
    assertEquals(0, now(set));
  }

  @Test
  void anEdgeIsReportedOnce() {
    long fd = call(EventProtocol.Call.COUNTER, 1, 0);
    long set = call(EventProtocol.Call.EPOLL, 0);
    call(EventProtocol.Call.CONTROL, set, ADD, fd, Readiness.IN | Interest.EDGE, 0);
    assertEquals(1, now(set));
    assertEquals(0, now(set));
    write(fd, 1);
    assertEquals(1, now(set));
    assertEquals(0, now(set));
  }

  @Test
  void aOneShotRestsUntilItIsSetAnew() {
    long fd = call(EventProtocol.Call.COUNTER, 1, 0);
    long set = call(EventProtocol.Call.EPOLL, 0);
    int once = Readiness.IN | Interest.ONE_SHOT;
    call(EventProtocol.Call.CONTROL, set, ADD, fd, once, 0);
    assertEquals(1, now(set));
    write(fd, 1);
    assertEquals(0, now(set));
    call(EventProtocol.Call.CONTROL, set, CHANGE, fd, once, 0);
    assertEquals(1, now(set));
  }

  @Test
  void aWaitIsAnsweredWhenSomethingIsAddedThatIsReady() {
    long fd = call(EventProtocol.Call.COUNTER, 1, 0);
    long set = call(EventProtocol.Call.EPOLL, 0);
    TestMachine.Asked waiting = await(set, -1);
    assertNull(waiting.answer);
    call(EventProtocol.Call.CONTROL, set, ADD, fd, Readiness.IN, 0);
    assertEquals(1, waiting.word(0));
    assertEquals(0, call(EventProtocol.Call.CONTROL, set, REMOVE, fd, 0, 0));
    assertEquals(-Errno.ENOENT, call(EventProtocol.Call.CONTROL, set, REMOVE, fd, 0, 0));
  }

  @Test
  void aSetInASetIsReadyWhenSomethingInItIs() {
    long fd = call(EventProtocol.Call.COUNTER, 0, 0);
    long inner = call(EventProtocol.Call.EPOLL, 0);
    long outer = call(EventProtocol.Call.EPOLL, 0);
    call(EventProtocol.Call.CONTROL, outer, ADD, inner, Readiness.IN, 0);
    assertEquals(
        -Errno.ELOOP, call(EventProtocol.Call.CONTROL, inner, ADD, outer, Readiness.IN, 0));
    call(EventProtocol.Call.CONTROL, inner, ADD, fd, Readiness.IN, 0);
    TestMachine.Asked waiting = await(outer, -1);
    assertNull(waiting.answer);
    write(fd, 1);
    assertEquals(1, waiting.word(0));
  }

  @Test
  void theLastDescriptorTakesAFileOutOfTheSet() {
    long fd = call(EventProtocol.Call.COUNTER, 1, 0);
    long set = call(EventProtocol.Call.EPOLL, 0);
    call(EventProtocol.Call.CONTROL, set, ADD, fd, Readiness.IN, 0);
    long copy = p.call(VfsProtocol.Call.DUP, fd, 0, 0);
    p.close(fd);
    assertEquals(1, now(set));
    p.close(copy);
    assertEquals(0, now(set));
  }

  @Test
  void aTimerGoesOffAndCountsWhatNobodyRead() {
    long fd = call(EventProtocol.Call.TIMER, 1, 0);
    call(EventProtocol.Call.SET_TIMER, fd, 0, 5 * MILLI, MILLI, 0);
    TestMachine.Asked waiting = p.beginRead(fd, 8);
    assertNull(waiting.answer);
    vos.machine.pass(5 * MILLI);
    assertEquals(1, value(waiting));
    vos.machine.pass(4 * MILLI);
    assertEquals(4, value(p.beginRead(fd, 8)));
  }

  @Test
  void signalsAreReadyForWhoHasThemPending() {
    long bit = 1L << 9;
    long fd = call(EventProtocol.Call.SIGNALS, -1, bit, 0);
    long set = call(EventProtocol.Call.EPOLL, 0);
    call(EventProtocol.Call.CONTROL, set, ADD, fd, Readiness.IN, 0);
    assertEquals(0, now(set));
    assertEquals(1, begin(EventProtocol.Call.AWAIT, 16, set, 1, 0, bit, 1).word(0));
    TestMachine.Asked read = p.beginRead(fd, 128);
    assertEquals(-Errno.EMOVED, read.word(0));
    assertEquals(bit, read.word(1));
  }
}
