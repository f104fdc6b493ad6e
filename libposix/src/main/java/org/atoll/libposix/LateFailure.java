package org.atoll.libposix;

import org.atoll.abi.Errno;

/**
 * An exec that fails where Linux has given up the old program already (what the segments of a file
 * ask for): SIGSEGV ends the process. The errno is for a process that had no program yet.
 */
final class LateFailure extends Failure {

  private static final long serialVersionUID = 1;

  LateFailure() {
    super(Errno.ENOEXEC);
  }
}
