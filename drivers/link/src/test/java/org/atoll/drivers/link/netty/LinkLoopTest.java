package org.atoll.drivers.link.netty;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each wait here has no end of its own: a wake-up that is lost is a test that does not end. */
@Timeout(20)
class LinkLoopTest {

  private static final long FOR_EVER = -1;

  private final LinkLoop loop = new LinkLoop();

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
}
