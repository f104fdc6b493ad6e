package org.atoll.bench.ipc;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** What a row measures, in a JVM of its own: the same operation, again and again. */
interface Subject extends AutoCloseable {

  /** Operations that a sample is the mean of: 1, or so many that reading the clock counts not. */
  int batch();

  /** Samples of a round at most: each is a line of what its process prints. */
  default int samplesMax() {
    return 20_000;
  }

  /** Events at the target that an operation is, as its kernel counts them. */
  default int events() {
    return 1;
  }

  /**
   * Makes samples, checking each answer. Allocates nothing that a call does not.
   *
   * @param nanos is filled with nanoseconds of an operation, a sample each
   */
  void run(double[] nanos) throws IOException;

  /** What the kernels say so far; what counting itself takes is small, and the same each time. */
  Counters counters() throws IOException;

  @Override
  void close() throws IOException;

  /**
   * Sums since the nodes began.
   *
   * @param allocated bytes, on all nodes; the threads of the CPUs alone
   * @param cpuNanos of all nodes' processes
   * @param compiledMillis that the compilers of the nodes' JVMs worked
   * @param events that the target has handled, as its kernel counts them, or {@link #UNCOUNTED}
   */
  record Counters(long allocated, long cpuNanos, long compiledMillis, long events) {

    /** There is no kernel. */
    static final long UNCOUNTED = -1;

    /** Of a subject without a kernel. */
    static Counters ofThisThread() {
      var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      long bytes = threads.getCurrentThreadAllocatedBytes();
      long compiled = ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
      return new Counters(bytes, process.getProcessCpuTime(), compiled, UNCOUNTED);
    }

    Counters minus(Counters earlier) {
      return new Counters(
          allocated - earlier.allocated,
          cpuNanos - earlier.cpuNanos,
          compiledMillis - earlier.compiledMillis,
          events == UNCOUNTED ? UNCOUNTED : events - earlier.events);
    }
  }
}
