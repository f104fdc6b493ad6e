package org.atoll.drivers.link.netty;

import static org.atoll.drivers.link.netty.HaltPolling.SHORT_NANOS;
import static org.atoll.drivers.link.netty.HaltPolling.WINDOW_NANOS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HaltPollingTest {

  private static final long FOR_EVER = -1;

  private final HaltPolling polling = new HaltPolling(2);

  @Test
  void beforeItsFirstSleepACpuDoesNotLook() {
    assertEquals(0, polling.windowNanos(FOR_EVER));
  }

  @Test
  void afterAShortSleepItLooksForAWindow() {
    polling.slept(SHORT_NANOS - 1);
    assertEquals(WINDOW_NANOS, polling.windowNanos(FOR_EVER));
  }

  @Test
  void itLooksNotLongerThanItMaySleep() {
    polling.slept(0);
    assertEquals(7, polling.windowNanos(7));
  }

  @Test
  void afterALongSleepItDoesNotLook() {
    polling.slept(0);
    polling.slept(SHORT_NANOS);
    assertEquals(0, polling.windowNanos(FOR_EVER));
  }

  @Test
  void eachVainLookIsFollowedByTwiceAsManySleepsWithoutOne() {
    assertEquals(0, sleepsBeforeALook());
    for (int passes : new int[] {1, 3, 7, 15}) {
      polling.looked(false);
      assertEquals(passes, sleepsBeforeALook());
    }
  }

  @Test
  void aLookThatFindsSomethingIsFollowedByAnother() {
    polling.looked(false);
    polling.looked(true);
    assertEquals(0, sleepsBeforeALook());
  }

  @Test
  void onOneProcessorItNeverLooks() {
    HaltPolling alone = new HaltPolling(1);
    alone.slept(0);
    assertEquals(0, alone.windowNanos(FOR_EVER));
  }

  private int sleepsBeforeALook() {
    int sleeps = 0;
    polling.slept(0);
    while (polling.windowNanos(FOR_EVER) == 0) {
      polling.slept(0);
      sleeps++;
    }
    return sleeps;
  }
}
