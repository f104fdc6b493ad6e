package org.atoll.drivers.hostfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.atoll.abi.Errno;
import org.atoll.abi.Turn;
import org.atoll.hypercall.SharedFolder;

/**
 * Directories as getdents64(2) lists them: the host's entries and positions, with the numbers that
 * the inodes have here.
 */
final class Listing {

  private static final int HEADER_BYTES = 19;
  private static final int POSITION = 8;
  private static final int LENGTH = 16;

  private final SharedFolder folder;
  private final Inodes inodes;
  private final byte[] buffer = new byte[SharedFolder.BYTES_MAX];
  private final ByteBuffer words = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN);

  Listing(SharedFolder folder, Inodes inodes) {
    this.folder = folder;
    this.inodes = inodes;
  }

  void readdir(Turn turn, long request, Inode inode, long position, long bytes) {
    if (!inode.isDirectory() || position < 0) {
      turn.reply(request, inode.isDirectory() ? -Errno.EINVAL : -Errno.ENOTDIR);
      return;
    }
    long handle = inodes.handle(inode);
    int room = (int) Math.min(Math.min(bytes, turn.kernel().outBytes(request)), buffer.length);
    int got = handle < 0 ? (int) handle : folder.list(handle, position, buffer, room);
    if (got <= 0) {
      turn.reply(request, got, position);
      return;
    }
    long next = renumber(inode, got);
    int copied = turn.kernel().copyOut(request, 0, buffer, 0, got);
    turn.reply(request, copied < 0 ? copied : got, next);
  }

  /** Gives the entries their numbers here; the position behind the last. */
  private long renumber(Inode directory, int bytes) {
    long next = 0;
    int length;
    for (int at = 0; at + HEADER_BYTES <= bytes; at += length) {
      length = Math.max(HEADER_BYTES, words.getShort(at + LENGTH) & 0xffff);
      next = words.getLong(at + POSITION);
      words.putLong(at, number(directory, at));
    }
    return next;
  }

  private long number(Inode directory, int at) {
    boolean dot = buffer[at + HEADER_BYTES] == '.';
    if (dot && buffer[at + HEADER_BYTES + 1] == 0) {
      return directory.number;
    }
    if (dot && buffer[at + HEADER_BYTES + 1] == '.' && buffer[at + HEADER_BYTES + 2] == 0) {
      return directory.above == null ? directory.number : directory.above.number;
    }
    long number = inodes.number(directory.identity.device(), words.getLong(at));
    return number == 0 ? words.getLong(at) : number;
  }
}
