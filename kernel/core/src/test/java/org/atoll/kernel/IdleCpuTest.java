package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a CPU does between its last look for work and its wait; by turns, without a race. */
final class IdleCpuTest {

  private final TestNode test = new TestNode();
  private final int first = test.server("first", new TestTask());
  private final int second = test.server("second", new TestTask());

  @AfterEach
  void close() {
    test.close();
  }

  /** Has another thread do this when the CPU has said that it sleeps. */
  private void whileItGoesToSleep(Runnable action) {
    test.host.arrivals = () -> CompletableFuture.runAsync(action).join();
    test.node.cpu(0).runUntil(() -> !test.host.mayWait.isEmpty());
  }

  @Test
  void aCpuWithoutWorkWaits() {
    whileItGoesToSleep(() -> {});
    assertEquals(List.of(true), test.host.mayWait);
    assertEquals(0, test.host.wakeUps.get());
  }

  @Test
  void workThatComesMeanwhileKeepsItAwakeAndWakesIt() {
    whileItGoesToSleep(() -> test.node.channel(first).raise());
    assertEquals(List.of(false), test.host.mayWait);
    assertEquals(1, test.host.wakeUps.get());
  }

  @Test
  void itIsWokenOnceForAllThatComes() {
    whileItGoesToSleep(() -> {
      test.node.channel(first).raise();
      test.node.channel(second).raise();
    });
    assertEquals(1, test.host.wakeUps.get());
  }

  @Test
  void theEndOfTheVosKeepsItAwake() {
    whileItGoesToSleep(() -> test.node.halt(0));
    assertEquals(List.of(false), test.host.mayWait);
  }

  @Test
  void aCpuThatIsAwakeIsNotWoken() {
    test.node.channel(first).raise();
    assertEquals(0, test.host.wakeUps.get());
  }
}
