package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.atoll.abi.Errno;
import org.atoll.hypercall.memory.AddressSpace;
import org.atoll.hypercall.memory.Frames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Copies between a call's buffer and those of the transport, for each place that it may be in. */
@ParameterizedClass
@EnumSource(names = {"STAGED", "SPACE", "FRAME", "LENT"})
final class BufferTest {

  private static final int BYTES = 5_000;
  private static final int PAGE = 7;

  /** What is around the bytes in the transport's buffer. */
  private static final int BEFORE = 88;

  private static final int AFTER = 3;

  private final TestNode test = new TestNode();
  private final AddressSpace space = new AddressSpace(test.frames);
  private final Buffer buffer = new Buffer(test.frames, new Staging());
  private final Buffer.Storage storage;

  /** All bytes of the buffer: a frame has fewer. */
  private final int bytes;

  BufferTest(Buffer.Storage storage) {
    this.storage = storage;
    bytes = storage == Buffer.Storage.FRAME ? Frames.FRAME_BYTES : BYTES;
    map(PAGE, AddressSpace.READ | AddressSpace.WRITE);
    map(PAGE + 1, AddressSpace.READ | AddressSpace.WRITE);
    switch (storage) {
      case STAGED -> buffer.stageLater(bytes);
      case SPACE -> lieIn(buffer);
      case FRAME -> buffer.frame(test.frames.allocate(), 0, bytes);
      case LENT -> {
        CallRecord call = CallRecord.remote(test.frames, new Staging(), _ -> {});
        call.begin(5, 1);
        lieIn(call.out);
        buffer.lend(call, call.out, 0, bytes);
      }
      default -> throw new IllegalArgumentException(storage.name());
    }
  }

  /** Across the end of a page, to the middle of the next. */
  private void lieIn(Buffer part) {
    part.lie(space, ((PAGE + 1L) << Frames.FRAME_SHIFT) - BYTES + Frames.FRAME_BYTES - 100, BYTES);
  }

  private void map(long page, int rights) {
    assertTrue(space.map(page, test.frames.allocate(), rights));
  }

  @AfterEach
  void close() {
    buffer.clear();
    test.close();
  }

  private static byte[] pattern(int bytes) {
    byte[] pattern = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      pattern[i] = (byte) (i * 31 + 1);
    }
    return pattern;
  }

  private static ByteBuffer around(int bytes) {
    return ByteBuffer.allocateDirect(BEFORE + bytes + AFTER).position(BEFORE);
  }

  private static void fill(ByteBuffer to, byte[] with) {
    to.put(BEFORE, with);
  }

  private byte[] inside() {
    byte[] inside = new byte[bytes];
    assertEquals(bytes, buffer.read(0, inside, 0, bytes));
    return inside;
  }

  @Test
  void whatIsWrittenFromABufferIsReadToOne() {
    byte[] pattern = pattern(bytes);
    ByteBuffer from = around(bytes);
    fill(from, pattern);
    assertEquals(bytes, buffer.writeFrom(0, from, bytes));
    assertEquals(BEFORE, from.position());
    assertArrayEquals(pattern, inside());

    ByteBuffer to = around(bytes);
    assertEquals(bytes, buffer.readTo(0, to, bytes));
    assertEquals(BEFORE + bytes, to.position());
    byte[] all = new byte[to.capacity()];
    to.get(0, all);
    byte[] expected = new byte[all.length];
    System.arraycopy(pattern, 0, expected, BEFORE, bytes);
    assertArrayEquals(expected, all);
  }

  @Test
  void aPartIsWrittenAndReadWhereItIs() {
    ByteBuffer from = around(3);
    fill(from, new byte[] {1, 2, 3});
    assertEquals(3, buffer.writeFrom(bytes - 3, from, 3));
    assertEquals(2, buffer.writeFrom(bytes - 9, from, 2));
    byte[] expected = new byte[bytes];
    System.arraycopy(new byte[] {1, 2, 0, 0, 0, 0, 1, 2, 3}, 0, expected, bytes - 9, 9);
    assertArrayEquals(expected, inside());
    ByteBuffer to = around(9);
    assertEquals(9, buffer.readTo(bytes - 9, to, 9));
    assertEquals(2, to.get(BEFORE + 1));
    assertEquals(3, to.get(BEFORE + 8));
  }

  @Test
  void whatWasWrittenIsKnownFromItsFirstByteToItsLast() {
    ByteBuffer from = around(4);
    buffer.writeFrom(100, from, 4);
    buffer.writeFrom(20, from, 2);
    buffer.writeFrom(bytes, from, 0);
    assertEquals(20, buffer.low());
    assertEquals(104, buffer.high());
  }

  @Test
  void rangesOutsideAreRefusedAndNothingMoves() {
    ByteBuffer four = around(4).limit(BEFORE + 4);
    int[][] outside = {{bytes - 3, 4}, {-1, 2}, {0, -1}, {0, 5}, {Integer.MAX_VALUE, 4}};
    for (int[] range : outside) {
      assertEquals(-Errno.EFAULT, buffer.readTo(range[0], four, range[1]));
      assertEquals(-Errno.EFAULT, buffer.writeFrom(range[0], four, range[1]));
    }
    assertEquals(BEFORE, four.position());
    assertEquals(0, buffer.high());
  }

  @Test
  void aPageThatCannotBeWrittenIsAFaultAndNothingCountsAsWritten() {
    if (storage != Buffer.Storage.SPACE && storage != Buffer.Storage.LENT) {
      return;
    }
    space.protect(PAGE + 1, 1, AddressSpace.READ);
    ByteBuffer from = around(bytes);
    assertEquals(-Errno.EFAULT, buffer.writeFrom(0, from, bytes));
    assertEquals(0, buffer.high());
    assertEquals(10, buffer.writeFrom(0, from, 10));
    assertEquals(10, buffer.high());
  }

  @Test
  void aPageThatCannotBeReadIsAFaultAndTheTransportsBufferIsWhereItWas() {
    if (storage != Buffer.Storage.SPACE && storage != Buffer.Storage.LENT) {
      return;
    }
    space.protect(PAGE + 1, 1, AddressSpace.WRITE);
    ByteBuffer to = around(bytes);
    assertEquals(-Errno.EFAULT, buffer.readTo(0, to, bytes));
    assertEquals(BEFORE, to.position());
    assertEquals(10, buffer.readTo(0, to, 10));
    assertEquals(BEFORE + 10, to.position());
  }
}
