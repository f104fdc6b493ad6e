package org.atoll.bench;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Short runs of JMH, each method in a JVM of its own, so that rounds of several can alternate.
 *
 * <p>Invocations are sampled, not averaged: on a machine with other work an average is mostly that
 * work's. An invocation is many operations, so that reading the clock does not count.
 */
final class JmhRounds {

  private static final int WARMUP_ITERATIONS = 4;
  private static final int ITERATIONS = 3;
  private static final TimeValue ITERATION = TimeValue.milliseconds(200);

  private JmhRounds() {}

  /**
   * Runs one benchmark method once, of which an invocation is that many operations, and adds its
   * samples, in nanoseconds of an operation, by the name of the method.
   *
   * @return bytes that an operation allocated
   */
  static double run(Comparison to, Class<?> benchmark, String method, int operations)
      throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include("^" + benchmark.getName().replace(".", "\\.") + "\\." + method + "$")
            .mode(Mode.SampleTime)
            .forks(1)
            .warmupIterations(WARMUP_ITERATIONS)
            .warmupTime(ITERATION)
            .measurementIterations(ITERATIONS)
            .measurementTime(ITERATION)
            .shouldFailOnError(true)
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .build();
    RunResult result = new Runner(options).runSingle();
    to.addMeans(method, samples(result, operations));
    var allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
    return allocated == null ? Double.NaN : allocated.getScore() / operations;
  }

  private static double[] samples(RunResult result, int operations) {
    var statistics = result.getPrimaryResult().getStatistics();
    double[] samples = new double[(int) statistics.getN()];
    int filled = 0;
    for (Iterator<Map.Entry<Double, Long>> all = statistics.getRawData(); all.hasNext(); ) {
      Map.Entry<Double, Long> next = all.next();
      int until = filled + next.getValue().intValue();
      Arrays.fill(samples, filled, until, next.getKey() / operations);
      filled = until;
    }
    return Arrays.copyOf(samples, filled);
  }
}
