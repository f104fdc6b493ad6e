package org.atoll.servers.vfs;

/** The bits of a file's mode: type and permissions (POSIX sys/stat.h, Linux values). */
final class FileMode {

  static final int TYPE = 0xf000;
  static final int FIFO = 0x1000;
  static final int CHARACTER = 0x2000;
  static final int DIRECTORY = 0x4000;
  static final int BLOCK = 0x6000;
  static final int REGULAR = 0x8000;
  static final int SYMLINK = 0xa000;
  static final int SOCKET = 0xc000;

  static final int SET_USER_ID = 04000;
  static final int SET_GROUP_ID = 02000;
  static final int STICKY = 01000;
  static final int PERMISSIONS = 07777;
  static final int GROUP_EXECUTE = 0010;
  static final int ANY_EXECUTE = 0111;

  private FileMode() {}
}
