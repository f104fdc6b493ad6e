package org.atoll.servers.tty;

/** What an answer is about that the terminal server waits for. */
enum Step {
  /** Nothing. */
  IGNORE,
  /** PM: the job of the process that asks. Words: request. */
  JOB_KNOWN,
  /** PM: a background group was sent a signal. Words: request. */
  STOP_RAISED,
  /** PM: the session of the group that is to be in the foreground. Words: request, group. */
  GROUP_KNOWN,
  /** The console driver: what a stream is, or that the modes are set. Words: request, which. */
  STREAM_KNOWN,
  /** The console driver: input. */
  CONSOLE_READ,
  /** The console driver: output was taken. */
  CONSOLE_WRITTEN,
  /** The console driver: the window is another. */
  CONSOLE_RESIZED,
  /** The console driver: the size of the window. */
  CONSOLE_SIZE;

  private static final Step[] ALL = values();

  static Step of(int ordinal) {
    return ALL[ordinal];
  }

  /** As rows have it. */
  @SuppressWarnings("EnumOrdinal")
  int number() {
    return ordinal();
  }
}
