package org.atoll.hypercall.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.atoll.abi.Errno;
import org.atoll.hypercall.EventWait;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LinuxHostTest {

  private static final Path MAPS = Path.of("/proc/self/maps");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Libc libc = new Libc();
  private final LinuxHost host = new LinuxHost(libc, 2);

  @Test
  void memoryIsReservedWithoutBeingThere() {
    long address = host.reserveMemory(1L << 40);
    assertTrue(address > 0);
    assertEquals(0, address % 4096);
  }

  @Test
  void memoryThatCannotBeIsRefused() {
    assertEquals(-Errno.ENOMEM, host.reserveMemory(1L << 60));
  }

  @Test
  void memoryThatIsGivenBackIsNotTheProcesssAnyMore() throws IOException {
    ReservedMemory memory = new ReservedMemory(libc);
    long address = memory.reserve(1L << 40);
    String beginning = Long.toHexString(address) + "-";
    assertTrue(Files.readString(MAPS).contains(beginning), beginning);
    memory.close();
    assertFalse(Files.readString(MAPS).contains(beginning), beginning);
  }

  @Test
  void randomFillsJustTheRange() {
    byte[] bytes = new byte[10_000];
    host.random(bytes, 1, 9_998);
    assertEquals(0, bytes[0]);
    assertEquals(0, bytes[9_999]);
    assertFalse(Arrays.equals(bytes, 1, 5_000, bytes, 5_000, 9_999));
    byte[] others = new byte[10_000];
    host.random(others, 1, 9_998);
    assertFalse(Arrays.equals(bytes, others));
  }

  @Test
  void clocksGoOn() {
    long before = host.monotonicNanos();
    long wall = host.wallNanos();
    assertTrue(before >= 0);
    assertTrue(host.monotonicNanos() >= before);
    assertTrue(Math.abs(wall / 1_000_000 - System.currentTimeMillis()) < 10_000);
    assertNotEquals(0, wall);
  }

  @Test
  void aWaitEndsWhenItsTimeIsOver() {
    long before = host.monotonicNanos();
    host.eventWait(0).waitForEvent(() -> true, 1_000_000);
    assertTrue(host.monotonicNanos() - before >= 1_000_000);
  }

  @Test
  void aWaitThatMayNotBlockDoesNot() {
    assertTimeoutPreemptively(
        PATIENCE, () -> host.eventWait(0).waitForEvent(() -> false, -1), "it blocks");
  }

  @Test
  void aWakeupBeforeTheWaitEndsIt() {
    host.eventWait(1).wakeup();
    assertTimeoutPreemptively(
        PATIENCE, () -> host.eventWait(1).waitForEvent(() -> true, -1), "the wake-up is lost");
  }

  @Test
  void noWakeupIsLost() throws InterruptedException {
    EventWait wait = host.eventWait(0);
    AtomicInteger published = new AtomicInteger();
    AtomicInteger seen = new AtomicInteger();
    int rounds = 20_000;
    Thread waker =
        new Thread(() -> {
          for (int i = 0; i < rounds; i++) {
            while (seen.get() < i - 1) {
              Thread.onSpinWait();
            }
            published.incrementAndGet();
            wait.wakeup();
          }
        });
    waker.start();
    while (seen.get() < rounds) {
      wait.waitForEvent(() -> published.get() == seen.get(), -1);
      seen.set(published.get());
    }
    waker.join();
    assertEquals(rounds, published.get());
  }
}
