package org.atoll.servers.vfs;

/** Flags of open(2) and of {@code *at} calls: Linux's for riscv64 (asm-generic/fcntl.h). */
final class OpenFlags {

  static final int ACCESS_MODE = 3;
  static final int WRONLY = 1;
  static final int RDWR = 2;
  static final int CREAT = 0100;
  static final int EXCL = 0200;
  static final int TRUNC = 01000;
  static final int APPEND = 02000;
  static final int NONBLOCK = 04000;
  static final int ASYNC = 020000;
  static final int DIRECT = 040000;
  static final int LARGEFILE = 0100000;
  static final int DIRECTORY = 0200000;
  static final int NOFOLLOW = 0400000;
  static final int NOATIME = 01000000;
  static final int CLOEXEC = 02000000;
  static final int PATH = 010000000;
  static final int TMPFILE = 020000000;

  /** What F_SETFL may change. */
  static final int SETTABLE = APPEND | NONBLOCK | DIRECT | NOATIME;

  /** What is no longer there after an open. */
  static final int ONLY_AT_OPEN = CREAT | EXCL | 0400 | TRUNC | CLOEXEC;

  /** Descriptor that means the current directory. */
  static final int AT_FDCWD = -100;

  static final int AT_SYMLINK_NOFOLLOW = 0x100;
  static final int AT_REMOVEDIR = 0x200;
  static final int AT_EACCESS = 0x200;
  static final int AT_SYMLINK_FOLLOW = 0x400;
  static final int AT_EMPTY_PATH = 0x1000;

  private OpenFlags() {}
}
