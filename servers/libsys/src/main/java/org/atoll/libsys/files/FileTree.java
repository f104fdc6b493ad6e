package org.atoll.libsys.files;

import java.nio.charset.StandardCharsets;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;

/**
 * A file system that is described by what is in its folders and files, whenever somebody asks.
 *
 * <p>A path has no slash at its beginning: {@code ""} is the root, {@code "a/b"} is in the folder
 * {@code "a"}. Results that are negative are negated numbers of {@link Errno}. Every method is part
 * of a turn: it must not wait.
 */
public interface FileTree {

  /** Says what is in a folder now, in any order. */
  void list(Turn turn, String folder, Listing into);

  /**
   * Reads a file from an offset on: at most {@code into.length} bytes, and 0 at its end.
   *
   * @return bytes read
   */
  int read(Turn turn, String path, long offset, byte[] into);

  /**
   * Writes into a file from an offset on.
   *
   * @return bytes taken
   */
  default int write(Turn turn, String path, long offset, byte[] bytes) {
    return -Errno.EIO;
  }

  /** Gives a file a size, as {@code >} does with 0. */
  default int truncate(Turn turn, String path, long bytes) {
    return -Errno.EIO;
  }

  /** Makes an empty file with these permissions; {@link #list} tells of it from then on. */
  default int create(Turn turn, String path, int permissions) {
    return -Errno.EPERM;
  }

  /** Makes an empty folder with these permissions; {@link #list} tells of it from then on. */
  default int createFolder(Turn turn, String path, int permissions) {
    return -Errno.EPERM;
  }

  /** Removes a file, a link or an empty folder. */
  default int remove(Turn turn, String path) {
    return -Errno.EPERM;
  }

  /** A request of the tree's own protocol; answer it once. */
  default void request(Turn turn, long request, Message m) {
    turn.reply(request, -Errno.ENOSYS);
  }

  /** Writes the state, versioned. */
  void save(StateWriter out);

  /** Reads into this tree, which is fresh, what {@link #save} wrote. */
  void load(StateReader in);

  /** For {@link #read}: the bytes of a whole text from an offset on. */
  static int part(String whole, long offset, byte[] into) {
    return part(whole.getBytes(StandardCharsets.UTF_8), offset, into);
  }

  /** For {@link #read}: the bytes of a whole file from an offset on. */
  static int part(byte[] whole, long offset, byte[] into) {
    int from = (int) Math.min(Math.max(0, offset), whole.length);
    int bytes = Math.min(into.length, whole.length - from);
    System.arraycopy(whole, from, into, 0, bytes);
    return bytes;
  }
}
