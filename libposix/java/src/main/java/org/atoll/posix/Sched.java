package org.atoll.posix;

import org.atoll.posix.gate.Gate;

/** {@code <sched.h>}: giving others a turn. */
public final class Sched {

  private Sched() {}

  /** Lets others run that wait to. */
  public static void sched_yield() {
    Gate.current().process().call(124);
  }
}
