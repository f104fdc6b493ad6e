package org.atoll.drivers.hostfs;

import org.atoll.abi.Errno;
import org.atoll.abi.Turn;
import org.atoll.hypercall.SharedFolder;
import org.jspecify.annotations.Nullable;

/** Names in directories: lookup, create, symlink, link, unlink, rename. */
final class Names {

  private static final int EXCHANGE = 2;
  private static final int SET_ID = 06000;

  private final SharedFolder folder;
  private final Inodes inodes;
  private final Attributes attributes;

  Names(SharedFolder folder, Inodes inodes, Attributes attributes) {
    this.folder = folder;
    this.inodes = inodes;
    this.attributes = attributes;
  }

  void lookup(Turn turn, long request, Inode directory, String name) {
    boolean up = name.equals("..");
    if (up || name.equals(".")) {
      around(turn, request, directory, up);
      return;
    }
    Inode found = inodes.lookup(directory, name);
    if (found == null) {
      turn.reply(request, inodes.error);
    } else {
      attributes.entry(turn, request, found, inodes.status());
    }
  }

  /** {@code ..} is what is known here to be above: the host is not asked, it might lead outside. */
  private void around(Turn turn, long request, Inode directory, boolean up) {
    Inode above = directory.above;
    if (!directory.isDirectory()) {
      turn.reply(request, -Errno.ENOTDIR);
    } else if (up && above == null && directory.number != Inodes.ROOT) {
      turn.reply(request, -Errno.ESTALE);
    } else {
      attributes.held(turn, request, up && above != null ? above : directory);
    }
  }

  void create(Turn turn, long request, Inode directory, int mode, String name) {
    boolean setsId = (mode & SET_ID) != 0 && (mode & Inode.TYPE) != Inode.DIRECTORY;
    long parent = setsId ? -Errno.EPERM : inodes.handle(directory);
    long[] status = inodes.status();
    long made = parent < 0 ? parent : folder.create(parent, Inodes.bytes(name), mode, status);
    Inode inode = inodes.entered(directory, name, made);
    if (inode == null) {
      turn.reply(request, made);
    } else {
      attributes.entry(turn, request, inode, status);
    }
  }

  void symlink(Turn turn, long request, Inode directory, String name, String target) {
    long parent = inodes.handle(directory);
    byte[] text = Inodes.bytes(target);
    long made = parent < 0 ? parent : folder.symlink(parent, Inodes.bytes(name), text);
    Inode inode = made < 0 ? null : inodes.lookup(directory, name);
    if (inode == null) {
      turn.reply(request, made < 0 ? made : inodes.error);
    } else {
      turn.reply(request, inode.number);
      inodes.put(inode, 1);
    }
  }

  void link(Turn turn, long request, Inode directory, Inode inode, String name) {
    if (inode.isDirectory()) {
      turn.reply(request, -Errno.EPERM);
      return;
    }
    long parent = inodes.handle(directory);
    long handle = parent < 0 ? parent : inodes.handle(inode);
    long result = handle < 0 ? handle : folder.link(handle, parent, Inodes.bytes(name));
    if (result == 0) {
      inodes.place(inode, directory, name);
    }
    turn.reply(request, result);
  }

  void unlink(Turn turn, long request, Inode directory, String name, int flags) {
    Inode victim = directory.below.get(name);
    long parent = inodes.handle(directory);
    long result = parent < 0 ? parent : inodes.keep(victim);
    long number = victim == null ? 0 : victim.number;
    if (result == 0) {
      result = folder.unlink(parent, Inodes.bytes(name), flags);
    }
    if (result == 0) {
      inodes.lost(victim);
    }
    turn.reply(request, result < 0 ? result : number);
  }

  void rename(
      Turn turn, long request, Inode from, String name, Inode to, String newName, int flags) {
    @Nullable Inode target = to.below.get(newName);
    long parent = inodes.handle(from);
    long newParent = parent < 0 ? parent : inodes.handle(to);
    long result = newParent < 0 ? newParent : inodes.keep(target);
    if (result == 0) {
      byte[] newBytes = Inodes.bytes(newName);
      result = folder.rename(parent, Inodes.bytes(name), newParent, newBytes, flags);
    }
    if (result == 0) {
      renamed(from, name, to, newName, flags);
    }
    turn.reply(request, result);
  }

  private void renamed(Inode from, String name, Inode to, String newName, int flags) {
    Inode source = from.below.get(name);
    if ((flags & EXCHANGE) != 0) {
      inodes.exchange(from, name, to, newName);
    } else if (source != null) {
      inodes.place(source, to, newName);
    } else {
      inodes.lost(to.below.get(newName));
    }
  }
}
