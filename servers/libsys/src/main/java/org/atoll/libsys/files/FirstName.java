package org.atoll.libsys.files;

import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Turn;

/** The first name of a LOOKUP's path, for file systems that follow one name after the other. */
public final class FirstName {

  /** Room that a buffer for it needs. */
  public static final int BUFFER_BYTES = Limits.NAME_BYTES_MAX + 1;

  private FirstName() {}

  /**
   * Copies it into a buffer.
   *
   * @return its bytes; EINVAL when there is none, ENAMETOOLONG, or what the kernel said, negated
   */
  public static int copy(Turn turn, long request, byte[] buffer) {
    int there = turn.kernel().inBytes(request);
    int bytes = Math.min(there, BUFFER_BYTES);
    int copied = bytes < 0 ? bytes : turn.kernel().copyIn(request, 0, buffer, 0, bytes);
    if (copied < 0) {
      return copied;
    }
    int end = 0;
    while (end < bytes && buffer[end] != '/') {
      end++;
    }
    return end == 0 ? -Errno.EINVAL : end > Limits.NAME_BYTES_MAX ? -Errno.ENAMETOOLONG : end;
  }
}
