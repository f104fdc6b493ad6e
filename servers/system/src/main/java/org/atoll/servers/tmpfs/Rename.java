package org.atoll.servers.tmpfs;

import org.atoll.abi.Errno;
import org.atoll.abi.Turn;
import org.jspecify.annotations.Nullable;

/** renameat2(2) within the volume: first every reason why not, then the change. */
final class Rename {

  private static final int NOREPLACE = 1;
  private static final int EXCHANGE = 2;

  private final Volume volume;
  private final Names names;

  Rename(Volume volume, Names names) {
    this.volume = volume;
    this.names = names;
  }

  void rename(
      Turn turn, long request, Inode from, String oldName, Inode to, String newName, long flags) {
    Inode source = from.directory == null ? null : from.directory.find(oldName);
    Inode target = to.directory == null ? null : to.directory.find(newName);
    int error = decide(from, source, to, newName, target, flags);
    if (error != 0 || source == null) {
      turn.reply(request, error);
      return;
    }
    if (source != target) {
      if (target != null && flags == EXCHANGE) {
        exchange(turn, from, oldName, source, to, newName, target);
      } else {
        move(turn, from, oldName, source, to, newName, target);
      }
    }
    turn.reply(request, 0);
    if (target != null) {
      volume.reap(turn, target);
    }
  }

  private int decide(
      Inode from,
      @Nullable Inode source,
      Inode to,
      String newName,
      @Nullable Inode target,
      long flags) {
    if (from.directory == null || to.directory == null) {
      return -Errno.ENOTDIR;
    }
    if (flags != 0 && flags != NOREPLACE && flags != EXCHANGE) {
      return -Errno.EINVAL;
    }
    if (source == null || target == null && flags == EXCHANGE) {
      return -Errno.ENOENT;
    }
    if (target != null && flags == NOREPLACE) {
      return -Errno.EEXIST;
    }
    if (isAtOrAbove(source, to)) {
      return -Errno.EINVAL;
    }
    if (target != null && isAtOrAbove(target, from)) {
      return flags == EXCHANGE ? -Errno.EINVAL : -Errno.ENOTEMPTY;
    }
    if (target == null) {
      return names.newName(to, newName);
    }
    return source == target || flags == EXCHANGE ? 0 : replaceable(source, target);
  }

  private static int replaceable(Inode source, Inode target) {
    if (target.directory == null) {
      return source.isDirectory() ? -Errno.ENOTDIR : 0;
    }
    if (!source.isDirectory()) {
      return -Errno.EISDIR;
    }
    return target.directory.isEmpty() ? 0 : -Errno.ENOTEMPTY;
  }

  /** Whether a directory is {@code below} itself or one of the directories above it. */
  private static boolean isAtOrAbove(Inode directory, Inode below) {
    Inode at = below;
    while (directory.isDirectory() && at != directory) {
      Inode above = Names.directory(at).parent;
      if (above == at) {
        return false;
      }
      at = above;
    }
    return directory.isDirectory();
  }

  private void move(
      Turn turn,
      Inode from,
      String oldName,
      Inode source,
      Inode to,
      String newName,
      @Nullable Inode target) {
    Names.directory(from).remove(oldName);
    if (target != null) {
      Names.directory(to).remove(newName);
      names.dropName(turn, to, newName, target);
    }
    Names.directory(to).add(newName, source);
    adopt(source, from, to);
    source.reachedBy(to, newName);
    source.changedNanos = turn.kernel().wallNanos();
    Names.modified(turn, from);
    Names.modified(turn, to);
  }

  private void exchange(
      Turn turn, Inode from, String oldName, Inode source, Inode to, String newName, Inode target) {
    Names.directory(from).replace(oldName, target);
    Names.directory(to).replace(newName, source);
    adopt(source, from, to);
    adopt(target, to, from);
    source.reachedBy(to, newName);
    target.reachedBy(from, oldName);
    source.changedNanos = turn.kernel().wallNanos();
    target.changedNanos = source.changedNanos;
    Names.modified(turn, from);
    Names.modified(turn, to);
  }

  /** A directory changes its parent, whose {@code ..} counts as a link. */
  private static void adopt(Inode moved, Inode from, Inode to) {
    if (moved.directory != null) {
      moved.directory.parent = to;
      from.links--;
      to.links++;
    }
  }
}
