import static org.atoll.posix.Signal.SIGINT;

import org.atoll.posix.PosixException;
import org.atoll.posix.Signal;
import org.atoll.posix.Time;

/** Sleeps until the third Ctrl-C: a handler, and a call that it interrupts. */
public final class Patience {

  private static int left = 3;

  private Patience() {}

  public static void main(String[] args) {
    Signal.sigaction(SIGINT, signal -> left--, 0, 0);
    System.out.println("ready");
    while (left > 0) {
      try {
        Time.nanosleep(1_000_000_000_000L);
      } catch (PosixException e) {
        System.out.println(e.getMessage() + ", " + left + " left");
      }
    }
    System.out.println("out of patience");
  }
}
