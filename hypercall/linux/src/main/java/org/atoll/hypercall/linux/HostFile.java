package org.atoll.hypercall.linux;

/**
 * A file that a shared folder has open: the descriptor that names it (O_PATH), and those for its
 * contents while they are in use.
 */
final class HostFile {

  static final int TYPE = 0xf000;
  static final int FIFO = 0x1000;
  static final int DIRECTORY = 0x4000;
  static final int REGULAR = 0x8000;
  static final int SYMLINK = 0xa000;

  private static final int NONE = -1;

  final int path;
  final int type;
  int reader = NONE;
  int writer = NONE;

  HostFile(int path, int type) {
    this.path = path;
    this.type = type;
  }

  boolean hasContents() {
    return reader != NONE || writer != NONE;
  }

  /** Closes the descriptors for the contents. */
  void closeContents(FileCalls calls) {
    if (reader != NONE) {
      calls.close(reader);
    }
    if (writer != NONE) {
      calls.close(writer);
    }
    reader = NONE;
    writer = NONE;
  }

  void close(FileCalls calls) {
    closeContents(calls);
    calls.close(path);
  }
}
