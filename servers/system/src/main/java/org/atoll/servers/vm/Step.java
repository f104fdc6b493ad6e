package org.atoll.servers.vm;

/** What VM does when a call that it made is answered; saved by ordinal. */
enum Step {
  /** Nothing. */
  IGNORE,
  /** A page came from a file system. Words: key in the cache, file, frame or -1, page. */
  PAGE_FETCHED,
  /** MMAP: VFS knows the file. Words: request, address, bytes, protection, flags, offset. */
  MMAP_FILE,
  /**
   * EXEC_MAP: VFS knows the file. Words: request, address, bytes of the file, bytes, protection,
   * descriptor, offset.
   */
  EXEC_MAP_FILE
}
