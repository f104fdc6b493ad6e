package org.atoll.posix;

import static org.atoll.posix.PosixException.check;

import org.atoll.posix.gate.Bytes;
import org.atoll.posix.gate.Scratch;

/** {@code <sys/wait.h>}: the ends of children. */
public final class SysWait {

  /** Does not wait. */
  public static final int WNOHANG = 1;

  /** Tells of stopped children, too. */
  public static final int WUNTRACED = 2;

  /** Tells of children that go on, too. */
  public static final int WCONTINUED = 8;

  private SysWait() {}

  /**
   * What became of a child.
   *
   * @param pid its process id; 0: nothing yet
   * @param status as wait(2) has it
   */
  public record Status(int pid, int status) {

    /** Whether it exited. */
    public boolean exited() {
      return (status & 0x7f) == 0;
    }

    /** Its exit status. */
    public int exitStatus() {
      return status >> 8 & 0xff;
    }

    /** Whether a signal ended it. */
    public boolean signalled() {
      return (status & 0x7f) != 0 && (status & 0x7f) != 0x7f;
    }

    /** The signal that ended it. */
    public int termSignal() {
      return status & 0x7f;
    }

    /** Whether it is stopped. */
    public boolean stopped() {
      return (status & 0xff) == 0x7f;
    }
  }

  /** Waits for any child. Errors: ECHILD, EINTR. */
  public static Status waitForAny() {
    return waitpid(-1, 0);
  }

  /** Waits for a child, or with -1 for any. Errors: ECHILD, EINTR, EINVAL. */
  public static Status waitpid(int pid, int options) {
    try (Scratch s = Scratch.open()) {
      long room = s.copy(new byte[4]);
      int which = (int) check("waitpid", s.call(260, pid, room, options, 0));
      return new Status(which, Bytes.getInt(s.bytes(room, 4), 0));
    }
  }
}
