package org.atoll.libposix;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.FileStatus;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.libposix.layout.LittleEndian;

/**
 * What copy_file_range refuses before it copies as sendfile does: all but two regular files of one
 * file system, an output that appends, and a range that is copied over itself.
 */
final class CopyRange {

  private static final int IN = 0;
  private static final int OUT = 2;
  private static final int SEEK_CUR = 1;
  private static final int F_GETFL = 3;
  private static final int O_ACCMODE = 3;
  private static final int O_APPEND = 02000;
  private static final int TYPE = 0170000;
  private static final int REGULAR = 0100000;
  private static final int DIRECTORY = 0040000;
  private static final byte[] ITSELF = new byte[0];

  /** Steps, after those of {@link Copies}. */
  private static final int IN_KNOWN = 10;

  private static final int OUT_KNOWN = 11;
  private static final int FLAGS_KNOWN = 12;
  private static final int IN_PLACE = 13;
  private static final int OUT_PLACE = 14;

  /** Words, after those of {@link Copies}: of the input, then whether the output is the same. */
  private static final int MODE = 4;

  private static final int DEVICE = 5;
  private static final int INODE = 6;
  private static final int SIZE = 7;
  private static final int SAME = 8;
  private static final int PLACE = 9;

  private CopyRange() {}

  static long run(Call c) {
    return switch (c.step()) {
      case 0 -> start(c);
      case IN_KNOWN -> inKnown(c);
      case OUT_KNOWN -> outKnown(c);
      case FLAGS_KNOWN -> flagsKnown(c);
      case IN_PLACE -> inPlace(c);
      case OUT_PLACE -> outPlace(c);
      default -> Copies.copy(c, Copies.RANGE);
    };
  }

  private static long start(Call c) {
    for (int pointer = IN + 1; pointer <= OUT + 1; pointer += 2) {
      if (c.arg(pointer) != 0) {
        Copies.offsetAt(c, c.arg(pointer));
      }
    }
    if (c.intArg(5) != 0) {
      throw new Failure(Errno.EINVAL);
    }
    return status(c, IN, IN_KNOWN);
  }

  private static long status(Call c, int fd, int next) {
    c.nextStep(next);
    return Attributes.stat(c, c.intArg(fd), Names.AT_EMPTY_PATH, ITSELF);
  }

  private static long inKnown(Call c) {
    c.word(MODE, LittleEndian.getInt(c.staged(), FileStatus.MODE));
    c.word(DEVICE, LittleEndian.getLong(c.staged(), FileStatus.DEVICE));
    c.word(INODE, LittleEndian.getLong(c.staged(), FileStatus.INODE));
    c.word(SIZE, LittleEndian.getLong(c.staged(), FileStatus.SIZE));
    return status(c, OUT, OUT_KNOWN);
  }

  private static long outKnown(Call c) {
    int in = (int) c.word(MODE) & TYPE;
    int out = LittleEndian.getInt(c.staged(), FileStatus.MODE) & TYPE;
    if (in == DIRECTORY || out == DIRECTORY) {
      return -Errno.EISDIR;
    }
    if (in != REGULAR || out != REGULAR) {
      return -Errno.EINVAL;
    }
    boolean together = LittleEndian.getLong(c.staged(), FileStatus.DEVICE) == c.word(DEVICE);
    boolean same = LittleEndian.getLong(c.staged(), FileStatus.INODE) == c.word(INODE);
    c.word(SAME, !together ? -1 : same ? 1 : 0);
    c.nextStep(FLAGS_KNOWN);
    return c.attempt(
        Role.VFS, VfsProtocol.Call.FCNTL.encode(c.message(), c.intArg(OUT), F_GETFL, 0));
  }

  private static long flagsKnown(Call c) {
    long flags = c.answer(0);
    if (flags < 0 || (flags & O_ACCMODE) == 0 || (flags & O_APPEND) != 0) {
      return -Errno.EBADF;
    }
    if (c.word(SAME) < 0) {
      return -Errno.EXDEV;
    }
    return c.word(SAME) == 0 ? Copies.start(c, Copies.RANGE) : place(c, IN, IN_PLACE);
  }

  private static long place(Call c, int fd, int next) {
    Message m = VfsProtocol.Call.SEEK.encode(c.message(), c.intArg(fd), 0, SEEK_CUR);
    c.nextStep(next);
    return c.attempt(Role.VFS, m);
  }

  private static long inPlace(Call c) {
    c.word(PLACE, placed(c, IN));
    return place(c, OUT, OUT_PLACE);
  }

  private static long outPlace(Call c) {
    long in = c.word(PLACE);
    long out = placed(c, OUT);
    long bytes = Math.clamp(c.word(SIZE) - in, 0, Math.max(c.arg(4), 0));
    boolean overlap = out + bytes > in && out < in + bytes;
    return overlap ? -Errno.EINVAL : Copies.start(c, Copies.RANGE);
  }

  /** Where the call begins in a file: at the offset that it was given, or the descriptor's. */
  private static long placed(Call c, int fd) {
    long pointer = c.arg(fd + 1);
    return pointer == 0 ? c.answer(0) : Copies.offsetAt(c, pointer);
  }
}
