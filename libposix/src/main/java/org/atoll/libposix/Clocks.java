package org.atoll.libposix;

import org.atoll.abi.KernelCalls;
import org.atoll.abi.Turn;

/** What the clocks show by which the timers of a process go, in a turn. */
record Clocks(Turn turn, CpuTime cpu, Threads threads) {

  /** The clock of ITIMER_VIRTUAL, which has no number: time in the program alone. */
  static final int USER_TIME = -1;

  /** What a clock shows of a thread that is over. */
  static final long NOTHING = Long.MIN_VALUE;

  static Clocks of(Call c) {
    return new Clocks(c.turn(), c.process().cpu, c.threads());
  }

  KernelCalls kernel() {
    return turn.kernel();
  }

  /** Whether a clock stands while the process does. */
  static boolean countsCpuTime(int clock) {
    return clock == USER_TIME
        || clock == Times.CLOCK_PROCESS_CPUTIME_ID
        || clock == Times.CLOCK_THREAD_CPUTIME_ID;
  }

  /**
   * The monotonic clock, or the CPU time of the process or of a thread.
   *
   * @param thread whose clock it is, if it is that of a thread
   */
  long now(int clock, int thread) {
    return switch (clock) {
      case USER_TIME -> cpu.userNanos(turn);
      case Times.CLOCK_PROCESS_CPUTIME_ID -> cpu.nanos(turn);
      case Times.CLOCK_THREAD_CPUTIME_ID -> ofThread(thread);
      default -> kernel().nowNanos();
    };
  }

  private long ofThread(int id) {
    PosixThread thread = threads.byId(id);
    return thread == null ? NOTHING : threads.cpuNanosOf(turn, thread.state);
  }
}
