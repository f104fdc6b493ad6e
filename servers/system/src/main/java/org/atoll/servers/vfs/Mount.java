package org.atoll.servers.vfs;

import org.atoll.libsys.LongTable;
import org.jspecify.annotations.Nullable;

/** A file system in the tree, and its inodes that are in use. */
final class Mount {

  /** MS_RDONLY: nothing in it changes. */
  static final int READ_ONLY = 1;

  /** MS_NOSUID: programs do not get the rights of their files. */
  static final int NO_SET_ID = 2;

  /** MS_NODEV: devices in it are not opened. */
  static final int NO_DEVICES = 4;

  /** MS_NOEXEC: programs in it are not run. */
  static final int NO_EXECUTION = 8;

  /** The flags that it may have. */
  static final int FLAGS = READ_ONLY | NO_SET_ID | NO_DEVICES | NO_EXECUTION;

  final int id;

  /** The task that serves it. */
  final int fs;

  /** What was mounted, as mount(2) was told. */
  final String source;

  /** Its type, as mount(2) was told. */
  final String type;

  /** MS_ flags. */
  int flags;

  /** What its file system says of its options, for {@code /proc/mounts}. */
  String shown = "";

  /** Whether it is in the tree no more, and goes when its last inode is not in use any more. */
  boolean detached;

  final LongTable<Vnode> vnodes = new LongTable<>();

  /** Its root directory, referenced by the mount. */
  @Nullable Vnode root;

  /** The directory that it hides, referenced by the mount; null for the root of all. */
  @Nullable Vnode covered;

  Mount(int id, int fs, String source, String type, int flags) {
    this.id = id;
    this.fs = fs;
    this.source = source;
    this.type = type;
    this.flags = flags;
  }

  /** Whether a flag is set. */
  boolean is(int flag) {
    return (flags & flag) != 0;
  }

  /** The options of proc_pid_mounts(5). */
  String options() {
    return (is(READ_ONLY) ? "ro" : "rw")
        + (is(NO_SET_ID) ? ",nosuid" : "")
        + (is(NO_DEVICES) ? ",nodev" : "")
        + (is(NO_EXECUTION) ? ",noexec" : "");
  }

  /** Those of the file system itself, of proc_pid_mountinfo(5). */
  String ofFileSystem() {
    return (is(READ_ONLY) ? "ro" : "rw") + (shown.isEmpty() ? "" : "," + shown);
  }

  /** The vnode of an inode that something is mounted on; null when nothing is. */
  @Nullable Vnode mountPoint(long inode) {
    Vnode vnode = vnodes.get(inode);
    return vnode == null || vnode.covering == null ? null : vnode;
  }

  Vnode rootVnode() {
    Vnode vnode = root;
    if (vnode == null) {
      throw new IllegalStateException("mount " + id + " has no root");
    }
    return vnode;
  }
}
