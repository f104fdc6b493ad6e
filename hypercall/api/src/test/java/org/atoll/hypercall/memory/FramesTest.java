package org.atoll.hypercall.memory;

import static java.nio.channels.FileChannel.MapMode.READ_WRITE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FramesTest {
  private record Code() implements DecodedCode {}

  private final Arena arena = Arena.ofShared();
  private final Frames frames = new Frames(arena.allocate(16 * 4096, 4096).address(), 16);

  @AfterEach
  void giveBack() {
    arena.close();
  }

  @Test
  void framesAreHandedOutInOrderUntilNoneIsLeft() {
    for (int i = 0; i < 16; i++) {
      assertEquals(i, frames.allocate());
      assertEquals(15 - i, frames.freeFrames());
    }
    assertEquals(Frames.NONE, frames.allocate());
    frames.release(7);
    assertEquals(7, frames.allocate());
    assertEquals(Frames.NONE, frames.allocate());
  }

  @Test
  void theLastFrameFreedIsTheFirstReused() {
    int a = frames.allocate();
    int b = frames.allocate();
    frames.release(a);
    frames.release(b);
    assertEquals(b, frames.allocate());
    assertEquals(a, frames.allocate());
  }

  @Test
  void aFrameIsFreeWhenItsLastReferenceGoes() {
    int frame = frames.allocate();
    frames.retain(frame);
    frames.release(frame);
    assertEquals(1, frames.references(frame));
    assertEquals(15, frames.freeFrames());
    frames.release(frame);
    assertEquals(0, frames.references(frame));
    assertEquals(16, frames.freeFrames());
  }

  @Test
  void aFreeFrameCannotBeRetainedAndStaysWhereItIs() {
    int first = frames.allocate();
    int second = frames.allocate();
    frames.release(first);
    frames.release(second);
    assertThrows(IllegalStateException.class, () -> frames.retain(second));
    assertEquals(second, frames.allocate());
    assertEquals(first, frames.allocate());
    assertEquals(2, frames.allocate());
  }

  @Test
  void aFreeFrameCannotBeReleasedAndStaysWhereItIs() {
    int first = frames.allocate();
    int second = frames.allocate();
    frames.release(first);
    frames.release(second);
    assertThrows(IllegalStateException.class, () -> frames.release(second));
    assertEquals(16, frames.freeFrames());
    assertEquals(second, frames.allocate());
    assertEquals(first, frames.allocate());
    assertEquals(2, frames.allocate());
  }

  /** Stands for instructions. */
  private static final class Decoded implements DecodedCode {}

  @Test
  void onlySoManyFramesHaveDecodedInstructions() {
    int count = Frames.DECODED_MAX + 2;
    Frames many = new Frames(0, count);
    for (int i = 0; i < count; i++) {
      many.decoded(many.allocate(), new Decoded());
    }
    assertNull(many.decoded(0));
    assertNull(many.decoded(1));
    assertNotNull(many.decoded(2));
    assertNotNull(many.decoded(count - 1));
    assertEquals(2, many.codeEpoch());
  }

  @Test
  void aReusedFrameIsZero() {
    int frame = frames.allocate();
    frames.write(frame, 0, new byte[] {1, 2, 3}, 0, 3);
    frames.release(frame);
    assertEquals(frame, frames.allocate());
    var bytes = new byte[3];
    frames.read(frame, 0, bytes, 0, 3);
    assertArrayEquals(new byte[3], bytes);
  }

  @Test
  void copiesStayInsideTheirFrames() {
    int frame = frames.allocate();
    var bytes = new byte[4097];
    assertThrows(IndexOutOfBoundsException.class, () -> frames.write(frame, 0, bytes, 0, 4097));
    assertThrows(IndexOutOfBoundsException.class, () -> frames.read(frame, 4096, bytes, 0, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> frames.copy(frame, -1, frame, 0, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> frames.zero(16, 0, 1));
    var buffer = ByteBuffer.allocate(4097);
    assertThrows(IndexOutOfBoundsException.class, () -> frames.write(frame, 0, buffer, 0, 4097));
    assertThrows(IndexOutOfBoundsException.class, () -> frames.read(frame, 4096, buffer, 0, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> frames.read(frame, 0, buffer, 4097, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> frames.write(16, 0, buffer, 0, 1));
  }

  @Test
  void framesBehindTheFirstGibibyteAreCopiedToAndFromBuffers(@TempDir Path folder)
      throws IOException {
    int count = (1 << 18) + 2;
    try (Arena life = Arena.ofConfined();
        FileChannel sparse = FileChannel.open(folder.resolve("memory"), CREATE, READ, WRITE)) {
      long address = sparse.map(READ_WRITE, 0, (long) count << 12, life).address();
      Frames many = new Frames(address, count);
      for (int frame : new int[] {0, (1 << 18) - 1, 1 << 18, (1 << 18) + 1}) {
        var three = ByteBuffer.wrap(new byte[] {0, 1, 2, (byte) frame});
        many.write(frame, 4093, three, 1, 3);
        var bytes = new byte[3];
        many.read(frame, 4093, bytes, 0, 3);
        assertArrayEquals(new byte[] {1, 2, (byte) frame}, bytes);
        var back = ByteBuffer.allocateDirect(5);
        many.read(frame, 4092, back, 1, 4);
        assertEquals(ByteBuffer.wrap(new byte[] {0, 0, 1, 2, (byte) frame}), back);
      }
    }
  }

  @Test
  void whatWasDecodedGoesWhenTheKernelWritesOrReuses() {
    int frame = frames.allocate();
    var code = new Code();
    List<Runnable> changes =
        List.of(
            () -> frames.write(frame, 0, new byte[1], 0, 1),
            () -> frames.write(frame, 0, ByteBuffer.allocate(1), 0, 1),
            () -> frames.zero(frame, 0, 1),
            () -> frames.copy(frame, 0, frame, 8, 1),
            () -> {
              frames.release(frame);
              assertEquals(frame, frames.allocate());
            });
    for (Runnable change : changes) {
      frames.decoded(frame, code);
      assertSame(code, frames.decoded(frame));
      long epoch = frames.codeEpoch();
      change.run();
      assertNull(frames.decoded(frame));
      assertEquals(epoch + 1, frames.codeEpoch());
    }
  }

  @Test
  void noFrameIsGivenToTwoOfSeveralThreads() throws InterruptedException {
    var failure = new AtomicReference<Throwable>();
    var start = new CountDownLatch(1);
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 4; i++) {
      byte mark = (byte) (i + 1);
      threads.add(Thread.ofPlatform().start(() -> allocateAndRelease(mark, start, failure)));
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertNull(failure.get());
    assertEquals(16, frames.freeFrames());
  }

  private void allocateAndRelease(
      byte mark, CountDownLatch start, AtomicReference<Throwable> failure) {
    try {
      start.await();
      var bytes = new byte[1];
      for (int n = 0; n < 20_000; n++) {
        int a = frames.allocate();
        int b = frames.allocate();
        frames.write(a, 0, new byte[] {mark}, 0, 1);
        frames.read(b, 0, bytes, 0, 1);
        assertEquals(0, bytes[0]);
        frames.release(b);
        frames.read(a, 0, bytes, 0, 1);
        assertEquals(mark, bytes[0]);
        frames.release(a);
      }
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
    }
  }
}
