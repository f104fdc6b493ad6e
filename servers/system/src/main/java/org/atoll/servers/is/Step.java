package org.atoll.servers.is;

/** What an answer is about that the information server waits for; the row's word is the request. */
enum Step {
  /** PM: which nodes there are. */
  NODES_KNOWN,
  /** A kernel: some of its tasks. */
  TASKS_KNOWN,
  /** PM: some of the processes. */
  PROCESSES_KNOWN,
  /** A kernel: some of the calls of its tasks. */
  CALLS_KNOWN,
  /** A kernel: who its node's VM is. */
  VM_KNOWN,
  /** A VM: the memory of its node. */
  MEMORY_KNOWN,
  /** RS or ds: rows as they are. */
  ROWS_KNOWN;

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
