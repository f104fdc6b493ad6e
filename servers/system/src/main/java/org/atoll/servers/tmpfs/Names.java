package org.atoll.servers.tmpfs;

import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Turn;
import org.jspecify.annotations.Nullable;

/** Names in directories: create, link, unlink. */
final class Names {

  private static final int REMOVE_DIRECTORY = 0x200;

  private final Volume volume;

  Names(Volume volume) {
    this.volume = volume;
  }

  private static @Nullable Inode find(Inode parent, Directory directory, String name) {
    return switch (name) {
      case "." -> parent;
      case ".." -> directory.parent;
      default -> directory.find(name);
    };
  }

  /** 0, or the negated errno that forbids a new name here. */
  int newName(Inode parent, String name) {
    Directory directory = parent.directory;
    if (directory == null) {
      return -Errno.ENOTDIR;
    }
    if (name.length() > Limits.NAME_BYTES_MAX) {
      return -Errno.ENAMETOOLONG;
    }
    if (name.isEmpty() || name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
      return -Errno.EINVAL;
    }
    if (find(parent, directory, name) != null) {
      return -Errno.EEXIST;
    }
    return parent.links == 0 ? -Errno.ENOENT : 0;
  }

  /** Makes a file under a name; null when it was answered with an error. */
  @Nullable Inode create(
      Turn turn, long request, Inode parent, int mode, String name, @Nullable String target) {
    int error = newName(parent, name);
    Inode inode = error == 0 ? volume.create(turn, mode, parent, target) : null;
    if (inode == null) {
      turn.reply(request, error == 0 ? -Errno.ENOSPC : error);
      return null;
    }
    enter(turn, parent, name, inode);
    if (inode.isDirectory()) {
      inode.links++;
    }
    return inode;
  }

  /** Gives an inode a name that was checked with {@link #newName}. */
  void enter(Turn turn, Inode parent, String name, Inode inode) {
    Directory directory = directory(parent);
    directory.add(name, inode);
    inode.reachedBy(parent, name);
    volume.moreNames(inode.links > 0 && !inode.isDirectory() ? 1 : 0);
    inode.links++;
    inode.changedNanos = turn.kernel().wallNanos();
    if (inode.directory != null) {
      inode.directory.parent = parent;
      parent.links++;
    }
    modified(turn, parent);
  }

  void link(Turn turn, long request, Inode parent, Inode inode, String name) {
    int error = newName(parent, name);
    if (inode.isDirectory()) {
      turn.reply(request, -Errno.EPERM);
    } else if (error != 0 || inode.links == 0) {
      turn.reply(request, error != 0 ? error : -Errno.ENOENT);
    } else if (volume.isFull(turn.kernel())) {
      turn.reply(request, -Errno.ENOSPC);
    } else {
      enter(turn, parent, name, inode);
      turn.reply(request, 0);
    }
  }

  void unlink(Turn turn, long request, Inode parent, long flags, String name) {
    Directory directory = parent.directory;
    Inode victim = directory == null ? null : directory.find(name);
    int error = removable(parent, victim, (flags & REMOVE_DIRECTORY) != 0);
    if (error != 0 || victim == null) {
      turn.reply(request, error);
      return;
    }
    leave(turn, parent, name, victim);
    turn.reply(request, victim.number);
    volume.reap(turn, victim);
  }

  private static int removable(Inode parent, @Nullable Inode victim, boolean asDirectory) {
    if (parent.directory == null) {
      return -Errno.ENOTDIR;
    }
    if (victim == null) {
      return -Errno.ENOENT;
    }
    if (victim.directory == null) {
      return asDirectory ? -Errno.ENOTDIR : 0;
    }
    if (!asDirectory) {
      return -Errno.EISDIR;
    }
    return victim.directory.isEmpty() ? 0 : -Errno.ENOTEMPTY;
  }

  /** Takes a name away; the caller reaps. A directory that loses its name is empty. */
  void leave(Turn turn, Inode parent, String name, Inode victim) {
    directory(parent).remove(name);
    dropName(turn, parent, name, victim);
    modified(turn, parent);
  }

  /** Counts a lost name; of a directory, {@code .} and {@code ..} go with it. */
  void dropName(Turn turn, Inode parent, String name, Inode victim) {
    victim.lost(parent, name);
    victim.links--;
    volume.moreNames(victim.links > 0 && !victim.isDirectory() ? -1 : 0);
    victim.changedNanos = turn.kernel().wallNanos();
    if (victim.directory != null) {
      victim.links--;
      parent.links--;
      volume.orphan(victim.directory);
    }
  }

  static void modified(Turn turn, Inode directory) {
    directory.modifiedNanos = turn.kernel().wallNanos();
    directory.changedNanos = directory.modifiedNanos;
  }

  static Directory directory(Inode inode) {
    Directory directory = inode.directory;
    if (directory == null) {
      throw new IllegalStateException("inode " + inode.number + " is not a directory");
    }
    return directory;
  }
}
