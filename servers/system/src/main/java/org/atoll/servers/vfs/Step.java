package org.atoll.servers.vfs;

/** Where VFS goes on when a call that it made is answered; the row's first word is the request. */
enum Step {
  /** A component was looked up. */
  WALK_LOOKUP,
  /** A symbolic link on the way was read. */
  WALK_READLINK,
  /** A file system did what a path call asks for. */
  PATH_ACTION,
  /**
   * An operation at the offset of an open file: request, file, operation, its argument (the wanted
   * bytes, or where a seek goes), a second (whence of a seek, DROP_SET_ID of a write).
   */
  FILE_AT_OFFSET,
  /**
   * An operation elsewhere in an open file: request, file, offset, wanted bytes, operation, and
   * DROP_SET_ID of a write.
   */
  FILE_ELSEWHERE,
  /** A file system answered, and its result is the answer: request, file, DROP_SET_ID. */
  PASS_ON,
  /**
   * The console or a driver reads or writes: request, file, wanted bytes, how often the console is
   * asked again.
   */
  STREAM_TRANSFER,
  /** The console said whether a read would not wait: request, file, wanted bytes. */
  STREAM_READY,
  /** The console's status for fstat: request, file. */
  STREAM_STAT,
  /** The console's status for an ioctl: request, file, operation. */
  STREAM_IOCTL,
  /** A driver did an ioctl: request, file, whether that opened something, its argument. */
  DEVICE_IOCTL,
  /** The inode of what an ioctl opened: request, driver, handle, open flags. */
  PEER_PLACED,
  /** The size of a file for FIONREAD: request, file. */
  FILE_UNREAD,
  /** The size of a file for a lock: request, file, command, type, start, bytes. */
  LOCK_SIZE,
  /** The console watched a stream, or a driver a device: request, index in the poll. */
  POLL_WATCH,
  /** A device was asked at the beginning of a wait whether it is ready: request, interest. */
  INTEREST_PROBED,
  /** A device that an epoll watches is ready: interest. */
  INTEREST_WATCHED,
  /** The root of all: request, mount. */
  FIRST_ROOT,
  /** A file for a mapping: request, file. */
  MAP_VERSION,
  /** What happens to a file whose owner is told: file, whether that is only a beginning. */
  SIGNAL_WATCHED,
  /** The process manager has told an owner. */
  SIGNAL_SENT,
  /** It knows an owner: request, file, command, kind, number. */
  OWNER_KNOWN,
  /** The network server made a socket, or two: request, flags of its type. */
  SOCKET_MADE,
  /** It made two: request, flags of their type. */
  SOCKETS_MADE,
  /** It gave a connection: request, file that listens, flags. */
  SOCKET_ACCEPTED,
  /** It answered, and that is the answer: request, file. */
  SOCKET_DONE,
  /** It took bytes: request, file, rights that go with them, whether it is a write. */
  SOCKET_SENT,
  /** It gave bytes: request, file, room for control messages, flags, whether it is a read. */
  SOCKET_RECEIVED;

  private static final Step[] ALL = values();

  static Step of(int ordinal) {
    return ALL[ordinal];
  }

  /** Whether it is the network server that answers. */
  boolean isOfSocket() {
    return compareTo(SOCKET_MADE) >= 0;
  }

  /** As saved state and rows have it. */
  @SuppressWarnings("EnumOrdinal")
  int number() {
    return ordinal();
  }
}
