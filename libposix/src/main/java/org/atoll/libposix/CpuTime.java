package org.atoll.libposix;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;

/**
 * The CPU time of a process. A kernel counts what a process takes on its node; this remembers what
 * it took on those before. Owner: the process's task.
 */
final class CpuTime {

  private static final int STATE_VERSION = 1;

  private long before;
  private long userBefore;

  /** What it had taken in all when it set out for another node. */
  private long atDeparture;

  private long userAtDeparture;

  /** Nanoseconds in all. */
  long nanos(Turn turn) {
    return before + turn.kernel().cpuNanosOf(turn.self());
  }

  /** Nanoseconds in the program's own code. */
  long userNanos(Turn turn) {
    return userBefore + turn.kernel().userNanosOf(turn.self());
  }

  /** The process is about to leave its node; whether it does is not known yet. */
  void leave(Turn turn) {
    atDeparture = nanos(turn);
    userAtDeparture = userNanos(turn);
  }

  /** It is on another node, whose kernel counts from 0 on. */
  void arrive() {
    before = atDeparture;
    userBefore = userAtDeparture;
  }

  /** The child of a fork has taken none. */
  void clear() {
    before = 0;
    userBefore = 0;
  }

  void save(StateWriter out) {
    out.version(STATE_VERSION).writeLong(before).writeLong(userBefore);
    out.writeLong(atDeparture).writeLong(userAtDeparture);
  }

  void load(StateReader in) {
    in.version(STATE_VERSION);
    before = in.readLong();
    userBefore = in.readLong();
    atDeparture = in.readLong();
    userAtDeparture = in.readLong();
  }
}
