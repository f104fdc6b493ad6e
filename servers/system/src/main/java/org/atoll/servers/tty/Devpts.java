package org.atoll.servers.tty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FileStatus;
import org.atoll.libsys.files.FirstName;
import org.atoll.libsys.files.GivenFiles;
import org.jspecify.annotations.Nullable;

/**
 * The names of pseudo-terminals: the file system of {@code /dev/pts}. A terminal's inode is there
 * as long as the terminal, so holds need not be counted.
 */
final class Devpts implements GivenFiles {

  private static final long ROOT = 1;
  private static final long MULTIPLEXER = 2;
  private static final long FIRST_TERMINAL = 3;
  private static final String MULTIPLEXER_NAME = "ptmx";
  private static final int DIRECTORY = 0040755;
  private static final int CHARACTER = 0020000;
  private static final int ANYBODY = 0666;
  private static final int PERMISSIONS = 07777;
  private static final long MAGIC = 0x1cd1;
  private static final int STATFS_BYTES = 120;
  private static final int ENTRY_BYTES = 19;

  /** Positions of a READDIR: the two dots, the multiplexer, then the terminals by number. */
  private static final int TERMINALS = 3;

  private static final int SET_MODE = 1;
  private static final int SET_UID = 2;
  private static final int SET_GID = 4;

  private final State state;
  private final long device;
  private final byte[] buffer = new byte[Limits.BUFFER_BYTES_MAX];

  Devpts(State state, long device) {
    this.state = state;
    this.device = device;
  }

  static long inodeOf(int terminal) {
    return terminal + FIRST_TERMINAL;
  }

  private @Nullable Terminal terminal(long inode) {
    Terminal t = state.terminals.get(inode - FIRST_TERMINAL);
    return t == null || t.isConsole() ? null : t;
  }

  /** Whether a terminal is found under its name: not any more when its master is closed. */
  private static boolean isNamed(@Nullable Terminal t) {
    return t != null && t.hasMaster;
  }

  private boolean exists(long inode) {
    return inode == ROOT || inode == MULTIPLEXER || terminal(inode) != null;
  }

  // ---- names

  @Override
  public void lookup(Turn turn, long request, long directory, long flags) {
    if (directory != ROOT) {
      turn.reply(request, -Errno.ENOTDIR);
      return;
    }
    int bytes = FirstName.copy(turn, request, buffer);
    if (bytes < 0) {
      turn.reply(request, bytes);
      return;
    }
    long inode = find(new String(buffer, 0, bytes, ISO_8859_1));
    if (inode == 0) {
      turn.reply(request, -Errno.ENOENT);
    } else {
      answer(turn, request, inode);
    }
  }

  private long find(String name) {
    if (name.equals(".") || name.equals("..")) {
      return ROOT;
    }
    if (name.equals(MULTIPLEXER_NAME)) {
      return MULTIPLEXER;
    }
    boolean digits = !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
    boolean plain = digits && name.length() <= 5 && (name.charAt(0) != '0' || name.length() == 1);
    int number = plain ? Integer.parseInt(name) : -1;
    return plain && isNamed(state.terminals.get(number)) ? inodeOf(number) : 0;
  }

  @Override
  public void get(Turn turn, long request, long inode) {
    if (exists(inode)) {
      answer(turn, request, inode);
    } else {
      turn.reply(request, -Errno.ESTALE);
    }
  }

  private void answer(Turn turn, long request, long inode) {
    Terminal t = terminal(inode);
    long uid = t == null ? 0 : t.uid & 0xffff_ffffL;
    long gid = t == null ? 0 : t.gid & 0xffff_ffffL;
    turn.reply(request, turn.scratch().set(0, inode, mode(inode), 0, uid, gid, device(inode), 0));
  }

  private int mode(long inode) {
    Terminal t = terminal(inode);
    return inode == ROOT ? DIRECTORY : CHARACTER | (t == null ? ANYBODY : t.mode);
  }

  private long device(long inode) {
    Terminal t = terminal(inode);
    return inode == ROOT ? 0 : t == null ? Opens.MULTIPLEXER : t.device();
  }

  @Override
  public void put(Turn turn, long request, long inode, long count) {
    turn.reply(request, 0);
  }

  @Override
  public void readdir(Turn turn, long request, long inode, long position, long bytes) {
    if (inode != ROOT) {
      turn.reply(request, -Errno.ENOTDIR);
      return;
    }
    int room = (int) Math.clamp(bytes, 0L, Math.min(turn.kernel().outBytes(request), 65_536));
    int used = 0;
    long at = next(Math.max(0, position));
    while (at >= 0) {
      int added = entry(used, room, at);
      if (added == 0) {
        break;
      }
      used += added;
      at = next(at + 1);
    }
    if (used == 0 && at >= 0) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    turn.kernel().copyOut(request, 0, buffer, 0, used);
    turn.reply(request, used, at < 0 ? TERMINALS + State.PTYS_MAX : at);
  }

  /** The position of the first entry from a position on, or -1. */
  private long next(long from) {
    for (long at = from; at < TERMINALS + State.PTYS_MAX; at++) {
      if (at < TERMINALS || isNamed(state.terminals.get(at - TERMINALS))) {
        return at;
      }
    }
    return -1;
  }

  private int entry(int used, int room, long position) {
    String name =
        position == 0
            ? "."
            : position == 1
                ? ".."
                : position == 2 ? MULTIPLEXER_NAME : String.valueOf(position - TERMINALS);
    int length = ENTRY_BYTES + name.length() + 1 + 7 & ~7;
    if (used + length > room) {
      return 0;
    }
    boolean isDirectory = position < 2;
    long inode = isDirectory ? ROOT : position == 2 ? MULTIPLEXER : position;
    Arrays.fill(buffer, used, used + length, (byte) 0);
    putLong(used, inode);
    putLong(used + 8, position + 1);
    buffer[used + 16] = (byte) length;
    buffer[used + 18] = (byte) (isDirectory ? 4 : 2);
    byte[] text = name.getBytes(ISO_8859_1);
    System.arraycopy(text, 0, buffer, used + ENTRY_BYTES, text.length);
    return length;
  }

  @Override
  public void parent(Turn turn, long request, long inode) {
    turn.reply(request, ROOT);
  }

  @Override
  public void nameOf(Turn turn, long request, long directory, long inode) {
    text(turn, request, name(inode), false);
  }

  @Override
  public void path(Turn turn, long request, long inode) {
    boolean gone = inode >= FIRST_TERMINAL && !isNamed(terminal(inode));
    text(turn, request, name(inode), gone);
  }

  private static String name(long inode) {
    return inode == ROOT
        ? ""
        : inode == MULTIPLEXER ? MULTIPLEXER_NAME : String.valueOf(inode - FIRST_TERMINAL);
  }

  private static void text(Turn turn, long request, String text, boolean gone) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    int count = Math.min(bytes.length, turn.kernel().outBytes(request));
    int copied = turn.kernel().copyOut(request, 0, bytes, 0, count);
    turn.reply(request, copied < 0 ? copied : count, gone ? 1 : 0);
  }

  // ---- attributes

  @Override
  public void stat(Turn turn, long request, long inode) {
    if (!exists(inode)) {
      turn.reply(request, -Errno.ESTALE);
      return;
    }
    Terminal t = terminal(inode);
    Arrays.fill(buffer, 0, FileStatus.BYTES, (byte) 0);
    putLong(FileStatus.DEVICE, device);
    putLong(FileStatus.INODE, inode);
    putLong(FileStatus.MODE, mode(inode) | (inode == ROOT ? 2L : 1L) << 32);
    long now = turn.kernel().wallNanos();
    if (t != null) {
      putLong(FileStatus.UID, t.uid & 0xffff_ffffL | (long) t.gid << 32);
    }
    putLong(FileStatus.SPECIAL_DEVICE, device(inode));
    putLong(FileStatus.ACCESSED, t == null ? now : t.readNanos);
    putLong(FileStatus.MODIFIED, t == null ? now : t.writtenNanos);
    putLong(FileStatus.CHANGED, t == null ? now : t.madeNanos);
    putLong(FileStatus.BORN, t == null ? now : t.madeNanos);
    reply(turn, request, FileStatus.BYTES);
  }

  @Override
  public void setattr(
      Turn turn, long request, long inode, long mask, long mode, long uid, long gid) {
    Terminal t = terminal(inode);
    if (t == null) {
      turn.reply(request, exists(inode) ? -Errno.EPERM : -Errno.ESTALE);
      return;
    }
    t.mode = (mask & SET_MODE) != 0 ? (int) mode & PERMISSIONS : t.mode;
    t.uid = (mask & SET_UID) != 0 ? (int) uid : t.uid;
    t.gid = (mask & SET_GID) != 0 ? (int) gid : t.gid;
    turn.reply(request, 0);
  }

  @Override
  public void utimes(Turn turn, long request, long inode, long access, long modified) {
    Terminal t = terminal(inode);
    if (t != null) {
      long now = turn.kernel().wallNanos();
      t.readNanos = time(access, now, t.readNanos);
      t.writtenNanos = time(modified, now, t.writtenNanos);
    }
    turn.reply(request, exists(inode) ? 0 : -Errno.ESTALE);
  }

  private static long time(long wanted, long now, long before) {
    return wanted == FileStatus.TIME_NOW ? now : wanted == FileStatus.TIME_OMIT ? before : wanted;
  }

  /** Fields of the riscv64 struct statfs: type, block size; nothing takes room. */
  @Override
  public void statfs(Turn turn, long request, long inode) {
    Arrays.fill(buffer, 0, STATFS_BYTES, (byte) 0);
    putLong(0, MAGIC);
    putLong(8, Limits.PAGE_BYTES);
    putLong(56, device);
    putLong(64, Limits.NAME_BYTES_MAX);
    putLong(72, Limits.PAGE_BYTES);
    reply(turn, request, STATFS_BYTES);
  }

  private void reply(Turn turn, long request, int bytes) {
    if (turn.kernel().outBytes(request) < bytes) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    turn.reply(request, Math.min(0, turn.kernel().copyOut(request, 0, buffer, 0, bytes)));
  }

  private void putLong(int at, long value) {
    for (int i = 0; i < 8; i++) {
      buffer[at + i] = (byte) (value >>> 8 * i);
    }
  }

  /** Devices are opened, not read as files. */
  @Override
  public void read(Turn turn, long request, long inode, long offset, long bytes, long reader) {
    turn.reply(request, inode == ROOT ? -Errno.EISDIR : -Errno.EINVAL);
  }
}
