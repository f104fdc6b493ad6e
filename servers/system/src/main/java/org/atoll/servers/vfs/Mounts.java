package org.atoll.servers.vfs;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.abi.protocol.VfsProtocol.Call;

/**
 * mount and umount. A file system is a task; type {@code server} mounts the one that is named as a
 * trace names it ({@code slot.generation}), type {@code proc} the one that has that role.
 */
final class Mounts implements PathCalls.Theme {

  private static final String SERVER = "server";
  private static final String PROC = "proc";
  private static final String SYSFS = "sysfs";
  private static final int MS_SILENT = 0x8000;
  private static final int FLAGS = Mount.READ_ONLY | Mount.NO_SET_ID | Mount.NO_DEVICES;
  private static final int UMOUNT_NOFOLLOW = 8;
  private static final int MNT_FORCE = 1;

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
    String type = text.substring(target, (int) (target + typeBytes));
    String source = text.substring(0, (int) sourceBytes);
    int fs = isOfProcfs(type) ? turn.role(Role.PROC_FS) : endpoint(source);
    long root = type.equals(SYSFS) ? FsProtocol.ROOT_OF_SYSFS : FsProtocol.ROOT;
    int error = refusal(process, flags, type, fs, root);
    if (error != 0) {
      turn.reply(request, error);
      return;
    }
    PathRow row = paths.row(request, process, Call.MOUNT);
    row.words[0] = fs;
    row.words[1] = flags & FLAGS;
    row.words[2] = root;
    row.other = source;
    row.firstName = type;
    paths.walk(turn, row, OpenFlags.AT_FDCWD, text.substring((int) sourceBytes, target), 0);
  }

  /** Whether a text is as long as three parts of it, of which none is too long to be added. */
  static boolean fit(String text, long first, long second, long third) {
    int most = text.length();
    boolean bounded = first >= 0 && first <= most && second >= 0 && second <= most;
    return bounded && third >= 0 && third <= most - first - second;
  }

  private int refusal(Process process, long flags, String type, int fs, long root) {
    if (process.uid != 0) {
      return -Errno.EPERM;
    }
    if ((flags & ~(MS_SILENT | FLAGS)) != 0) {
      return -Errno.EINVAL;
    }
    boolean unknown = !type.equals(SERVER) && !isOfProcfs(type);
    if (unknown || isOfProcfs(type) && fs == Endpoint.NONE) {
      return -Errno.ENODEV;
    }
    if (fs == Endpoint.NONE) {
      return -Errno.EINVAL;
    }
    return state.mountOf(fs, root) == null ? 0 : -Errno.EBUSY;
  }

  private static boolean isOfProcfs(String type) {
    return type.equals(PROC) || type.equals(SYSFS);
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

  void umount(Turn turn, long request, Process process, long flags) {
    String path = paths.text(turn, request);
    if (path == null) {
      return;
    }
    if (process.uid != 0 || (flags & ~(UMOUNT_NOFOLLOW | MNT_FORCE)) != 0) {
      turn.reply(request, process.uid != 0 ? -Errno.EPERM : -Errno.EINVAL);
      return;
    }
    PathRow row = paths.row(request, process, Call.UMOUNT);
    boolean nofollow = (flags & UMOUNT_NOFOLLOW) != 0;
    row.last = nofollow ? PathRow.Last.NOFOLLOW : PathRow.Last.FOLLOW;
    paths.walk(turn, row, OpenFlags.AT_FDCWD, path, 0);
  }

  @Override
  public void walked(Turn turn, PathRow row) {
    if (row.call == Call.UMOUNT) {
      paths.finish(turn, row, unmount(row, row.target()));
    } else if (!row.target().isDirectory()) {
      paths.finish(turn, row, -Errno.ENOTDIR);
    } else {
      Message m = FsProtocol.Call.GET.encode(turn.scratch(), row.words[2]);
      paths.act(turn, row, (int) row.words[0], m, "");
    }
  }

  @Override
  public void acted(Turn turn, PathRow row, Message answer) {
    int fs = (int) row.words[0];
    if (answer.w0 < 0) {
      paths.finish(turn, row, answer.w0);
      return;
    }
    if (state.mountOf(fs, row.words[2]) != null || row.target().covering != null) {
      state.puts.add(fs, row.words[2], 1);
      paths.finish(turn, row, -Errno.EBUSY);
      return;
    }
    Mount mount = state.addMount(fs, row.other, row.firstName, (int) row.words[1]);
    mount.root = state.enter(mount, answer);
    mount.covered = row.target().retain();
    row.target().covering = mount;
    paths.finish(turn, row, 0);
  }

  /** The root of an idle mount is referenced by the mount and by the walk, other inodes by none. */
  private int unmount(PathRow row, Vnode root) {
    Mount mount = root.mount;
    Vnode covered = mount.covered;
    if (mount.root != root) {
      return -Errno.EINVAL;
    }
    int fromWalk = row.at == root ? 2 : 1;
    if (covered == null || mount.vnodes.size() > 1 || root.references > 1 + fromWalk) {
      return -Errno.EBUSY;
    }
    covered.covering = null;
    state.mounts.remove(mount);
    state.release(covered);
    state.release(root);
    return 0;
  }
}
