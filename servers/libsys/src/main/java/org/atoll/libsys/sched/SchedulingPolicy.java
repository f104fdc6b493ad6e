package org.atoll.libsys.sched;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/**
 * Decides what each process is given. Every method is part of a turn of the scheduler: it must not
 * wait, and nobody waits for it: until it has answered, a process has what its parent has.
 */
public interface SchedulingPolicy {

  /**
   * There is a new process, or one whose name, nice value or SCHED_ policy has changed; asked about
   * every process when the policy itself is new.
   */
  Share share(Candidate process);

  /** A process has used up its allowance, which begins anew. */
  default Share usedUp(Candidate process) {
    return process.share();
  }

  /** A process is over. */
  default void ended(Candidate process) {}

  /** Writes the state, versioned, if there is any. */
  default void save(StateWriter out) {}

  /** Reads into this policy, which is fresh, what {@link #save} wrote. */
  default void load(StateReader in) {}
}
