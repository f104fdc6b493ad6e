package org.atoll.hypercall.linux;

import org.atoll.hypercall.FolderStatus;

/** From statx(2) to a {@link FolderStatus}, with the owners that the guest knows. */
final class HostStatus {

  private static final int BYTES = 256;
  private static final int MASK = 0;
  private static final int LINKS = 16;
  private static final int UID = 20;
  private static final int GID = 24;
  private static final int MODE = 28;
  private static final int INODE = 32;
  private static final int SIZE = 40;
  private static final int BLOCKS = 48;
  private static final int ACCESSED = 64;
  private static final int BORN = 80;
  private static final int CHANGED = 96;
  private static final int MODIFIED = 112;
  private static final int SPECIAL_MAJOR = 128;
  private static final int DEVICE_MAJOR = 136;
  private static final int STATX_BTIME = 0x800;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long UNSIGNED = 0xffff_ffffL;

  private final FileCalls calls;
  private final int user;
  private final int group;
  private final NativeBytes bytes = new NativeBytes(BYTES);

  HostStatus(FileCalls calls) {
    this.calls = calls;
    this.user = calls.user();
    this.group = calls.group();
  }

  /** The type of what a descriptor has open, or a negated errno. */
  int type(int fd) {
    int result = calls.statx(fd, bytes.address());
    return result < 0 ? result : bytes.shortAt(MODE) & HostFile.TYPE;
  }

  /** Fills a row for what a descriptor has open. */
  int fill(int fd, long[] status) {
    int result = calls.statx(fd, bytes.address());
    if (result < 0) {
      return result;
    }
    status[FolderStatus.DEVICE] = device(DEVICE_MAJOR);
    status[FolderStatus.INODE] = bytes.longAt(INODE);
    status[FolderStatus.MODE] = bytes.shortAt(MODE);
    status[FolderStatus.LINKS] = bytes.intAt(LINKS) & UNSIGNED;
    status[FolderStatus.UID] = bytes.intAt(UID) == user ? 0 : FolderStatus.NOBODY;
    status[FolderStatus.GID] = bytes.intAt(GID) == group ? 0 : FolderStatus.NOBODY;
    status[FolderStatus.SPECIAL_DEVICE] = device(SPECIAL_MAJOR);
    status[FolderStatus.SIZE] = bytes.longAt(SIZE);
    status[FolderStatus.BLOCKS] = bytes.longAt(BLOCKS);
    status[FolderStatus.ACCESSED] = nanos(ACCESSED);
    status[FolderStatus.MODIFIED] = nanos(MODIFIED);
    status[FolderStatus.CHANGED] = nanos(CHANGED);
    boolean knowsBirth = (bytes.intAt(MASK) & STATX_BTIME) != 0;
    status[FolderStatus.BORN] = knowsBirth ? nanos(BORN) : 0;
    return 0;
  }

  /** Major and minor as one number, as Linux gives it to programs. */
  private long device(int at) {
    long major = bytes.intAt(at) & UNSIGNED;
    long minor = bytes.intAt(at + 4) & UNSIGNED;
    return minor & 0xff | (major & 0xfff) << 8 | (minor & ~0xffL) << 12 | (major & ~0xfffL) << 32;
  }

  private long nanos(int at) {
    return bytes.longAt(at) * NANOS_PER_SECOND + (bytes.intAt(at + 8) & UNSIGNED);
  }
}
