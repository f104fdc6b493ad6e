package org.atoll.bench.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SteadinessTest {

  private final Steadiness steadiness = new Steadiness(3);

  @Test
  void whatBecomesQuickerIsNotSteady() {
    for (double nanos = 1_000; nanos > 1; nanos *= 0.96) {
      assertFalse(steadiness.after(nanos));
    }
  }

  @Test
  void whatHasNotBeatenItsBestForSomeTimesIs() {
    assertFalse(steadiness.after(1_000));
    assertFalse(steadiness.after(300));
    assertFalse(steadiness.after(310));
    assertFalse(steadiness.after(299));
    assertTrue(steadiness.after(2_000));
  }

  @Test
  void aLateStepBeginsAnew() {
    int quickest = 0;
    double[] nanos = {900, 905, 910, 400, 401, 402, 399};
    for (int i = 0; i < nanos.length; i++) {
      quickest = steadiness.after(nanos[i]) && quickest == 0 ? i : quickest;
    }
    assertEquals(6, quickest);
  }
}
