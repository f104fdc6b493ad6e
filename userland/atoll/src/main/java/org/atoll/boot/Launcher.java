package org.atoll.boot;

import org.atoll.hypercall.linux.Libc;
import org.atoll.hypercall.linux.WaitingParent;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ./atoll} script as this process sees it: where a terminal is to be given back it stays
 * as our parent, and says its number by a flag.
 */
public final class Launcher {

  private static final String PROPERTY = "atoll.launcher.pid";

  /** How its flag begins; it is for the process that it starts and no other. */
  static final String FLAG = "-D" + PROPERTY + "=";

  private Launcher() {}

  /** When it dies, or is interrupted, so does this process, in order. Called by the main thread. */
  public static void follow() {
    @Nullable Long pid = Long.getLong(PROPERTY);
    if (pid != null) {
      WaitingParent launcher = new WaitingParent(new Libc(), pid);
      launcher.hearInterrupts();
      launcher.endTogether();
    }
  }
}
