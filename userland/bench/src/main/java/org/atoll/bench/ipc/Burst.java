package org.atoll.bench.ipc;

import java.util.Arrays;

/**
 * One round of a row.
 *
 * @param nanos of an operation, a sample each
 * @param allocatedBytes an operation, on all nodes; NaN where nobody knows
 * @param cpuNanos an operation, of all processes; NaN where nobody knows
 */
@SuppressWarnings("ArrayRecordComponent") // compared with itself alone
record Burst(double[] nanos, double allocatedBytes, double cpuNanos) {

  /** What a {@link SubjectMain} has printed. */
  static Burst of(double[] printed) {
    return new Burst(Arrays.copyOfRange(printed, 2, printed.length), printed[0], printed[1]);
  }
}
