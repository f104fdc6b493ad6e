package org.atoll.servers.vfs;

import org.atoll.libsys.LongTable;
import org.jspecify.annotations.Nullable;

/** A file system in the tree, and its inodes that are in use. A file system is mounted once. */
final class Mount {

  final int id;

  /** The task that serves it. */
  final int fs;

  /** What was mounted, as mount(2) was told. */
  final String source;

  /** Its type, as mount(2) was told. */
  final String type;

  final LongTable<Vnode> vnodes = new LongTable<>();

  /** Its root directory, referenced by the mount. */
  @Nullable Vnode root;

  /** The directory that it hides, referenced by the mount; null for the root of all. */
  @Nullable Vnode covered;

  Mount(int id, int fs, String source, String type) {
    this.id = id;
    this.fs = fs;
    this.source = source;
    this.type = type;
  }

  Vnode rootVnode() {
    Vnode vnode = root;
    if (vnode == null) {
      throw new IllegalStateException("mount " + id + " has no root");
    }
    return vnode;
  }
}
