package org.atoll.bench.ipc;

/** How many operations the tasks of a node are to make, and how long those took. */
interface Timing {

  /** Operations that a sample is the mean of. */
  int batch();

  /**
   * Says where the times of the next operations go, nanoseconds of an operation each. While no task
   * makes any.
   */
  void prepare(double[] times);

  /** Whether all are over. */
  boolean done();

  /** What one of the tasks has. */
  Watch watch();
}
