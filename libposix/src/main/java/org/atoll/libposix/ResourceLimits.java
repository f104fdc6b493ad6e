package org.atoll.libposix;

import java.util.Arrays;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/** The process's sixteen resource limits, soft and hard (getrlimit). */
final class ResourceLimits {

  static final int COUNT = 16;

  static final int CPU = 0;
  static final int FSIZE = 1;
  static final int DATA = 2;
  static final int STACK = 3;
  static final int CORE = 4;
  static final int NPROC = 6;
  static final int NOFILE = 7;
  static final int MEMLOCK = 8;
  static final int AS = 9;
  static final int SIGPENDING = 11;
  static final int MSGQUEUE = 12;
  static final int NICE = 13;
  static final int RTPRIO = 14;

  /** No limit: all bits set, the largest unsigned number. */
  static final long INFINITE = -1;

  private static final long STACK_BYTES = 8L << 20;
  private static final long DESCRIPTORS = 1024;
  private static final long SIGNALS_QUEUED = 1024;

  private final long[] soft = new long[COUNT];
  private final long[] hard = new long[COUNT];

  ResourceLimits() {
    Arrays.fill(soft, INFINITE);
    Arrays.fill(hard, INFINITE);
    set(STACK, STACK_BYTES, INFINITE);
    set(CORE, 0, INFINITE);
    set(NPROC, Limits.PROCESSES_MAX, Limits.PROCESSES_MAX);
    set(NOFILE, DESCRIPTORS, Limits.DESCRIPTORS_MAX);
    set(MEMLOCK, STACK_BYTES, STACK_BYTES);
    set(SIGPENDING, SIGNALS_QUEUED, SIGNALS_QUEUED);
    set(MSGQUEUE, 819_200, 819_200);
    set(NICE, 0, 0);
    set(RTPRIO, 0, 0);
  }

  long soft(int resource) {
    return soft[resource];
  }

  long hard(int resource) {
    return hard[resource];
  }

  /** Real-time signals that may be pending. */
  long queuedSignals() {
    return soft(SIGPENDING) == INFINITE ? Long.MAX_VALUE : soft(SIGPENDING);
  }

  /** Whether so much CPU time reaches the hard limit. */
  boolean cpuIsOver(long nanos) {
    return nanos >= nanos(hard(CPU));
  }

  /** A limit in seconds as nanoseconds; what is infinite or larger is Long.MAX_VALUE. */
  static long nanos(long seconds) {
    boolean fits = seconds >= 0 && seconds < Long.MAX_VALUE / Times.NANOS_PER_SECOND;
    return fits ? seconds * Times.NANOS_PER_SECOND : Long.MAX_VALUE;
  }

  /**
   * Why a change is not allowed, as a negated errno, or 0. Nobody may raise a hard limit: root of a
   * VOS is not root of the machine (as in a container).
   */
  int refusal(int resource, long newSoft, long newHard) {
    if (Long.compareUnsigned(newSoft, newHard) > 0) {
      return -Errno.EINVAL;
    }
    boolean raises = Long.compareUnsigned(newHard, hard[resource]) > 0;
    boolean tooMany =
        resource == NOFILE && Long.compareUnsigned(newHard, Limits.DESCRIPTORS_MAX) > 0;
    return raises || tooMany ? -Errno.EPERM : 0;
  }

  void set(int resource, long newSoft, long newHard) {
    soft[resource] = newSoft;
    hard[resource] = newHard;
  }

  void save(StateWriter out) {
    for (int i = 0; i < COUNT; i++) {
      out.writeLong(soft[i]).writeLong(hard[i]);
    }
  }

  void load(StateReader in) {
    for (int i = 0; i < COUNT; i++) {
      set(i, in.readLong(), in.readLong());
    }
  }
}
