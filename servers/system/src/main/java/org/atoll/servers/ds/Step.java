package org.atoll.servers.ds;

/** What an answer is about that ds waits for. */
enum Step {
  /** PM: whose process makes a request: request, number of its call, its words. */
  CALLER_KNOWN,
  /** PM: a process that has something here has ended: its task. */
  ENDED;

  private static final Step[] ALL = values();

  static Step of(int number) {
    return ALL[number];
  }

  /** As rows have it. */
  @SuppressWarnings("EnumOrdinal")
  int number() {
    return ordinal();
  }
}
