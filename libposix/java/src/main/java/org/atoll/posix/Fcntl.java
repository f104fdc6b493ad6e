package org.atoll.posix;

import static org.atoll.posix.PosixException.check;

import org.atoll.posix.gate.Gate;
import org.atoll.posix.gate.Scratch;

/** {@code <fcntl.h>}: opening files, and what a descriptor and an open file are set to. */
public final class Fcntl {

  public static final int O_RDONLY = 0;
  public static final int O_WRONLY = 1;
  public static final int O_RDWR = 2;

  /** Create it if it is not there. */
  public static final int O_CREAT = 0x40;

  /** Fail with EEXIST if it is there. */
  public static final int O_EXCL = 0x80;

  /** Not as the controlling terminal. */
  public static final int O_NOCTTY = 0x100;

  /** Empty it. */
  public static final int O_TRUNC = 0x200;

  /** Each write at the end. */
  public static final int O_APPEND = 0x400;

  /** EAGAIN instead of waiting. */
  public static final int O_NONBLOCK = 0x800;

  /** Only a directory. */
  public static final int O_DIRECTORY = 0x10000;

  /** Not a symbolic link. */
  public static final int O_NOFOLLOW = 0x20000;

  /** Closed by exec. */
  public static final int O_CLOEXEC = 0x80000;

  /** {@link #fcntl}: another descriptor, at least the argument. */
  public static final int F_DUPFD = 0;

  /** {@link #fcntl}: flags of the descriptor. */
  public static final int F_GETFD = 1;

  /** {@link #fcntl}: sets flags of the descriptor. */
  public static final int F_SETFD = 2;

  /** {@link #fcntl}: flags of the open file. */
  public static final int F_GETFL = 3;

  /** {@link #fcntl}: sets flags of the open file. */
  public static final int F_SETFL = 4;

  /** Flag of a descriptor: closed by exec. */
  public static final int FD_CLOEXEC = 1;

  private static final int AT_FDCWD = -100;

  private Fcntl() {}

  /**
   * Opens a file; answers its descriptor. Errors: EACCES, EEXIST, EISDIR, ELOOP, EMFILE, ENOENT,
   * ENOTDIR, ENXIO, EROFS, EINTR.
   *
   * @param mode permissions of a file that is created, less the umask
   */
  public static int open(String path, int flags, int mode) {
    try (Scratch s = Scratch.open()) {
      return (int) check(path, s.call(56, AT_FDCWD, s.string(path), flags, mode));
    }
  }

  /** Opens a file that is there. */
  public static int open(String path, int flags) {
    return open(path, flags, 0);
  }

  /** Opens a file for writing, empty. */
  public static int creat(String path, int mode) {
    return open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);
  }

  /** Asks or changes a descriptor or an open file. Errors: EBADF, EINVAL, EMFILE. */
  public static int fcntl(int fd, int command, int argument) {
    return (int) check("fcntl", Gate.current().process().call(25, fd, command, argument));
  }
}
