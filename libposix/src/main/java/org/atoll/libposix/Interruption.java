package org.atoll.libposix;

/**
 * What a signal does to a call that waits: how Linux answers when a handler runs, and that every
 * call goes on after a stop (signal(7), "Interruption of system calls").
 */
enum Interruption {
  /** The call does not wait for others; signals come after it. */
  NONE(0),
  /** EINTR, unless the handler was set with SA_RESTART. */
  RESTARTS(-512),
  /** EINTR whenever a handler runs. */
  FAILS(-514),
  /** EINTR whenever a handler runs; after a stop the wait goes on with what is left of it. */
  RESUMES(-516);

  /** The call is made again in any case. */
  static final int AGAIN = -513;

  /** Linux's internal result (ERESTARTSYS and its kin), never seen by a program. */
  final int code;

  Interruption(int code) {
    this.code = code;
  }

  /** Whether a result is one of the internal ones. */
  static boolean isCode(long result) {
    return result <= -512 && result >= -516;
  }

  /** Whether a call that ended with this code answers EINTR to a handler with these flags. */
  static boolean failsWith(int code, long handlerFlags) {
    return switch (code) {
      case AGAIN -> false;
      case -512 -> (handlerFlags & Signals.SA_RESTART) == 0;
      default -> true;
    };
  }
}
