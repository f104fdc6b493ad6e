package org.atoll.servers.rs;

/** What an answer is about that RS waits for. */
enum Step {
  /** PM knows a node: request, node. */
  NODE_KNOWN,
  /** The command ended. */
  COMMAND_ENDED,
  /** A last line was shown: the status to halt with. */
  TOLD,
  /** Nothing depends on the answer. */
  IGNORED,
  /** A kernel watches a service. */
  WATCHED,
  /** A file system was mounted: index of the mount, how often that was tried before. */
  MOUNTED,
  /** A service was renewed by itself: its number. */
  REVIVED,
  /** The data store has, or has not, the checkpoint of a service that failed: its number. */
  CHECKPOINT_KNOWN,
  /** A service was renewed or killed because somebody asked: request, its number, how. */
  RENEWED,
  /** A service was started: request. Its name is in {@link Services}. */
  STARTED,
  /** The kernel told how a service is: request, its number. */
  USAGE_KNOWN;

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
