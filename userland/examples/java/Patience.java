import static org.atoll.posix.Signal.SIGINT;

import org.atoll.posix.Signal;

/**
 * Waits for the third Ctrl-C. The signal is blocked but while it waits, so that none comes between
 * two waits and is missed.
 */
public final class Patience {

  private static int left = 3;

  private Patience() {}

  public static void main(String[] args) {
    Signal.sigprocmask(Signal.SIG_BLOCK, Signal.bit(SIGINT));
    Signal.sigaction(SIGINT, signal -> left--, 0, 0);
    System.out.println("ready");
    while (left > 0) {
      Signal.sigsuspend(0);
      System.out.println("interrupted, " + left + " left");
    }
    System.out.println("out of patience");
  }
}
