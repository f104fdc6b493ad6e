package org.atoll.hypercall.coroutine;

/** Flags that the JVM was started with, or not. */
final class Flags {

  private Flags() {}

  /** Refuses, in one line that says what to do, where a flag is missing. */
  static void require(boolean there, String who, String flag) {
    if (!there) {
      throw new UnsupportedOperationException(
          who + " a JVM that is started with " + flag + "; threads of the host need no flag");
    }
  }
}
