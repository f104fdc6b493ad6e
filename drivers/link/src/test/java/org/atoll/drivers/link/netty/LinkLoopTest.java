package org.atoll.drivers.link.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.atoll.hypercall.Timers;
import org.atoll.hypercall.linux.Libc;
import org.atoll.hypercall.linux.LinuxTimers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each wait here has no end of its own: a wake-up that is lost is a test that does not end. */
@Timeout(20)
class LinkLoopTest {

  private static final long FOR_EVER = -1;
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  private static final long FAR = 2 * FarDeadline.NEAR_NANOS;

  private final CountedTimers timers = new CountedTimers();
  private final LinkLoop loop = new LinkLoop(timers);

  @BeforeEach
  void own() {
    loop.setOwningThread(Thread.currentThread());
  }

  @AfterEach
  void end() {
    var _ = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    while (!loop.isTerminated()) {
      loop.runNow();
    }
  }

  /** Has another thread do it, and waits until it has. */
  private static boolean elsewhere(Runnable action) {
    CompletableFuture.runAsync(action).join();
    return true;
  }

  @Test
  void aWakeUpBeforeTheWaitEndsIt() {
    assertTrue(elsewhere(loop::wake));
    loop.await(() -> true, FOR_EVER);
  }

  @Test
  void whatWasPublishedBeforeTheLoopAsksKeepsItFromWaiting() {
    loop.await(() -> false, FOR_EVER);
  }

  @Test
  void aWakeUpWhileTheLoopAsksEndsTheWait() {
    loop.await(() -> elsewhere(loop::wake), FOR_EVER);
  }

  @Test
  void theLoopHasAnnouncedItsWaitWhenItAsks() {
    loop.await(() -> elsewhere(loop::wakeup), FOR_EVER);
  }

  @Test
  void waitsEndAtTheirDeadlines() {
    for (long timeout : new long[] {FAR, 1, FarDeadline.NEAR_NANOS, FAR}) {
      long deadline = System.nanoTime() + timeout;
      while (System.nanoTime() - deadline < 0) {
        loop.await(() -> true, deadline - System.nanoTime());
      }
    }
  }

  @Test
  void theHostsTimerIsSetOnceForDeadlinesThatBecomeLater() {
    for (int i = 0; i < 100; i++) {
      loop.await(() -> false, HOUR + i);
    }
    assertEquals(List.of(HOUR), timers.set);
  }

  @Test
  void itIsSetAgainForAnEarlierDeadline() {
    loop.await(() -> false, 2 * HOUR);
    loop.await(() -> false, HOUR);
    loop.await(() -> false, 2 * HOUR);
    assertEquals(List.of(2 * HOUR, HOUR), timers.set);
  }

  @Test
  void itIsSetAgainWhenItHasGoneOff() {
    loop.await(() -> true, FAR);
    loop.await(() -> false, HOUR);
    assertEquals(List.of(FAR, HOUR), timers.set);
  }

  @Test
  void aNearDeadlineIsTheWaitsOwn() {
    loop.await(() -> true, FarDeadline.NEAR_NANOS - 1);
    assertEquals(List.of(), timers.set);
  }

  @Test
  void theFarthestDeadlineIsOne() {
    loop.await(() -> false, Long.MAX_VALUE);
    loop.await(() -> false, HOUR);
    assertEquals(HOUR, timers.set.getLast());
  }

  @Test
  void whatIsDoneEveryNowAndThenIsDoneAgain() {
    int[] times = new int[1];
    loop.every(1, () -> times[0]++);
    while (times[0] < 3) {
      loop.await(() -> true, FOR_EVER);
    }
  }

  /** Timers of the host, and what they were set to. */
  private static final class CountedTimers implements Timers {

    final List<Long> set = new ArrayList<>();
    private final Timers host = new LinuxTimers(new Libc());

    @Override
    public int create() throws IOException {
      return host.create();
    }

    @Override
    public void set(int timer, long nanos) throws IOException {
      set.add(nanos);
      host.set(timer, nanos);
    }
  }
}
