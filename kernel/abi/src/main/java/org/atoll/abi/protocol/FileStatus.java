package org.atoll.abi.protocol;

/**
 * A file's attributes as VFS and file systems answer them: little-endian fields at fixed offsets.
 * Times are 64-bit nanoseconds since the Epoch.
 */
public final class FileStatus {

  /** Offset: device of the file system, 64 bits. */
  public static final int DEVICE = 0;

  /** Offset: inode number, 64 bits. */
  public static final int INODE = 8;

  /** Offset: type and permissions, 32 bits. */
  public static final int MODE = 16;

  /** Offset: number of names, 32 bits. */
  public static final int LINKS = 20;

  /** Offset: owner, 32 bits. */
  public static final int UID = 24;

  /** Offset: group, 32 bits. */
  public static final int GID = 28;

  /** Offset: device number of a device file, 64 bits. */
  public static final int SPECIAL_DEVICE = 32;

  /** Offset: bytes, 64 bits. */
  public static final int SIZE = 40;

  /** Offset: 512-byte blocks taken, 64 bits. */
  public static final int BLOCKS = 48;

  /** Offset: time of last access. */
  public static final int ACCESSED = 56;

  /** Offset: time of last change of the contents. */
  public static final int MODIFIED = 64;

  /** Offset: time of last change of anything. */
  public static final int CHANGED = 72;

  /** Offset: time of creation. */
  public static final int BORN = 80;

  /** Size of a record. */
  public static final int BYTES = 88;

  /** In UTIMES: the current time. */
  public static final long TIME_NOW = Long.MAX_VALUE;

  /** In UTIMES: leave it. */
  public static final long TIME_OMIT = Long.MIN_VALUE;

  private FileStatus() {}
}
