package org.atoll.posix;

import static org.atoll.posix.PosixException.check;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.atoll.posix.gate.Bytes;
import org.atoll.posix.gate.Scratch;

/** {@code <dirent.h>}: what is in a directory. */
public final class Dirent {

  private static final int BUFFER_BYTES = 32 * 1024;
  private static final int NAME = 19;

  private Dirent() {}

  /**
   * An entry.
   *
   * @param name in the directory
   * @param inode number of the file
   * @param kind as {@code d_type}: 4 a directory, 8 a regular file, 10 a symbolic link
   */
  public record Entry(String name, long inode, int kind) {}

  /** All entries, {@code .} and {@code ..} too. Errors: EACCES, ENOENT, ENOTDIR. */
  public static List<Entry> list(String path) {
    int fd = Fcntl.open(path, Fcntl.O_RDONLY | Fcntl.O_DIRECTORY | Fcntl.O_CLOEXEC);
    try {
      List<Entry> entries = new ArrayList<>();
      for (int more = read(fd, entries); more > 0; more = read(fd, entries)) {}
      return entries;
    } finally {
      Unistd.close(fd);
    }
  }

  private static int read(int fd, List<Entry> into) {
    try (Scratch s = Scratch.open()) {
      long room = s.room(BUFFER_BYTES);
      int got = (int) check("readdir", s.call(61, fd, room, BUFFER_BYTES));
      byte[] bytes = s.bytes(room, got);
      for (int at = 0; at < got; at += Bytes.getShort(bytes, at + 16)) {
        int end = at + NAME;
        while (bytes[end] != 0) {
          end++;
        }
        String name = new String(bytes, at + NAME, end - at - NAME, StandardCharsets.UTF_8);
        into.add(new Entry(name, Bytes.getLong(bytes, at), bytes[at + 18]));
      }
      return got;
    }
  }
}
