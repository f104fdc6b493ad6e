package org.atoll.libposix;

/** The errno that ends a system call, thrown from where it is found; carries no stack trace. */
class Failure extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** A constant of {@link org.atoll.abi.Errno}, positive. */
  final int errno;

  Failure(int errno) {
    super("errno " + errno, null, false, false);
    this.errno = errno;
  }
}
