package org.atoll.servers.procfs;

import java.nio.charset.StandardCharsets;
import org.atoll.abi.Limits;

/** The entries of one answer to READDIR, as getdents64(2) has them. */
final class Entries {

  private static final int HEADER_BYTES = 19;
  private static final int TYPE_SHIFT = 12;

  final byte[] buffer = new byte[Limits.BUFFER_BYTES_MAX];
  private int room;
  private int used;

  /** Begins an answer of at most so many bytes. */
  void begin(long bytes) {
    room = Math.clamp(bytes, 0, buffer.length);
    used = 0;
  }

  int used() {
    return used;
  }

  /** Adds an entry; false when there is no room for it. */
  boolean add(String name, long inode, Entry entry, long position) {
    int length = HEADER_BYTES + name.length() + 1 + 7 & ~7;
    if (used + length > room) {
      return false;
    }
    putLong(used, inode);
    putLong(used + 8, position + 1);
    buffer[used + 16] = (byte) length;
    buffer[used + 17] = (byte) (length >>> 8);
    buffer[used + 18] = (byte) ((entry.mode & Entry.TYPE) >>> TYPE_SHIFT);
    byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = HEADER_BYTES; i < length; i++) {
      int at = i - HEADER_BYTES;
      buffer[used + i] = at < bytes.length ? bytes[at] : 0;
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
