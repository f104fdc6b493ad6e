package org.atoll.posix;

/**
 * A call failed: what C has in {@code errno}. Unchecked, as a call that nobody expects to fail is
 * written without a word about it.
 */
public final class PosixException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int errno;

  /** An error of a call, as {@code perror} prints it: {@code open: No such file or directory}. */
  public PosixException(String call, int errno) {
    super(call + ": " + Errno.strerror(errno));
    this.errno = errno;
  }

  /** A constant of {@link Errno}. */
  public int errno() {
    return errno;
  }

  /** The result of a call that is not negative. */
  static long check(String call, long result) {
    if (result < 0) {
      throw new PosixException(call, (int) -result);
    }
    return result;
  }
}
