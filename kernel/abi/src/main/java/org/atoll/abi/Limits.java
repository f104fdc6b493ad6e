package org.atoll.abi;

/** Every limit of the system, in one place. */
public final class Limits {

  /** Nodes in a VOS. */
  public static final int NODES_MAX = 64;

  /** Task slots leased to each node. */
  public static final int SLOTS_PER_NODE = 16_384;

  /** Bytes of an in-buffer or out-buffer of one call. */
  public static final int BUFFER_BYTES_MAX = 65_536;

  /** Messages that a mailbox holds: a power of two. */
  public static final int MAILBOX_SLOTS = 256;

  /** Messages that wait for a task beside its mailbox when nobody may send it more. */
  public static final int LETTERS_HELD_MAX = 16_384;

  /** Calls of one task that may wait for their answers: a server's, one for each process. */
  public static final int CALLS_PER_TASK_MAX = 32_768;

  /** Messages that a task may send in one turn. */
  public static final int SENDS_PER_TURN_MAX = 1_024;

  /** Connections of a VOS to outside. */
  public static final int OUTSIDE_CONNECTIONS_MAX = 1_024;

  /** Explicit grants of one task. */
  public static final int GRANTS_PER_TASK_MAX = 16_384;

  /** Bytes of a page and of a frame. */
  public static final int PAGE_BYTES = 4_096;

  /** First address above user memory: the lower half of Sv39. */
  public static final long USER_ADDRESS_END = 1L << 38;

  /** Bytes of a path with its terminating NUL (Linux {@code PATH_MAX}). */
  public static final int PATH_BYTES_MAX = 4_096;

  /** Bytes of a name in a directory (Linux {@code NAME_MAX}). */
  public static final int NAME_BYTES_MAX = 255;

  /** Symbolic links followed in one path walk (Linux). */
  public static final int SYMLINKS_MAX = 40;

  /** Descriptors of a process, hard limit; the soft limit starts at 1024. */
  public static final int DESCRIPTORS_MAX = 4_096;

  /** Bytes of a pipe (Linux default). */
  public static final int PIPE_BYTES = 65_536;

  /** Most bytes that a pipe can be made to hold (Linux's default for pipe-max-size). */
  public static final int PIPE_BYTES_MAX = 1 << 20;

  /** Bytes that a pipe takes or refuses as a whole ({@code PIPE_BUF}). */
  public static final int PIPE_ATOMIC_BYTES = 4_096;

  /** Bytes of arguments and environment of an exec, with their pointers (Linux: 2 MiB). */
  public static final int EXEC_BYTES_MAX = 2 * 1024 * 1024;

  /** Bytes of one argument or environment string (Linux {@code MAX_ARG_STRLEN}). */
  public static final int EXEC_STRING_BYTES_MAX = 131_072;

  /** Bytes of a process's arguments that the system keeps for others to see. */
  public static final int COMMAND_LINE_BYTES_MAX = 4_096;

  /** Bytes of a process's environment that the system keeps for others to see. */
  public static final int ENVIRONMENT_BYTES_MAX = 16_384;

  /** Interpreter scripts ({@code #!}) that may name one another. */
  public static final int SCRIPT_DEPTH_MAX = 5;

  /** Mappings of an address space (Linux {@code vm.max_map_count}). */
  public static final int REGIONS_PER_SPACE_MAX = 65_530;

  /** Mappings of all address spaces of a node. */
  public static final int REGIONS_PER_NODE_MAX = 1_048_576;

  /** Open file descriptions in a VOS (Linux {@code fs.file-max}). */
  public static final int OPEN_FILES_MAX = 262_144;

  /** Sockets in a VOS. */
  public static final int SOCKETS_MAX = 65_536;

  /** Bytes that a socket holds for its reader (Linux {@code rmem_default}). */
  public static final int SOCKET_BYTES = 212_992;

  /** Most bytes that a program can ask for it (Linux {@code rmem_max}, doubled). */
  public static final int SOCKET_BYTES_MAX = 425_984;

  /** Connections that wait to be accepted, of one socket (Linux {@code somaxconn}). */
  public static final int BACKLOG_MAX = 4_096;

  /** Ports from here on are given to sockets that have none. */
  public static final int FREE_PORT_FIRST = 32_768;

  /** Ports up to this one are given to sockets that have none. */
  public static final int FREE_PORT_LAST = 60_999;

  /** Ports below are root's. */
  public static final int UNPRIVILEGED_PORT_FIRST = 1_024;

  /** Messages with descriptors that are sent and not received, in a VOS. */
  public static final int RIGHTS_IN_FLIGHT_MAX = 16_384;

  /** Locks that are held on files in a VOS. */
  public static final int FILE_LOCKS_MAX = 262_144;

  /** Inodes of a file system in memory. */
  public static final int INODES_MAX = 524_288;

  /** Processes in a VOS. */
  public static final int PROCESSES_MAX = 32_768;

  /** Threads of a process. */
  public static final int THREADS_MAX = 2_048;

  /** Highest process id. */
  public static final int PID_MAX = 4_194_303;

  /** Instructions that a guest retires before another task gets its turn. */
  public static final int QUANTUM_INSTRUCTIONS = 100_000;

  /** Levels of urgency: 0 is that of servers and drivers, and processes are behind them. */
  public static final int LEVELS = 128;

  /** The level of a process about which no scheduler has said anything. */
  public static final int LEVEL_NORMAL = 112;

  /** The part that such a process has of its level's time, as against others. */
  public static final int WEIGHT_NORMAL = 1_024;

  /** The largest part. */
  public static final int WEIGHT_MAX = 1 << 20;

  private Limits() {}
}
