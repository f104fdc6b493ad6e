package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LoadAverageTest {

  private static final long SECOND = 1_000_000_000;

  private final LoadAverage load = new LoadAverage();

  /** The means in hundredths, as uptime(1) shows them. */
  private String means() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      text.append(i == 0 ? "" : " ").append(load.mean(i) * 100 / LoadAverage.ONE);
    }
    return text.toString();
  }

  @Test
  void itRisesTowardsTheNumberOfThoseWhoWantAProcessor() {
    for (int i = 1; i <= 60_000; i++) {
      load.note(i * SECOND / 1000, 2);
    }
    // 2 * (1 - 1/e), and the same of a fifth and a fifteenth of the exponent
    assertEquals("126 36 12", means());
    load.note(7200 * SECOND, 2);
    assertEquals("200 200 199", means());
  }

  @Test
  void timeThatNobodyWantsCountsAsWell() {
    load.note(600 * SECOND, 1);
    load.note(660 * SECOND, 0);
    assertEquals("36 70 45", means());
  }

  @Test
  void howFinelyTimeIsNotedDoesNotMatter() {
    LoadAverage coarse = new LoadAverage();
    for (int i = 1; i <= 1_000_000; i++) {
      load.note(i * SECOND / 10_000, i % 2);
    }
    for (int i = 1; i <= 1000; i++) {
      coarse.note((2 * i - 1) * SECOND / 20, 0);
      coarse.note(i * SECOND / 10, 1);
    }
    assertEquals(coarse.mean(0), load.mean(0), 2);
  }
}
