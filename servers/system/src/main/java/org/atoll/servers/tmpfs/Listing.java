package org.atoll.servers.tmpfs;

import java.nio.charset.StandardCharsets;
import org.atoll.abi.Errno;
import org.atoll.abi.Turn;

/** Directories as getdents64(2) lists them. */
final class Listing {

  /** Most bytes of entries in an answer. */
  private static final int BYTES_MAX = 65_536;

  private static final int HEADER_BYTES = 19;

  private final byte[] buffer = new byte[BYTES_MAX];
  private int used;

  void readdir(Turn turn, long request, Inode inode, long position, long bytes) {
    Directory directory = inode.directory;
    if (directory == null || position < 0) {
      turn.reply(request, directory == null ? -Errno.ENOTDIR : -Errno.EINVAL);
      return;
    }
    int room = (int) Math.min(Math.min(bytes, turn.kernel().outBytes(request)), BYTES_MAX);
    used = 0;
    long next = fill(inode, directory, position, room);
    if (used == 0 && next >= 0) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    int copied = turn.kernel().copyOut(request, 0, buffer, 0, used);
    turn.reply(request, copied < 0 ? copied : used, next >= 0 ? next : ~next);
  }

  /**
   * Puts entries in the buffer.
   *
   * @return the position of the entry that found no room; or {@code ~position} behind the last
   */
  private long fill(Inode inode, Directory directory, long position, int room) {
    long at = position;
    if (at == 0) {
      if (!put(".", inode, at, room)) {
        return at;
      }
      at++;
    }
    if (at == 1) {
      if (!put("..", directory.parent, at, room)) {
        return at;
      }
      at++;
    }
    for (Directory.Entry e = directory.from(at); e != null; e = directory.from(at)) {
      if (!put(e.name(), e.inode(), e.position(), room)) {
        return e.position();
      }
      at = e.position() + 1;
    }
    return ~at;
  }

  /** struct linux_dirent64: inode, position of the next, length, type, name with its NUL. */
  private boolean put(String name, Inode inode, long position, int room) {
    int length = HEADER_BYTES + name.length() + 1 + 7 & ~7;
    if (used + length > room) {
      return false;
    }
    putLong(used, Volume.shown(inode.number));
    putLong(used + 8, position + 1);
    buffer[used + 16] = (byte) length;
    buffer[used + 17] = (byte) (length >>> 8);
    buffer[used + 18] = (byte) ((inode.mode & Inode.TYPE) >>> 12);
    byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, buffer, used + HEADER_BYTES, bytes.length);
    for (int i = HEADER_BYTES + bytes.length; i < length; i++) {
      buffer[used + i] = 0;
    }
    used += length;
    return true;
  }

  private void putLong(int at, long value) {
    for (int i = 0; i < 8; i++) {
      buffer[at + i] = (byte) (value >>> 8 * i);
    }
  }
}
