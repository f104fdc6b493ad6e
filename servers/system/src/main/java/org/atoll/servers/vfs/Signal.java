package org.atoll.servers.vfs;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;

/** Signals that a caller raises for itself because of an answer. */
final class Signal {

  static final int NONE = 0;
  static final int PIPE = 13;
  private static final int XFSZ = 25;

  private Signal() {}

  /** What goes with a file system's answer to WRITE, TRUNCATE and FALLOCATE. */
  static int of(Message answer) {
    return answer.w0 == -Errno.EFBIG && answer.w1 != 0 ? XFSZ : NONE;
  }
}
