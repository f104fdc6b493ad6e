package org.atoll.bench.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedStopwatchTest {

  private static final int BATCH = 100;

  private final AtomicInteger told = new AtomicInteger();
  private final SharedStopwatch stopwatch = new SharedStopwatch(BATCH, told::incrementAndGet);
  private final List<Watch> shares =
      List.of(stopwatch.watch(), stopwatch.watch(), stopwatch.watch());

  /** Operations that are made when the tasks take turns. */
  private int made() {
    int all = 0;
    int before;
    do {
      before = all;
      for (Watch share : shares) {
        if (share.begin()) {
          share.over();
          all++;
        }
      }
    } while (all > before);
    return all;
  }

  @Test
  void theTasksMakeAsManyOperationsAsAreWantedAndNoMore() {
    stopwatch.prepare(new double[5]);
    assertEquals(5 * BATCH, made());
    assertTrue(stopwatch.done());
    assertEquals(1, told.get());
  }

  @Test
  void nothingIsDoneBeforeTheLastOperationIsOver() {
    stopwatch.prepare(new double[1]);
    Watch share = shares.getFirst();
    for (int i = 1; i < BATCH; i++) {
      assertTrue(share.begin());
      share.over();
    }
    assertFalse(stopwatch.done());
    assertTrue(share.begin());
    share.over();
    assertFalse(stopwatch.done());
    shares.forEach(each -> assertFalse(each.begin()));
    assertTrue(stopwatch.done());
  }

  /** It may still be in the turn in which it made the last one. */
  @Test
  void nothingIsDoneBeforeEachTaskKnowsThatNothingIsLeft() {
    stopwatch.prepare(new double[1]);
    for (int i = 0; i < BATCH; i++) {
      assertTrue(shares.getFirst().begin());
      shares.getFirst().over();
    }
    assertFalse(shares.get(1).begin());
    assertFalse(shares.get(1).begin());
    assertFalse(shares.get(2).begin());
    assertFalse(stopwatch.done());
    assertFalse(shares.getFirst().begin());
    assertTrue(stopwatch.done());
  }

  @Test
  void aSampleIsTheMeanTimeOfItsOperations() {
    double[] nanos = new double[5];
    long before = System.nanoTime();
    stopwatch.prepare(nanos);
    made();
    double whole = System.nanoTime() - before;
    assertTrue(Arrays.stream(nanos).allMatch(each -> each >= 0), () -> Arrays.toString(nanos));
    assertTrue(Arrays.stream(nanos).sum() * BATCH <= whole);
  }
}
