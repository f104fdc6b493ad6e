package org.atoll.libsys.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FileStatus;
import org.atoll.libsys.files.Listing.Entry;

/** The structures that a file system answers with: attributes, entries of a folder, texts. */
final class FileAnswers {

  /** "atol": what kind of file system it is, for statfs(2). */
  private static final long MAGIC = 0x61746f6c;

  /** Device numbers of file systems of one's own are from here on. */
  private static final long DEVICES = 0x100;

  private static final int STATFS_BYTES = 120;
  private static final int ENTRY_BYTES = 19;
  private static final int TYPE_SHIFT = 12;

  private final byte[] buffer = new byte[Limits.BUFFER_BYTES_MAX];
  private int room;
  private int used;
  private long position;

  // ---- entries of a folder, as getdents64(2) has them

  /** Begins an answer of at most so many bytes, from a position on. */
  void begin(long bytes, int outBytes, long from) {
    room = Math.clamp(Math.min(bytes, outBytes), 0, buffer.length);
    used = 0;
    position = from;
  }

  /** Adds an entry; false when there is no room for it. */
  boolean add(String name, long inode, int mode, long nextPosition) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    int length = ENTRY_BYTES + bytes.length + 1 + 7 & ~7;
    if (used + length > room) {
      return false;
    }
    Arrays.fill(buffer, used, used + length, (byte) 0);
    put(used, inode);
    put(used + 8, nextPosition);
    buffer[used + 16] = (byte) length;
    buffer[used + 17] = (byte) (length >>> 8);
    buffer[used + 18] = (byte) ((mode & Listing.TYPE) >>> TYPE_SHIFT);
    System.arraycopy(bytes, 0, buffer, used + ENTRY_BYTES, bytes.length);
    used += length;
    position = nextPosition;
    return true;
  }

  /** Answers with the entries that were added. */
  void entries(Turn turn, long request) {
    int copied = turn.kernel().copyOut(request, 0, buffer, 0, used);
    turn.reply(request, copied < 0 ? copied : used, position);
  }

  // ---- attributes

  /** Everything belongs to root, and is of now. */
  void stat(Turn turn, long request, long inode, Entry entry) {
    long now = turn.kernel().wallNanos();
    Arrays.fill(buffer, 0, FileStatus.BYTES, (byte) 0);
    put(FileStatus.DEVICE, DEVICES + turn.self());
    put(FileStatus.INODE, inode);
    put(FileStatus.MODE, entry.mode() | (entry.isFolder() ? 2L : 1L) << 32);
    put(FileStatus.SIZE, entry.bytes());
    put(FileStatus.BLOCKS, (entry.bytes() + 511) / 512);
    put(FileStatus.ACCESSED, now);
    put(FileStatus.MODIFIED, now);
    put(FileStatus.CHANGED, now);
    put(FileStatus.BORN, now);
    fixed(turn, request, FileStatus.BYTES);
  }

  /** Fields of the riscv64 struct statfs: type, block size, name length; nothing takes room. */
  void statfs(Turn turn, long request) {
    Arrays.fill(buffer, 0, STATFS_BYTES, (byte) 0);
    put(0, MAGIC);
    put(8, Limits.PAGE_BYTES);
    put(64, Limits.NAME_BYTES_MAX);
    put(72, Limits.PAGE_BYTES);
    fixed(turn, request, STATFS_BYTES);
  }

  private void fixed(Turn turn, long request, int bytes) {
    if (turn.kernel().outBytes(request) < bytes) {
      turn.reply(request, -Errno.EINVAL);
    } else {
      turn.reply(request, Math.min(0, turn.kernel().copyOut(request, 0, buffer, 0, bytes)));
    }
  }

  private void put(int at, long value) {
    for (int i = 0; i < 8; i++) {
      buffer[at + i] = (byte) (value >>> 8 * i);
    }
  }

  /** Answers with a text, as far as there is room for it. */
  static void text(Turn turn, long request, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int count = Math.min(bytes.length, Math.max(0, turn.kernel().outBytes(request)));
    int copied = turn.kernel().copyOut(request, 0, bytes, 0, count);
    turn.reply(request, copied < 0 ? copied : count, 0);
  }
}
