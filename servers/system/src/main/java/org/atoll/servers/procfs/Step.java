package org.atoll.servers.procfs;

/** What an answer is about that procfs waits for; the row's only word is the request of its job. */
enum Step {
  /** PM: the process that the job is about. */
  PROCESS_KNOWN,
  /** VFS: the descriptor that the job is about. */
  DESCRIPTOR_KNOWN,
  /** PM: processes for a listing of the root. */
  PROCESSES_LISTED,
  /** VFS: descriptors for a listing. */
  DESCRIPTORS_LISTED,
  /** PM: some of all processes, which are added up. */
  PROCESSES_COUNTED,
  /** PM: the nodes. */
  NODES_KNOWN,
  /** PM: how many processes want a processor. */
  LOAD_KNOWN,
  /** The process's own program: what it knows of itself and its threads. */
  ABOUT_KNOWN,
  /** The information server: a piece of a table. */
  TABLE_KNOWN,
  /** The network server: some lines about sockets. */
  SOCKETS_KNOWN,
  /** VM: some of the mappings of a process. */
  REGIONS_KNOWN,
  /** VFS: the path of a file that is mapped. */
  PATH_KNOWN,
  /** A file system: the status of that file. */
  FILE_KNOWN,
  /** VM: memory of a process. */
  SIZES_KNOWN,
  /** The terminal server: the terminal of the process's session. */
  TERMINAL_KNOWN,
  /** The information server: memory of a node, or of all. */
  MEMORY_KNOWN,
  /** PM: the nodes, one of which the job is about. */
  NODE_KNOWN,
  /** PM: the nodes, for a listing. */
  NODES_LISTED,
  /** PM: what a node did for processes that have left it. */
  DEPARTED_KNOWN,
  /** VFS: umask and groups of the process. */
  MAKER_KNOWN,
  /** VFS: offset, flags and place of the descriptor. */
  DESCRIPTOR_SHOWN,
  /** PM or VFS: the answer's bytes are the contents. */
  CONTENTS_KNOWN;

  private static final Step[] ALL = values();

  /** Whether the job goes on when this is not to be known. */
  boolean mayFail() {
    return switch (this) {
      case ABOUT_KNOWN,
          MAKER_KNOWN,
          REGIONS_KNOWN,
          PATH_KNOWN,
          FILE_KNOWN,
          SIZES_KNOWN,
          TERMINAL_KNOWN ->
          true;
      case PROCESS_KNOWN,
          DESCRIPTOR_KNOWN,
          PROCESSES_LISTED,
          DESCRIPTORS_LISTED,
          PROCESSES_COUNTED,
          NODES_KNOWN,
          NODE_KNOWN,
          NODES_LISTED,
          MEMORY_KNOWN,
          DEPARTED_KNOWN,
          DESCRIPTOR_SHOWN,
          LOAD_KNOWN,
          SOCKETS_KNOWN,
          TABLE_KNOWN,
          CONTENTS_KNOWN ->
          false;
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
