package org.atoll.abi.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The directories that a LOOKUP went through, as its answer has them: one record after the other,
 * with what VFS needs to know of each to allow the step below it. Little-endian fields: inode (64
 * bits), mode, uid, gid (32 bits each), and 32 bits that are 0.
 */
public final class PassedDirectory {

  /** Size of a record. */
  public static final int BYTES = 24;

  /** Directories that a LOOKUP goes through at most, whatever room there is. */
  public static final int MOST = 16;

  /** What the answer to a LOOKUP carries at most: so many, and a {@link FileStatus}. */
  public static final int ANSWER_BYTES_MAX = MOST * BYTES + FileStatus.BYTES;

  private static final int MODE = 8;
  private static final int UID = 12;
  private static final int GID = 16;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private PassedDirectory() {}

  /** How many records an answer can have in an out-buffer, with a {@link FileStatus} behind. */
  public static int room(int outBytes) {
    return Math.clamp((outBytes - FileStatus.BYTES) / BYTES, 0, MOST);
  }

  /** Writes the record of a number, 0 first. */
  public static void put(byte[] records, int number, long inode, int mode, int uid, int gid) {
    int at = number * BYTES;
    LONGS.set(records, at, inode);
    INTS.set(records, at + MODE, mode);
    INTS.set(records, at + UID, uid);
    INTS.set(records, at + GID, gid);
    INTS.set(records, at + GID + Integer.BYTES, 0);
  }

  /** Its inode. */
  public static long inode(byte[] records, int number) {
    return (long) LONGS.get(records, number * BYTES);
  }

  /** Its type and permissions. */
  public static int mode(byte[] records, int number) {
    return (int) INTS.get(records, number * BYTES + MODE);
  }

  /** Its owner. */
  public static int uid(byte[] records, int number) {
    return (int) INTS.get(records, number * BYTES + UID);
  }

  /** Its group. */
  public static int gid(byte[] records, int number) {
    return (int) INTS.get(records, number * BYTES + GID);
  }
}
