package org.atoll.vcpu.hosted;

/** Unwinds the thread of a program that is over. Whoever catches it meets it again. */
public final class Ended extends Error {

  private static final long serialVersionUID = 1;

  Ended() {
    super("the process has ended", null, false, false);
  }
}
