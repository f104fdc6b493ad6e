package org.atoll.hypercall;

/**
 * A folder, or a single file, of the host that a VOS was given ({@code -v}).
 *
 * <p>Nothing outside it can be named: a file is reached from a handle of its directory by one name,
 * which is neither {@code .} nor {@code ..} and has no slash, and a symbolic link is never
 * followed. A handle stays with its file, whatever happens to the name meanwhile. Handles are
 * positive and never used twice.
 *
 * <p>Results are 0 or positive, or the host's errno, negated. {@code EBADF}: there is no such
 * handle; {@code EINVAL}: a name that is none; {@code EISDIR}, {@code EACCES}: contents of what is
 * not a regular file (a device, socket or FIFO of the host is shown and never opened). No call
 * waits for anybody but the host's file system. Owner: the task that it was given to.
 */
public interface SharedFolder {

  /** Most bytes of one READ, WRITE or LIST. */
  int BYTES_MAX = 65_536;

  /** Opens the folder itself, with its {@link FolderStatus}; closes every other handle. */
  long root(long[] status);

  /** Opens what has a name in a directory, with its {@link FolderStatus}; the handle. */
  long lookup(long directory, byte[] name, long[] status);

  /** Closes a handle. */
  int close(long handle);

  /** Fills a {@link FolderStatus}. */
  int status(long handle, long[] status);

  /** Entries as getdents64(2) has them, from a position of an earlier entry on; 0: the start. */
  int list(long directory, long position, byte[] target, int bytes);

  /** The target of a symbolic link; bytes. */
  int readlink(long handle, byte[] target);

  /** Reads from an offset; short only at the end of the file. */
  int read(long handle, long offset, byte[] target, int bytes);

  /**
   * Writes at an offset, or at the end of the file when that is -1.
   *
   * @param end its first word becomes the offset behind the last byte written
   */
  int write(long handle, long offset, byte[] source, int bytes, long[] end);

  /** Sets the size of a regular file. */
  int truncate(long handle, long bytes);

  /** As fallocate(2). */
  int allocate(long handle, int mode, long offset, long bytes);

  /** As lseek(2) with SEEK_DATA (3) or SEEK_HOLE (4). */
  long seek(long handle, long offset, int whence);

  /** Sets the permissions, 07777. */
  int mode(long handle, int mode);

  /** Sets times in nanoseconds since the Epoch; {@link #NOW} and {@link #OMIT}. */
  int times(long handle, long accessed, long modified);

  /** As a time: the host's. */
  long NOW = Long.MAX_VALUE;

  /** As a time: it stays. */
  long OMIT = Long.MIN_VALUE;

  /**
   * Makes a regular file, directory or FIFO (by the type in {@code mode}), whatever the host's mask
   * is, and opens it; the handle.
   */
  long create(long directory, byte[] name, int mode, long[] status);

  /** Makes a symbolic link. */
  int symlink(long directory, byte[] name, byte[] target);

  /** Gives a file another name. */
  int link(long handle, long directory, byte[] name);

  /** Takes a name away, as unlinkat(2). */
  int unlink(long directory, byte[] name, int flags);

  /** Moves a name, as renameat2(2). */
  int rename(long from, byte[] name, long to, byte[] newName, int flags);

  /** The riscv64 struct statfs of the host's file system, 120 bytes. */
  int space(byte[] target);
}
