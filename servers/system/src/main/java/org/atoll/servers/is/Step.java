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
  ROWS_KNOWN,
  /** PM: which nodes there are, to add up their memory: see {@link Memory}. */
  MEMORY_NODES_KNOWN,
  /** A kernel: who its node's VM is, for the same. */
  MEMORY_VM_KNOWN,
  /** A VM: the memory of its node, for the same. */
  MEMORY_TOTALS_KNOWN;

  private static final Step[] ALL = values();

  /** Whether it is about a sum of memory, and not about a table. */
  boolean isOfMemory() {
    return switch (this) {
      case MEMORY_NODES_KNOWN, MEMORY_VM_KNOWN, MEMORY_TOTALS_KNOWN -> true;
      case NODES_KNOWN, TASKS_KNOWN, PROCESSES_KNOWN, CALLS_KNOWN -> false;
      case VM_KNOWN, MEMORY_KNOWN, ROWS_KNOWN -> false;
    };
  }

  static Step of(int number) {
    return ALL[number];
  }

  /** As rows have it. */
  @SuppressWarnings("EnumOrdinal")
  int number() {
    return ordinal();
  }
}
