package org.atoll.bench.ipc;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * Makes operations until the JVMs that take part have compiled what they will: what counts is how
 * long code takes that is compiled, and where there is one core alone the compilers would keep
 * operations waiting for milliseconds.
 */
final class WarmUp {

  /** At most so many times the CPU time that is wanted, where other programs have the machine. */
  private static final int LONGEST = 8;

  private static final long SPAN_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** So much work of the compilers in a span is none. */
  private static final long QUIET_MILLIS = 4;

  /** After so many spans without any they rest. */
  private static final int QUIET_SPANS = 2;

  private final OperatingSystemMXBean process =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final Subject subject;

  /** Few of them at first, for nobody knows how long they take. */
  private double[] samples = new double[1];

  private long eachNanos;

  WarmUp(Subject subject) {
    this.subject = subject;
  }

  /**
   * Warms up.
   *
   * @param cpuNanos of this process, at least
   * @return how long each of the last samples took
   */
  long run(long cpuNanos) throws IOException {
    long cpuEnd = process.getProcessCpuTime() + cpuNanos;
    long end = System.nanoTime() + LONGEST * cpuNanos;
    int quiet = 0;
    while ((quiet < QUIET_SPANS || process.getProcessCpuTime() < cpuEnd)
        && System.nanoTime() < end) {
      quiet = span() <= QUIET_MILLIS && !Compilers.areAtWork() ? quiet + 1 : 0;
    }
    return Math.max(1, eachNanos);
  }

  /** Makes operations for a while; milliseconds of the compilers meanwhile. */
  private long span() throws IOException {
    long before = subject.counters().compiledMillis();
    long end = System.nanoTime() + SPAN_NANOS;
    for (long now = System.nanoTime(); now < end; ) {
      subject.run(samples);
      long after = System.nanoTime();
      eachNanos = (after - now) / samples.length;
      samples = new double[Math.clamp(2L * samples.length, 1, 100)];
      now = after;
    }
    return subject.counters().compiledMillis() - before;
  }
}
