package org.atoll.hypercall.linux;

import org.atoll.abi.Errno;
import sun.misc.Signal;

/**
 * The process that started this one and waits for its end: the launcher's shell, which stays where
 * a terminal is to be given back.
 */
public final class WaitingParent {

  private static final int PR_SET_PDEATHSIG = 1;
  private static final int SIGINT = 2;
  private static final int SIGTERM = 15;
  private static final long SIG_DFL = 0;
  private static final int STATUS_OF_SIGNALS = 128;

  private final Libc libc;
  private final long pid;

  /** The parent that has said its number. */
  public WaitingParent(Libc libc, long pid) {
    this.libc = libc;
    this.pid = pid;
  }

  /**
   * When it dies, this process gets a SIGTERM; so it does when it is dead already. Called by a
   * thread that lives as long as the process: Linux forgets what an ended thread has asked for.
   */
  public void endTogether() {
    int result = libc.call(libc.symbol("prctl"), PR_SET_PDEATHSIG, SIGTERM, 0);
    if (result < 0) {
      throw new IllegalStateException("prctl failed: " + Errno.name(-result));
    }
    if (libc.call(libc.symbol("getppid"), 0, 0, 0) != pid) {
      libc.call(libc.symbol("kill"), libc.call(libc.symbol("getpid"), 0, 0, 0), SIGTERM, 0);
    }
  }

  /**
   * An interrupt ends the process, although a shell without job control starts what it does not
   * wait for at once with interrupts ignored, and a JVM leaves that so.
   */
  public void hearInterrupts() {
    libc.call(libc.symbol("signal"), SIGINT, SIG_DFL, 0);
    Signal.handle(new Signal("INT"), signal -> System.exit(STATUS_OF_SIGNALS + SIGINT));
  }
}
