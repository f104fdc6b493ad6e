package org.atoll.libposix.layout;

import org.atoll.abi.protocol.FileStatus;

/** struct stat (128 bytes) and struct statx (256 bytes), made from a {@link FileStatus}. */
public final class Status {

  /** Bytes of struct stat. */
  public static final int STAT_BYTES = 128;

  /** Bytes of struct statx. */
  public static final int STATX_BYTES = 256;

  /** STATX_BASIC_STATS and STATX_BTIME: what is always filled in. */
  private static final int STATX_MASK = 0x7ff | 0x800;

  private static final int BLOCK_BYTES = 4096;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private Status() {}

  /** struct stat. */
  public static byte[] stat(byte[] status) {
    byte[] s = new byte[STAT_BYTES];
    LittleEndian.putLong(s, 0, LittleEndian.getLong(status, FileStatus.DEVICE));
    LittleEndian.putLong(s, 8, LittleEndian.getLong(status, FileStatus.INODE));
    LittleEndian.putInt(s, 16, LittleEndian.getInt(status, FileStatus.MODE));
    LittleEndian.putInt(s, 20, LittleEndian.getInt(status, FileStatus.LINKS));
    LittleEndian.putInt(s, 24, LittleEndian.getInt(status, FileStatus.UID));
    LittleEndian.putInt(s, 28, LittleEndian.getInt(status, FileStatus.GID));
    LittleEndian.putLong(s, 32, LittleEndian.getLong(status, FileStatus.SPECIAL_DEVICE));
    LittleEndian.putLong(s, 48, LittleEndian.getLong(status, FileStatus.SIZE));
    LittleEndian.putInt(s, 56, BLOCK_BYTES);
    LittleEndian.putLong(s, 64, LittleEndian.getLong(status, FileStatus.BLOCKS));
    time(s, 72, status, FileStatus.ACCESSED, Long.BYTES);
    time(s, 88, status, FileStatus.MODIFIED, Long.BYTES);
    time(s, 104, status, FileStatus.CHANGED, Long.BYTES);
    return s;
  }

  /** struct statx. */
  public static byte[] statx(byte[] status) {
    byte[] s = new byte[STATX_BYTES];
    LittleEndian.putInt(s, 0, STATX_MASK);
    LittleEndian.putInt(s, 4, BLOCK_BYTES);
    LittleEndian.putInt(s, 16, LittleEndian.getInt(status, FileStatus.LINKS));
    LittleEndian.putInt(s, 20, LittleEndian.getInt(status, FileStatus.UID));
    LittleEndian.putInt(s, 24, LittleEndian.getInt(status, FileStatus.GID));
    LittleEndian.putShort(s, 28, LittleEndian.getInt(status, FileStatus.MODE));
    LittleEndian.putLong(s, 32, LittleEndian.getLong(status, FileStatus.INODE));
    LittleEndian.putLong(s, 40, LittleEndian.getLong(status, FileStatus.SIZE));
    LittleEndian.putLong(s, 48, LittleEndian.getLong(status, FileStatus.BLOCKS));
    time(s, 64, status, FileStatus.ACCESSED, Integer.BYTES);
    time(s, 80, status, FileStatus.BORN, Integer.BYTES);
    time(s, 96, status, FileStatus.CHANGED, Integer.BYTES);
    time(s, 112, status, FileStatus.MODIFIED, Integer.BYTES);
    device(s, 128, LittleEndian.getLong(status, FileStatus.SPECIAL_DEVICE));
    device(s, 136, LittleEndian.getLong(status, FileStatus.DEVICE));
    return s;
  }

  private static void time(byte[] s, int at, byte[] status, int from, int nanosBytes) {
    long nanos = LittleEndian.getLong(status, from);
    LittleEndian.putLong(s, at, Math.floorDiv(nanos, NANOS_PER_SECOND));
    int rest = (int) Math.floorMod(nanos, NANOS_PER_SECOND);
    if (nanosBytes == Long.BYTES) {
      LittleEndian.putLong(s, at + 8, rest);
    } else {
      LittleEndian.putInt(s, at + 8, rest);
    }
  }

  private static void device(byte[] s, int at, long number) {
    LittleEndian.putInt(s, at, (int) (number >>> 8 & 0xfff | number >>> 32 & ~0xfffL));
    LittleEndian.putInt(s, at + 4, (int) (number & 0xff | number >>> 12 & ~0xffL));
  }
}
