package org.atoll.servers.tmpfs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FileStatus;

/** What is known about inodes and the volume: stat, owner and mode, times, statfs. */
final class Attributes {

  private static final long TMPFS_MAGIC = 0x0102_1994L;
  private static final int STATFS_BYTES = 120;
  private static final int PERMISSIONS = 07777;
  private static final int SET_MODE = 1;
  private static final int SET_UID = 2;
  private static final int SET_GID = 4;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final Volume volume;
  private final byte[] buffer = new byte[STATFS_BYTES];

  Attributes(Volume volume) {
    this.volume = volume;
  }

  void stat(Turn turn, long request, Inode inode) {
    status(inode, buffer, 0);
    answer(turn, request, FileStatus.BYTES);
  }

  /** Writes a {@link FileStatus}. */
  void status(Inode inode, byte[] into, int at) {
    put(into, at + FileStatus.DEVICE, volume.device);
    put(into, at + FileStatus.INODE, Volume.shown(inode.number));
    put(into, at + FileStatus.MODE, inode.mode & 0xffff_ffffL | (long) inode.links << 32);
    put(into, at + FileStatus.UID, inode.uid & 0xffff_ffffL | (long) inode.gid << 32);
    put(into, at + FileStatus.SPECIAL_DEVICE, inode.device);
    put(into, at + FileStatus.SIZE, inode.statSize());
    put(into, at + FileStatus.BLOCKS, inode.blocks());
    put(into, at + FileStatus.ACCESSED, inode.accessedNanos);
    put(into, at + FileStatus.MODIFIED, inode.modifiedNanos);
    put(into, at + FileStatus.CHANGED, inode.changedNanos);
    put(into, at + FileStatus.BORN, inode.bornNanos);
  }

  private void answer(Turn turn, long request, int bytes) {
    if (turn.kernel().outBytes(request) < bytes) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    turn.reply(request, Math.min(0, turn.kernel().copyOut(request, 0, buffer, 0, bytes)));
  }

  void setattr(Turn turn, long request, Inode inode, long mask, long mode, long uid, long gid) {
    if ((mask & SET_MODE) != 0) {
      inode.mode = inode.mode & ~PERMISSIONS | (int) mode & PERMISSIONS;
    }
    if ((mask & SET_UID) != 0) {
      inode.uid = (int) uid;
    }
    if ((mask & SET_GID) != 0) {
      inode.gid = (int) gid;
    }
    inode.changedNanos = turn.kernel().wallNanos();
    turn.reply(request, 0);
  }

  void utimes(Turn turn, long request, Inode inode, long access, long modified) {
    long now = turn.kernel().wallNanos();
    inode.accessedNanos = time(inode.accessedNanos, access, now);
    inode.modifiedNanos = time(inode.modifiedNanos, modified, now);
    inode.changedNanos = now;
    turn.reply(request, 0);
  }

  private static long time(long old, long wanted, long now) {
    if (wanted == FileStatus.TIME_OMIT) {
      return old;
    }
    return wanted == FileStatus.TIME_NOW ? now : wanted;
  }

  /** Fields of the riscv64 struct statfs, all 64 bits but the id: type, block size, blocks, ... */
  void statfs(Turn turn, long request) {
    KernelCalls kernel = turn.kernel();
    put(0, TMPFS_MAGIC);
    put(8, Limits.PAGE_BYTES);
    put(16, volume.framesMax(kernel));
    put(24, volume.framesLeft(kernel));
    put(32, volume.framesLeft(kernel));
    put(40, volume.inodesMax(kernel));
    put(48, volume.inodesMax(kernel) - volume.inodeCount());
    put(56, volume.device);
    put(64, Limits.NAME_BYTES_MAX);
    put(72, Limits.PAGE_BYTES);
    for (int at = 80; at < STATFS_BYTES; at += 8) {
      put(at, 0);
    }
    answer(turn, request, STATFS_BYTES);
  }

  private void put(int at, long value) {
    put(buffer, at, value);
  }

  private static void put(byte[] into, int at, long value) {
    LONGS.set(into, at, value);
  }
}
