package org.atoll.bench.ipc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FiguresTest {

  private static Figures of(int batch, double... medians) {
    Figures figures = new Figures(batch);
    for (double median : medians) {
      figures.add(new Burst(new double[] {median - 1, median, median + 1}, 0, median));
    }
    return figures;
  }

  @Test
  void theMedianIsThatOfTheRoundsMedians() {
    assertEquals(20, of(1, 10, 1_000, 20).median());
    assertEquals(15, of(1, 10, 20).median());
  }

  @Test
  void theBestIsTheLowestMedian() {
    assertEquals(10, of(1, 30, 10, 20).best());
  }

  /** Of six rounds all lie on one side of the median in one case of 32, which is below 5 %. */
  @Test
  void theIntervalIsAllRoundsUpToSixAndLessFromNineOn() {
    assertArrayEquals(new double[] {1, 6}, of(1, 3, 1, 2, 6, 5, 4).interval());
    double[] nine = of(1, 1, 2, 3, 4, 5, 6, 7, 8, 9).interval();
    assertArrayEquals(new double[] {2, 8}, nine);
  }

  @Test
  void percentilesAreOfAllOperations() {
    Figures figures = new Figures(1);
    double[] samples = IntStream.range(0, 10_000).mapToDouble(i -> i).toArray();
    figures.add(new Burst(samples, 0, 0));
    assertEquals(9_900, figures.p99());
    assertEquals(9_990, figures.p999());
  }

  @Test
  void aHandfulOfSamplesHasNoPercentile() {
    assertTrue(Double.isNaN(of(1, 10, 20).p99()));
  }

  @Test
  void batchesHaveNoPercentile() {
    Figures figures = new Figures(1_000);
    figures.add(new Burst(new double[10_000], 0, 0));
    assertTrue(Double.isNaN(figures.p99()));
    assertEquals(10_000_000, figures.operations());
  }

  @Test
  void theRateIsOfTheMeanTime() {
    assertEquals(1e9 / 15, of(1, 10, 20).rate(), 1);
  }
}
