package org.atoll.hypercall.linux;

import org.atoll.abi.Errno;

/**
 * The system calls of the host that a shared folder is made of, each through libc. Results are the
 * function's, or a negated errno.
 */
final class FileCalls {

  static final int AT_FDCWD = -100;
  static final int O_WRITE = 1;
  static final int O_READ_WRITE = 2;
  static final int O_CREATE = 0x40;
  static final int O_EXCLUSIVE = 0x80;
  static final int O_NOCTTY = 0x100;
  static final int O_NONBLOCK = 0x800;
  static final int O_CLOEXEC = 0x80000;
  static final int O_PATH = 0x200000;

  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int AT_SYMLINK_FOLLOW = 0x400;
  private static final int STATX_ALL = 0xfff;
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final int RWF_APPEND = 0x10;
  private static final int SEEK_CUR = 1;

  /** Number of openat2(2), on every architecture. */
  private static final int OPENAT2 = 437;

  /** RESOLVE_NO_MAGICLINKS, RESOLVE_NO_SYMLINKS, RESOLVE_BENEATH. */
  private static final int RESOLVE = 2 | 4 | 8;

  private static final int HOW_BYTES = 24;

  /** Two flags that differ between architectures. */
  final int directoryFlag;

  final int nofollowFlag;

  private final Libc libc;
  private final long openat;
  private final long close;
  private final long syscall;
  private final long statx;
  private final long fcntl;
  private final long pread;
  private final long pwrite;
  private final long pwritev2;
  private final long ftruncate;
  private final long fallocate;
  private final long lseek;
  private final long getdents64;
  private final long readlinkat;
  private final long chmod;
  private final long utimensat;
  private final long mkdirat;
  private final long mknodat;
  private final long symlinkat;
  private final long linkat;
  private final long unlinkat;
  private final long renameat2;
  private final long fstatfs;
  private final NativeBytes empty = NativeBytes.path("");
  private final NativeBytes how = new NativeBytes(HOW_BYTES);
  private final NativeBytes vector = new NativeBytes(16);

  FileCalls(Libc libc) {
    this.libc = libc;
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    directoryFlag = arm ? 0x4000 : 0x10000;
    nofollowFlag = arm ? 0x8000 : 0x20000;
    openat = libc.symbol("openat");
    close = libc.symbol("close");
    syscall = libc.symbol("syscall");
    statx = libc.symbol("statx");
    fcntl = libc.symbol("fcntl");
    pread = libc.symbol("pread");
    pwrite = libc.symbol("pwrite");
    pwritev2 = libc.symbol("pwritev2");
    ftruncate = libc.symbol("ftruncate");
    fallocate = libc.symbol("fallocate");
    lseek = libc.symbol("lseek");
    getdents64 = libc.symbol("getdents64");
    readlinkat = libc.symbol("readlinkat");
    chmod = libc.symbol("chmod");
    utimensat = libc.symbol("utimensat");
    mkdirat = libc.symbol("mkdirat");
    mknodat = libc.symbol("mknodat");
    symlinkat = libc.symbol("symlinkat");
    linkat = libc.symbol("linkat");
    unlinkat = libc.symbol("unlinkat");
    renameat2 = libc.symbol("renameat2");
    fstatfs = libc.symbol("fstatfs");
  }

  /** The user that this process runs as. */
  int user() {
    return libc.call(libc.symbol("geteuid"), 0, 0, 0);
  }

  /** Its group. */
  int group() {
    return libc.call(libc.symbol("getegid"), 0, 0, 0);
  }

  int openat(int directory, long path, int flags, int mode) {
    return libc.call(openat, directory, path, flags | O_CLOEXEC, mode);
  }

  /**
   * Opens one name of a directory to name the file with (O_PATH), without following anything; by
   * openat2(2) where the host has it.
   */
  int openName(int directory, long name) {
    int flags = O_PATH | nofollowFlag | O_CLOEXEC;
    how.longAt(0, flags);
    how.longAt(8, 0);
    how.longAt(16, RESOLVE);
    int fd = libc.call(syscall, OPENAT2, directory, name, how.address(), HOW_BYTES);
    boolean lacks = fd == -Errno.ENOSYS || fd == -Errno.EPERM;
    return lacks ? openat(directory, name, flags, 0) : fd;
  }

  void close(int fd) {
    libc.call(close, fd, 0, 0);
  }

  int duplicate(int fd) {
    return libc.call(fcntl, fd, F_DUPFD_CLOEXEC, 0);
  }

  int statx(int fd, long status) {
    return libc.call(statx, fd, empty.address(), AT_EMPTY_PATH, STATX_ALL, status);
  }

  int pread(int fd, long address, int bytes, long offset) {
    return libc.call(pread, fd, address, bytes, offset);
  }

  int pwrite(int fd, long address, int bytes, long offset) {
    return libc.call(pwrite, fd, address, bytes, offset);
  }

  /** Writes at the end of the file, wherever that is now; moves the descriptor behind it. */
  int append(int fd, long address, int bytes) {
    vector.longAt(0, address);
    vector.longAt(8, bytes);
    return libc.call(pwritev2, fd, vector.address(), 1, -1, RWF_APPEND);
  }

  /** Where a descriptor is. */
  long position(int fd) {
    return seek(fd, 0, SEEK_CUR);
  }

  int truncate(int fd, long bytes) {
    return libc.call(ftruncate, fd, bytes, 0);
  }

  int allocate(int fd, int mode, long offset, long bytes) {
    return libc.call(fallocate, fd, mode, offset, bytes);
  }

  long seek(int fd, long offset, int whence) {
    return libc.word(lseek, fd, offset, whence);
  }

  int entries(int fd, long address, int bytes) {
    return libc.call(getdents64, fd, address, bytes);
  }

  int readlink(int fd, long address, int bytes) {
    return libc.call(readlinkat, fd, empty.address(), address, bytes);
  }

  int chmod(long path, int mode) {
    return libc.call(chmod, path, mode, 0);
  }

  int times(long path, long times) {
    return libc.call(utimensat, AT_FDCWD, path, times, 0);
  }

  int timesOfLink(int fd, long times) {
    return libc.call(utimensat, fd, empty.address(), times, AT_EMPTY_PATH);
  }

  int mkdir(int directory, long name, int mode) {
    return libc.call(mkdirat, directory, name, mode);
  }

  int mknod(int directory, long name, int mode) {
    return libc.call(mknodat, directory, name, mode, 0);
  }

  int symlink(long target, int directory, long name) {
    return libc.call(symlinkat, target, directory, name);
  }

  int link(long path, int directory, long name) {
    return libc.call(linkat, AT_FDCWD, path, directory, name, AT_SYMLINK_FOLLOW);
  }

  int unlink(int directory, long name, int flags) {
    return libc.call(unlinkat, directory, name, flags);
  }

  int rename(int from, long name, int to, long newName, int flags) {
    return libc.call(renameat2, from, name, to, newName, flags);
  }

  int statfs(int fd, long status) {
    return libc.call(fstatfs, fd, status, 0);
  }
}
