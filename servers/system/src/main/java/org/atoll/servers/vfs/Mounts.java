package org.atoll.servers.vfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.abi.protocol.VfsProtocol.Call;

/**
 * mount of a process. A file system is a task: type {@code tmpfs} makes a volume of the one that
 * has the root directory, {@code proc} and {@code sysfs} are trees of one that has a role, and type
 * {@code server} mounts the one that is named as a trace names it ({@code slot.generation}).
 *
 * <p>Words of the row: file system, flags, inode of its root. {@link PathRow#other} is the source,
 * {@link PathRow#firstName} type and options, a NUL between them.
 */
final class Mounts implements PathCalls.Theme {

  private static final String SERVER = "server";
  private static final String TMPFS = "tmpfs";
  private static final String PROC = "proc";
  private static final String SYSFS = "sysfs";

  /** What old programs put into the upper half of the flags (MS_MGC_VAL). */
  private static final long MAGIC = 0xc0ed0000L;

  private static final long MAGIC_MASK = 0xffff0000L;
  private static final int MS_SYNCHRONOUS = 0x10;
  private static final int MS_REMOUNT = 0x20;
  private static final int MS_DIRSYNC = 0x80;
  private static final int MS_SILENT = 0x8000;
  private static final int MS_RELATIME = 0x20_0000;

  /** Flags that say what is so in any case. */
  private static final int GIVEN = MS_SYNCHRONOUS | MS_DIRSYNC | MS_SILENT | MS_RELATIME;

  private final VfsState state;
  private final PathCalls paths;

  Mounts(VfsState state, PathCalls paths) {
    this.state = state;
    this.paths = paths;
  }

  void mount(
      Turn turn,
      long request,
      Process process,
      long flags,
      long sourceBytes,
      long targetBytes,
      long typeBytes) {
    String text = paths.text(turn, request);
    if (text == null) {
      return;
    }
    if (!fit(text, sourceBytes, targetBytes, typeBytes)) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    int target = (int) (sourceBytes + targetBytes);
    int type = (int) (target + typeBytes);
    PathRow row = paths.row(request, process, Call.MOUNT);
    row.words[1] = (flags & MAGIC_MASK) == MAGIC ? flags & ~MAGIC_MASK : flags;
    row.other = text.substring(0, (int) sourceBytes);
    row.firstName = text.substring(target, type) + "\0" + text.substring(type);
    paths.walk(turn, row, OpenFlags.AT_FDCWD, text.substring((int) sourceBytes, target), 0);
  }

  /** Whether a text is as long as three parts of it, of which none is too long to be added. */
  static boolean fit(String text, long first, long second, long third) {
    int most = text.length();
    boolean bounded = first >= 0 && first <= most && second >= 0 && second <= most;
    return bounded && third >= 0 && third <= most - first - second;
  }

  private static String type(PathRow row) {
    return row.firstName.substring(0, row.firstName.indexOf('\0'));
  }

  private static String options(PathRow row) {
    return row.firstName.substring(row.firstName.indexOf('\0') + 1);
  }

  /** {@code slot.generation}, or {@link Endpoint#NONE}. */
  private static int endpoint(String source) {
    int dot = source.indexOf('.');
    long slot = dot < 0 ? -1 : decimal(source.substring(0, dot));
    long generation = dot < 0 ? -1 : decimal(source.substring(dot + 1));
    boolean known = slot >= 0 && slot < 1 << 20 && generation >= 0;
    return known && generation < Endpoint.GENERATIONS
        ? Endpoint.of((int) slot, (int) generation)
        : Endpoint.NONE;
  }

  private static long decimal(String digits) {
    if (digits.isEmpty() || digits.length() > 9) {
      return -1;
    }
    return digits.chars().allMatch(c -> c >= '0' && c <= '9') ? Long.parseLong(digits) : -1;
  }

  @Override
  public void walked(Turn turn, PathRow row) {
    long flags = row.words[1];
    if (row.process.uid != 0) {
      paths.finish(turn, row, -Errno.EPERM);
    } else if ((flags & ~(GIVEN | MS_REMOUNT | Mount.FLAGS)) != 0) {
      paths.finish(turn, row, -Errno.EINVAL);
    } else if ((flags & MS_REMOUNT) != 0) {
      remount(turn, row);
    } else {
      add(turn, row);
    }
  }

  // ---- one more

  private void add(Turn turn, PathRow row) {
    String type = type(row);
    int fs = server(turn, type, row.other);
    long root = type.equals(SYSFS) ? FsProtocol.ROOT_OF_SYSFS : FsProtocol.ROOT;
    row.words[0] = fs;
    row.words[2] = root;
    int error = refusal(row, type, fs, root);
    if (error != 0) {
      paths.finish(turn, row, error);
    } else if (type.equals(TMPFS)) {
      ask(turn, row, fs, FsProtocol.Call.VOLUME.encode(turn.scratch()));
    } else {
      ask(turn, row, fs, FsProtocol.Call.GET.encode(turn.scratch(), root));
    }
  }

  private static int server(Turn turn, String type, String source) {
    return switch (type) {
      case TMPFS -> turn.role(Role.ROOT_FS);
      case PROC, SYSFS -> turn.role(Role.PROC_FS);
      default -> endpoint(source);
    };
  }

  private int refusal(PathRow row, String type, int fs, long root) {
    boolean known =
        switch (type) {
          case TMPFS, PROC, SYSFS -> fs != Endpoint.NONE;
          case SERVER -> true;
          default -> false;
        };
    if (!known) {
      return type.isEmpty() ? -Errno.EINVAL : -Errno.ENODEV;
    }
    if (fs == Endpoint.NONE || !type.equals(TMPFS) && !options(row).isEmpty()) {
      return -Errno.EINVAL;
    }
    if (!row.target().isDirectory()) {
      return -Errno.ENOTDIR;
    }
    boolean taken =
        switch (type) {
          case TMPFS -> false;
          case PROC, SYSFS -> isThere(row, fs, root);
          default -> state.mountOf(fs, root) != null;
        };
    return taken ? -Errno.EBUSY : 0;
  }

  /** Whether the target is where the same tree is mounted already. */
  private static boolean isThere(PathRow row, int fs, long root) {
    Vnode target = row.target();
    return target.mount.fs == fs && target == target.mount.root && target.inode == root;
  }

  /** Asks a file system, with the options as in-buffer, and with room for what it shows of them. */
  private void ask(Turn turn, PathRow row, int fs, Message m) {
    byte[] options = options(row).getBytes(ISO_8859_1);
    long call = turn.callWithBytes(fs, m, options, options.length, Limits.PATH_BYTES_MAX);
    state.calls.add(state.key(call), Step.PATH_ACTION.number(), row.request);
  }

  @Override
  public void acted(Turn turn, PathRow row, Message answer) {
    if (answer.w0 < 0) {
      paths.finish(turn, row, answer.w0);
    } else if ((row.words[1] & MS_REMOUNT) != 0) {
      remounted(turn, row);
    } else {
      enter(turn, row, answer);
    }
  }

  private void enter(Turn turn, PathRow row, Message answer) {
    int fs = (int) row.words[0];
    Vnode target = row.target();
    if (target.covering != null || target.mount.detached) {
      state.puts.add(fs, answer.w0, 1);
      paths.finish(turn, row, target.covering != null ? -Errno.EBUSY : -Errno.EINVAL);
      return;
    }
    int flags = (int) row.words[1] & Mount.FLAGS;
    Mount mount = state.addMount(fs, row.other, type(row), flags);
    mount.shown = shown(turn);
    mount.root = state.enter(mount, answer);
    mount.covered = target.retain();
    target.covering = mount;
    paths.finish(turn, row, 0);
  }

  /** The text that a file system answered. */
  private static String shown(Turn turn) {
    byte[] text = new byte[Limits.PATH_BYTES_MAX];
    int bytes = turn.answerBytes(0, text, 0, text.length);
    return new String(text, 0, Math.max(0, bytes), ISO_8859_1);
  }

  // ---- other flags and options

  private void remount(Turn turn, PathRow row) {
    Vnode root = row.target();
    Mount mount = root.mount;
    if (mount.root != root) {
      paths.finish(turn, row, -Errno.EINVAL);
    } else if (isWritten(mount) && (row.words[1] & Mount.READ_ONLY) != 0) {
      paths.finish(turn, row, -Errno.EBUSY);
    } else {
      row.words[0] = mount.fs;
      ask(turn, row, mount.fs, FsProtocol.Call.REMOUNT.encode(turn.scratch(), root.inode));
    }
  }

  private static boolean isWritten(Mount mount) {
    for (int at = mount.vnodes.first(); at >= 0; at = mount.vnodes.next(at)) {
      if (mount.vnodes.value(at).writers > 0) {
        return true;
      }
    }
    return false;
  }

  private void remounted(Turn turn, PathRow row) {
    Mount mount = row.target().mount;
    mount.flags = (int) row.words[1] & Mount.FLAGS;
    mount.shown = shown(turn);
    paths.finish(turn, row, 0);
  }
}
