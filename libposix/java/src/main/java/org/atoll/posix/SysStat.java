package org.atoll.posix;

import static org.atoll.posix.PosixException.check;

import org.atoll.posix.gate.Bytes;
import org.atoll.posix.gate.Gate;
import org.atoll.posix.gate.Scratch;

/** {@code <sys/stat.h>}: what is known of a file, and making directories and FIFOs. */
public final class SysStat {

  /** The bits of {@link Stat#mode} that are the kind. */
  public static final int S_IFMT = 0xf000;

  public static final int S_IFDIR = 0x4000;
  public static final int S_IFREG = 0x8000;
  public static final int S_IFLNK = 0xa000;
  public static final int S_IFIFO = 0x1000;
  public static final int S_IFCHR = 0x2000;
  public static final int S_IFBLK = 0x6000;
  public static final int S_IFSOCK = 0xc000;

  private static final int AT_FDCWD = -100;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int STAT_BYTES = 128;
  private static final long NANOS = 1_000_000_000L;

  private SysStat() {}

  /**
   * What stat(2) tells.
   *
   * @param device number of the file system
   * @param inode number in it
   * @param mode kind and permissions
   * @param links how many names
   * @param user owner
   * @param group group
   * @param size in bytes
   * @param blocks of 512 bytes
   * @param accessedNanos last read, since the Epoch
   * @param modifiedNanos last write
   * @param changedNanos last change of what is here
   */
  public record Stat(
      long device,
      long inode,
      int mode,
      int links,
      int user,
      int group,
      long size,
      long blocks,
      long accessedNanos,
      long modifiedNanos,
      long changedNanos) {

    /** Whether it is a directory. */
    public boolean isDirectory() {
      return (mode & S_IFMT) == S_IFDIR;
    }

    /** Whether it is a regular file. */
    public boolean isRegular() {
      return (mode & S_IFMT) == S_IFREG;
    }
  }

  /** Of a file, following symbolic links. Errors: EACCES, ELOOP, ENOENT, ENOTDIR. */
  public static Stat stat(String path) {
    return at(path, 0);
  }

  /** Of a file or symbolic link. Errors: EACCES, ELOOP, ENOENT, ENOTDIR. */
  public static Stat lstat(String path) {
    return at(path, AT_SYMLINK_NOFOLLOW);
  }

  private static Stat at(String path, int flags) {
    try (Scratch s = Scratch.open()) {
      long room = s.room(STAT_BYTES);
      check(path, s.call(79, AT_FDCWD, s.string(path), room, flags));
      return decode(s.bytes(room, STAT_BYTES));
    }
  }

  /** Of an open file. Errors: EBADF. */
  public static Stat fstat(int fd) {
    try (Scratch s = Scratch.open()) {
      long room = s.room(STAT_BYTES);
      check("fstat", s.call(80, fd, room));
      return decode(s.bytes(room, STAT_BYTES));
    }
  }

  private static Stat decode(byte[] b) {
    return new Stat(
        Bytes.getLong(b, 0),
        Bytes.getLong(b, 8),
        Bytes.getInt(b, 16),
        Bytes.getInt(b, 20),
        Bytes.getInt(b, 24),
        Bytes.getInt(b, 28),
        Bytes.getLong(b, 48),
        Bytes.getLong(b, 64),
        time(b, 72),
        time(b, 88),
        time(b, 104));
  }

  private static long time(byte[] b, int at) {
    return Bytes.getLong(b, at) * NANOS + Bytes.getLong(b, at + 8);
  }

  /** Makes a directory. Errors: EACCES, EEXIST, ENOENT, ENOSPC, ENOTDIR. */
  public static void mkdir(String path, int mode) {
    try (Scratch s = Scratch.open()) {
      check("mkdir", s.call(34, AT_FDCWD, s.string(path), mode));
    }
  }

  /** Makes a FIFO. Errors: EACCES, EEXIST, ENOENT. */
  public static void mkfifo(String path, int mode) {
    try (Scratch s = Scratch.open()) {
      check("mkfifo", s.call(33, AT_FDCWD, s.string(path), S_IFIFO | mode, 0));
    }
  }

  /** Sets the permissions. Errors: EPERM, ENOENT. */
  public static void chmod(String path, int mode) {
    try (Scratch s = Scratch.open()) {
      check("chmod", s.call(53, AT_FDCWD, s.string(path), mode));
    }
  }

  /** Sets the permissions of an open file. Errors: EBADF, EPERM. */
  public static void fchmod(int fd, int mode) {
    check("fchmod", Gate.current().process().call(52, fd, mode));
  }

  /** Sets the permissions that new files lack; answers the ones before. */
  public static int umask(int mask) {
    return (int) Gate.current().process().call(166, mask);
  }
}
