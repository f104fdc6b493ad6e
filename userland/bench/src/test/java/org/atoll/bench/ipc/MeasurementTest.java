package org.atoll.bench.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementTest {

  /** Takes no time, and counts. */
  private static final class Counting implements Trial {
    private final boolean slow;
    int rounds;

    Counting(boolean slow) {
      this.slow = slow;
    }

    @Override
    public boolean slow() {
      return slow;
    }

    @Override
    public String missing() {
      return null;
    }

    @Override
    public long nanos() {
      return Duration.ofSeconds(10).toNanos();
    }

    @Override
    public long nanosOfFirst() {
      return Duration.ofSeconds(5).toNanos();
    }

    @Override
    public Burst round() {
      rounds++;
      return new Burst(new double[] {1}, Double.NaN, Double.NaN);
    }
  }

  private final Counting trial = new Counting(false);
  private final Counting library = new Counting(true);
  private final List<String> said = new ArrayList<>();
  private final Measurement measurement = new Measurement(List.of(row(trial)), said::add);

  private static Row row(Trial trial) {
    return new Row("row", "none", "host", 1, trial, List.of());
  }

  @Test
  void allRoundsAreMadeWhereThereIsTime() throws Exception {
    measurement.results(3, Measurement.AS_LONG_AS_IT_TAKES);
    assertEquals(3, trial.rounds);
    assertEquals(3, measurement.rounds());
  }

  @Test
  void noRoundButTheFirstIsBegunWithoutTimeForIt() throws Exception {
    measurement.results(3, Duration.ZERO);
    assertEquals(1, trial.rounds);
    assertEquals(1, measurement.rounds());
    assertTrue(said.getLast().contains("no time"), said::toString);
  }

  @Test
  void howLongItTakesIsSaidBeforehand() throws Exception {
    measurement.results(3, Measurement.AS_LONG_AS_IT_TAKES);
    assertTrue(said.getFirst().endsWith("about 35 s"), said::toString);
  }

  @Test
  void whatIsSlowIsInTheFirstRoundAloneWhereTimeIsShort() throws Exception {
    Measurement both = new Measurement(List.of(row(trial), row(library)), said::add);
    both.results(3, Duration.ofMinutes(8));
    assertEquals(3, trial.rounds);
    assertEquals(1, library.rounds);
    assertTrue(said.getFirst().endsWith("about 50 s"), said::toString);
    assertTrue(said.get(1).contains("first round alone"), said::toString);
  }

  @Test
  void itIsInEachRoundThatSomebodyHasAskedFor() throws Exception {
    new Measurement(List.of(row(library)), said::add).results(3, Measurement.AS_LONG_AS_IT_TAKES);
    assertEquals(3, library.rounds);
  }
}
