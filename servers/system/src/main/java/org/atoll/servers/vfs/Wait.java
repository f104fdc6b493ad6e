package org.atoll.servers.vfs;

/** What an unanswered request waits for; words of its row in {@link VfsState#waiting}. */
enum Wait {
  /** Bytes in a pipe: file, bytes. */
  PIPE_READ,
  /** Room in a pipe: file, bytes, bytes done. */
  PIPE_WRITE,
  /** The other end of a FIFO: file, process, flags, peers ever before. */
  FIFO_OPEN,
  /** The console or a driver: call. */
  STREAM,
  /** The offset of an open file: file, operation, two arguments. */
  OFFSET,
  /** A counter or a timer: file, what a write adds. */
  EVENT,
  /** Events of an epoll: file, most, timeout, signals, arrivals, questions, what it is. */
  EPOLL,
  /** A lock: file, kind, owner, exclusive, start, end, pid. */
  LOCK;

  private static final Wait[] ALL = values();

  static Wait of(int ordinal) {
    return ALL[ordinal];
  }

  /** As saved state and rows have it. */
  @SuppressWarnings("EnumOrdinal")
  int number() {
    return ordinal();
  }
}
