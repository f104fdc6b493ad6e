package org.atoll.drivers.hostfs;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.hypercall.FolderStatus;

/**
 * What makes a file of the host the same one: its place on the device, and its birth and type,
 * because the host gives the numbers of removed files to new ones.
 */
record Identity(long device, long inode, long bornNanos, int type) {

  private static final int TYPE = 0xf000;

  static Identity of(long[] status) {
    return new Identity(
        status[FolderStatus.DEVICE],
        status[FolderStatus.INODE],
        status[FolderStatus.BORN],
        (int) status[FolderStatus.MODE] & TYPE);
  }

  void save(StateWriter out) {
    out.writeLong(device).writeLong(inode).writeLong(bornNanos).writeInt(type);
  }

  static Identity load(StateReader in) {
    return new Identity(in.readLong(), in.readLong(), in.readLong(), in.readInt());
  }
}
