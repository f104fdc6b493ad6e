package org.atoll.servers.vfs;

import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Turn;

/**
 * Character devices by number: null (1,3), zero (1,5), full (1,7), random (1,8), urandom (1,9),
 * kmsg-like others none; and the streams of the command, which are Atoll's own: (240,0) input,
 * (240,1) output, (240,2) errors. All others are {@link Drivers}'.
 */
final class Devices {

  static final int NULL = 3;
  static final int ZERO = 5;
  static final int FULL = 7;
  static final int RANDOM = 8;
  static final int URANDOM = 9;

  /** Number of an OpenFile of kind STREAM that reads stream 0 and writes stream 1. */
  static final int CONSOLE = 3;

  private static final int MEMORY_MAJOR = 1;
  private static final long CONSOLE_DEVICE = 5 << 8 | 1;
  private static final int STREAM_MAJOR = 240;
  private static final int PIECE_BYTES = 4_096;

  private final PathCalls paths;
  private final Files files;
  private final byte[] zeros = new byte[PIECE_BYTES];
  private final byte[] buffer = new byte[PIECE_BYTES];

  Devices(PathCalls paths, Files files) {
    this.paths = paths;
    this.files = files;
  }

  static int major(long device) {
    return (int) (device >>> 8) & 0xfff;
  }

  static int minor(long device) {
    return (int) (device & 0xff | device >>> 12 & 0xfff00);
  }

  /** The device number of a device of VFS itself. */
  static long memoryDevice(long minor) {
    return (long) MEMORY_MAJOR << 8 | minor;
  }

  /** The device number of a stream of the command. */
  static long streamDevice(long stream) {
    return (long) STREAM_MAJOR << 8 | stream;
  }

  /** Whether it is /dev/console. */
  static boolean isConsole(long device) {
    return device == CONSOLE_DEVICE;
  }

  /** Ends an OPEN that found a character device of our own. */
  void open(Turn turn, PathRow row, Vnode vnode) {
    int minor = minor(vnode.device);
    switch (major(vnode.device)) {
      case MEMORY_MAJOR -> {
        boolean known = minor == NULL || minor == ZERO || minor == FULL;
        known |= minor == RANDOM || minor == URANDOM;
        describe(turn, row, vnode, known ? OpenFile.Kind.DEVICE : OpenFile.Kind.PATH, minor);
      }
      case STREAM_MAJOR -> {
        boolean known = minor < CONSOLE;
        describe(turn, row, vnode, known ? OpenFile.Kind.STREAM : OpenFile.Kind.PATH, minor);
      }
      default -> paths.finish(turn, row, -Errno.ENXIO);
    }
  }

  /** Kind PATH stands for a number without a device behind it. */
  private void describe(Turn turn, PathRow row, Vnode vnode, OpenFile.Kind kind, int device) {
    if (kind == OpenFile.Kind.PATH) {
      paths.finish(turn, row, -Errno.ENXIO);
      return;
    }
    int flags = (int) row.words[0];
    OpenFile file = files.open(kind, flags, vnode, null, device);
    turn.reply(row.request, files.install(turn, row.process, file, flags));
    paths.end(turn, row);
  }

  void read(Turn turn, long request, OpenFile file, int bytes) {
    if (file.device == NULL) {
      turn.reply(request, 0, 0);
      return;
    }
    boolean random = file.device == RANDOM || file.device == URANDOM;
    int done = 0;
    while (done < bytes) {
      int piece = Math.min(bytes - done, PIECE_BYTES);
      if (random) {
        turn.kernel().random(buffer, 0, piece);
      }
      int copied = turn.kernel().copyOut(request, done, random ? buffer : zeros, 0, piece);
      if (copied < 0) {
        turn.reply(request, done > 0 ? done : copied);
        return;
      }
      done += piece;
    }
    turn.reply(request, done, 1);
  }

  static void write(Turn turn, long request, OpenFile file, int bytes) {
    if (file.device == FULL) {
      turn.reply(request, -Errno.ENOSPC);
    } else {
      turn.reply(request, Math.min(bytes, 16 * Limits.PAGE_BYTES), 1);
    }
  }
}
