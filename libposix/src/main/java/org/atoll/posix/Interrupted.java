package org.atoll.posix;

/** A signal is to be delivered before the call would wait. Carries no stack trace. */
final class Interrupted extends RuntimeException {

  private static final long serialVersionUID = 1;

  Interrupted() {
    super("signal", null, false, false);
  }
}
