package org.atoll.drivers.hostfs;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FileStatus;
import org.atoll.hypercall.FolderStatus;
import org.atoll.hypercall.SharedFolder;

/**
 * What is known about files and the share: entries, stat, mode and owner, times, statfs. Bits that
 * would let a program run as another user are never shown, and never set.
 */
final class Attributes {

  private static final int STATFS_BYTES = 120;
  private static final int STATFS_FLAGS = 80;
  private static final int ST_RDONLY = 1;
  private static final int ST_NOSUID = 2;
  private static final int ST_NODEV = 4;
  private static final int ST_VALID = 0x20;
  private static final int PERMISSIONS = 07777;
  private static final int SET_ID = 06000;
  private static final int CHARACTER = 0x2000;
  private static final int BLOCK = 0x6000;
  private static final int SET_MODE = 1;
  private static final int SET_UID = 2;
  private static final int SET_GID = 4;
  private static final long PRIME = 0x9e37_79b9_7f4a_7c15L;

  private final SharedFolder folder;
  private final Inodes inodes;
  private final long device;
  private final boolean readOnly;
  private final byte[] buffer = new byte[STATFS_BYTES];
  private final long[] status = new long[FolderStatus.WORDS];

  Attributes(SharedFolder folder, Inodes inodes, long device, boolean readOnly) {
    this.folder = folder;
    this.inodes = inodes;
    this.device = device;
    this.readOnly = readOnly;
  }

  /** What the host says of an inode now: 0 and {@link #last}, or a negated errno. */
  long look(Inode inode) {
    long handle = inodes.handle(inode);
    return handle < 0 ? handle : folder.status(handle, status);
  }

  /** What the last {@link #look} saw. */
  long[] last() {
    return status;
  }

  /** The number that changes with the contents: not negative. */
  static long version(long[] status) {
    long mixed = status[FolderStatus.MODIFIED];
    mixed = mixed * PRIME ^ mixed >>> 29 ^ status[FolderStatus.CHANGED];
    mixed = mixed * PRIME ^ mixed >>> 31 ^ status[FolderStatus.SIZE];
    return (mixed * PRIME ^ mixed >>> 30) & Long.MAX_VALUE;
  }

  private static int mode(long[] status) {
    int mode = (int) status[FolderStatus.MODE];
    return (mode & Inode.TYPE) == Inode.DIRECTORY ? mode : mode & ~SET_ID;
  }

  private static long special(long[] status) {
    int type = (int) status[FolderStatus.MODE] & Inode.TYPE;
    return type == CHARACTER || type == BLOCK ? status[FolderStatus.SPECIAL_DEVICE] : 0;
  }

  /** Answers an entry of an inode that the caller holds already. */
  void entry(Turn turn, long request, Inode inode, long[] of) {
    Message answer = turn.scratch();
    answer.set(
        0,
        inode.number,
        mode(of),
        of[FolderStatus.SIZE],
        of[FolderStatus.UID],
        of[FolderStatus.GID],
        special(of),
        0);
    turn.reply(request, answer);
  }

  /** Holds an inode once more and answers its entry. */
  void held(Turn turn, long request, Inode inode) {
    long result = look(inode);
    if (result < 0) {
      turn.reply(request, result);
    } else {
      inode.holds++;
      entry(turn, request, inode, status);
    }
  }

  void stat(Turn turn, long request, Inode inode) {
    long result = look(inode);
    if (result < 0) {
      turn.reply(request, result);
      return;
    }
    put(FileStatus.DEVICE, device);
    put(FileStatus.INODE, inode.number);
    put(FileStatus.MODE, mode(status) & 0xffff_ffffL | status[FolderStatus.LINKS] << 32);
    put(FileStatus.UID, status[FolderStatus.UID] | status[FolderStatus.GID] << 32);
    put(FileStatus.SPECIAL_DEVICE, special(status));
    put(FileStatus.SIZE, status[FolderStatus.SIZE]);
    put(FileStatus.BLOCKS, status[FolderStatus.BLOCKS]);
    put(FileStatus.ACCESSED, status[FolderStatus.ACCESSED]);
    put(FileStatus.MODIFIED, status[FolderStatus.MODIFIED]);
    put(FileStatus.CHANGED, status[FolderStatus.CHANGED]);
    put(FileStatus.BORN, status[FolderStatus.BORN]);
    answer(turn, request, FileStatus.BYTES);
  }

  private void answer(Turn turn, long request, int bytes) {
    if (turn.kernel().outBytes(request) < bytes) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    turn.reply(request, Math.min(0, turn.kernel().copyOut(request, 0, buffer, 0, bytes)));
  }

  /** Owners stay: EPERM, unless they are what is asked for. */
  void setattr(Turn turn, long request, Inode inode, long mask, int mode, long uid, long gid) {
    long result = look(inode);
    if (result < 0) {
      turn.reply(request, result);
      return;
    }
    boolean newOwner = (mask & SET_UID) != 0 && uid != status[FolderStatus.UID];
    boolean newGroup = (mask & SET_GID) != 0 && gid != status[FolderStatus.GID];
    boolean newMode =
        (mask & SET_MODE) != 0 && (mode & PERMISSIONS) != (mode(status) & PERMISSIONS);
    boolean setsId = newMode && !inode.isDirectory() && (mode & SET_ID) != 0;
    if (newOwner || newGroup || setsId) {
      turn.reply(request, -Errno.EPERM);
    } else {
      turn.reply(request, newMode ? folder.mode(inode.handle, mode & PERMISSIONS) : 0);
    }
  }

  /** A plain user wrote: rights that the file gives at the host go, too. */
  void dropSetId(Inode inode) {
    if (look(inode) == 0 && (status[FolderStatus.MODE] & SET_ID) != 0) {
      folder.mode(inode.handle, mode(status) & PERMISSIONS);
    }
  }

  void utimes(Turn turn, long request, Inode inode, long access, long modified) {
    long handle = inodes.handle(inode);
    turn.reply(request, handle < 0 ? handle : folder.times(handle, access, modified));
  }

  void statfs(Turn turn, long request) {
    int result = folder.space(buffer);
    if (result < 0) {
      turn.reply(request, result);
      return;
    }
    put(STATFS_FLAGS, ST_VALID | ST_NOSUID | ST_NODEV | (readOnly ? ST_RDONLY : 0));
    answer(turn, request, STATFS_BYTES);
  }

  private void put(int at, long value) {
    for (int i = 0; i < 8; i++) {
      buffer[at + i] = (byte) (value >>> 8 * i);
    }
  }
}
