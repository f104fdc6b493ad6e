package org.atoll.drivers.link.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.atoll.drivers.link.LinkBrokenException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RingPairTest {

  private static final int ROUND_TRIPS = 300_000;

  private final ByteBuffer memory =
      ByteBuffer.allocateDirect(RingPair.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final RingPair maker = RingPair.ofMaker(memory);
  private final RingPair other = RingPair.ofOther(memory);

  @Test
  void bytesComeInOrderAcrossTheEndOfTheRing() throws LinkBrokenException {
    Random sizes = new Random(1);
    ByteBuffer taken = ByteBuffer.allocate(200_000);
    byte sent = 0;
    byte expected = 0;
    for (int round = 0; round < 200; round++) {
      ByteBuffer bytes = ByteBuffer.allocate(1 + sizes.nextInt(100_000));
      while (bytes.hasRemaining()) {
        bytes.put(sent++);
      }
      assertTrue(maker.writer().put(bytes.flip()));
      assertEquals(bytes.capacity(), other.reader().take(taken.clear()));
      for (taken.flip(); taken.hasRemaining(); expected++) {
        assertEquals(expected, taken.get());
      }
    }
    assertTrue(other.reader().isEmpty());
  }

  @Test
  void whatDoesNotFitIsNotPut() throws LinkBrokenException {
    assertTrue(maker.writer().put(ByteBuffer.allocate(RingPair.CAPACITY - 1)));
    assertFalse(maker.writer().put(ByteBuffer.allocate(2)));
    assertEquals(1, other.reader().take(ByteBuffer.allocate(1)));
    assertTrue(maker.writer().put(ByteBuffer.allocate(2)));
  }

  @Test
  void aWriterThatLiesIsFoundOut() {
    for (long tail : new long[] {-1, RingPair.CAPACITY + 1, Long.MAX_VALUE, Long.MIN_VALUE}) {
      memory.putLong(RingLayout.TAIL, tail);
      assertThrows(LinkBrokenException.class, () -> other.reader().take(ByteBuffer.allocate(100)));
    }
  }

  @Test
  void aReaderThatLiesIsToldNothing() {
    for (long head : new long[] {1, Long.MAX_VALUE, Long.MIN_VALUE, -RingPair.CAPACITY}) {
      memory.putLong(RingLayout.HEAD, head);
      assertFalse(maker.writer().put(ByteBuffer.allocate(1)));
    }
  }

  @Test
  void aReaderIsWokenOnceAndOnlyWhereItSleeps() {
    assertFalse(maker.writer().readerSleeps());
    assertTrue(other.reader().maySleep());
    assertTrue(maker.writer().readerSleeps());
    assertFalse(maker.writer().readerSleeps());
    assertTrue(other.reader().maySleep());
    other.reader().wakes();
    assertFalse(maker.writer().readerSleeps());
  }

  /** Fails where one of the two fences is missing, if both threads have a core now and then. */
  @Test
  void eitherTheReaderSeesWhatWasPutOrTheWriterSeesThatItSleeps() throws Exception {
    AtomicInteger writerAt = new AtomicInteger();
    AtomicInteger readerAt = new AtomicInteger();
    BitSet woken = new BitSet();
    CompletableFuture<Void> far =
        CompletableFuture.runAsync(() -> {
          ByteBuffer one = ByteBuffer.allocate(1);
          for (int round = 1; round <= ROUND_TRIPS; round++) {
            meet(writerAt, readerAt, round);
            assertTrue(maker.writer().put(one.clear()));
            woken.set(round, maker.writer().readerSleeps());
          }
        });
    BitSet asleep = new BitSet();
    ByteBuffer taken = ByteBuffer.allocate(1);
    for (int round = 1; round <= ROUND_TRIPS; round++) {
      meet(readerAt, writerAt, round);
      asleep.set(round, other.reader().maySleep());
      while (take(other.reader(), taken.clear()) == 0) {
        Thread.onSpinWait();
      }
    }
    far.get();
    asleep.andNot(woken);
    assertEquals(0, asleep.cardinality(), "lost wake-ups");
  }

  /** Waits until both are in the same round. */
  private static void meet(AtomicInteger own, AtomicInteger theirs, int round) {
    own.set(round);
    for (int spins = 0; theirs.get() < round; spins++) {
      if (spins < 1_000) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
  }

  /**
   * Two threads that sleep whenever there is nothing: one lost wake-up, and both sleep for ever.
   */
  @Test
  void noWakeUpIsLost() throws Exception {
    Semaphore makersBell = new Semaphore(0);
    Semaphore othersBell = new Semaphore(0);
    assertTrue(maker.writer().put(ByteBuffer.allocate(1)));
    CompletableFuture<Integer> far =
        CompletableFuture.supplyAsync(() -> pass(other, othersBell, makersBell));
    assertEquals(ROUND_TRIPS, pass(maker, makersBell, othersBell));
    assertEquals(ROUND_TRIPS, far.get());
  }

  /** Takes a byte and puts one, again and again; how often until nothing came any more. */
  private static int pass(RingPair pair, Semaphore own, Semaphore theirs) {
    ByteBuffer one = ByteBuffer.allocate(1);
    for (int round = 0; round < ROUND_TRIPS; round++) {
      while (take(pair.reader(), one.clear()) == 0) {
        if (!sleep(pair.reader(), own)) {
          return round;
        }
      }
      if (pair.writer().put(one.flip()) && pair.writer().readerSleeps()) {
        theirs.release();
      }
    }
    return ROUND_TRIPS;
  }

  private static int take(RingReader reader, ByteBuffer to) {
    try {
      return reader.take(to);
    } catch (LinkBrokenException broken) {
      throw new AssertionError(broken);
    }
  }

  /** As a CPU sleeps; whether it was woken, or did not need to be. */
  private static boolean sleep(RingReader reader, Semaphore bell) {
    boolean woken = true;
    if (reader.maySleep()) {
      try {
        woken = bell.tryAcquire(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    reader.wakes();
    return woken;
  }
}
