package org.atoll.servers.vfs;

import java.util.Arrays;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FileStatus;

/** The status of what has no inode: pipes without a name, events, streams of the command. */
final class Statuses {

  /** Device number of what has no file system. */
  private static final long DEVICE = 0xf;

  /** Inode number of all events. */
  static final long EVENTS_INODE = 8;

  private Statuses() {}

  /**
   * Fills the caller's out-buffer; 0 or a negated errno.
   *
   * @param owner user in the lower 32 bits, group in the upper
   */
  static int unnamed(
      Turn turn,
      long request,
      byte[] buffer,
      int mode,
      long owner,
      long inode,
      long specialDevice) {
    if (turn.kernel().outBytes(request) < FileStatus.BYTES) {
      return -Errno.EINVAL;
    }
    Arrays.fill(buffer, (byte) 0);
    long now = turn.kernel().wallNanos();
    put(buffer, FileStatus.DEVICE, DEVICE);
    put(buffer, FileStatus.INODE, inode);
    put(buffer, FileStatus.MODE, mode | 1L << 32);
    put(buffer, FileStatus.UID, owner);
    put(buffer, FileStatus.SPECIAL_DEVICE, specialDevice);
    put(buffer, FileStatus.ACCESSED, now);
    put(buffer, FileStatus.MODIFIED, now);
    put(buffer, FileStatus.CHANGED, now);
    put(buffer, FileStatus.BORN, now);
    return Math.min(0, turn.kernel().copyOut(request, 0, buffer, 0, FileStatus.BYTES));
  }

  /** Inode number of a pipe: far from those of the streams. */
  static long inodeOf(Pipe pipe) {
    return Limits.PAGE_BYTES + pipe.id;
  }

  /** Inode number of what is open without a place in the tree. */
  static long inodeOf(OpenFile file) {
    return file.pipe == null ? file.device + 1 : inodeOf(file.pipe);
  }

  private static void put(byte[] buffer, int at, long value) {
    for (int i = 0; i < 8; i++) {
      buffer[at + i] = (byte) (value >>> 8 * i);
    }
  }
}
