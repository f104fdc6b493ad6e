package org.atoll.servers.sched;

import org.atoll.abi.protocol.SchedProtocol;
import org.atoll.libsys.sched.Candidate;
import org.atoll.libsys.sched.SchedulingPolicy;
import org.atoll.libsys.sched.Share;

/**
 * The policy of a VOS that was given no other: as Linux, each step of nice is worth a quarter more
 * or less, SCHED_IDLE has next to nothing, and real-time policies go before all others.
 */
public final class FairPolicy implements SchedulingPolicy {

  /** Weights of nice values from -20 on (Linux {@code sched_prio_to_weight}). */
  private static final int[] WEIGHTS = {
    88761, 71755, 56483, 46273, 36291, 29154, 23254, 18705, 14949, 11916, 9548, 7620, 6100, 4904,
    3906, 3121, 2501, 1991, 1586, 1277, 1024, 820, 655, 526, 423, 335, 272, 215, 172, 137, 110, 87,
    70, 56, 45, 36, 29, 23, 18, 15
  };

  private static final int NICE_MIN = -20;
  private static final int IDLE_WEIGHT = 3;

  /** The level of real-time priority 0, had it one; that of priority 99 is 1. */
  private static final int REAL_TIME = 100;

  /** A slice of SCHED_RR: about 100 ms (Linux {@code RR_TIMESLICE}). */
  private static final int ROUND_ROBIN_QUANTUM = 10_000_000;

  @Override
  public Share share(Candidate process) {
    return switch (process.policy()) {
      case SchedProtocol.FIFO -> realTime(process, 0);
      case SchedProtocol.ROUND_ROBIN -> realTime(process, ROUND_ROBIN_QUANTUM);
      case SchedProtocol.IDLE -> Share.NORMAL.withWeight(IDLE_WEIGHT);
      default -> Share.NORMAL.withWeight(weight(process.nice()));
    };
  }

  private static Share realTime(Candidate process, int quantum) {
    return new Share(REAL_TIME - process.priority(), 0, quantum, 0);
  }

  private static int weight(int nice) {
    return WEIGHTS[Math.clamp(nice - NICE_MIN, 0, WEIGHTS.length - 1)];
  }
}
