package org.atoll.servers.vfs;

import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * An inode of a mounted file system that VFS uses: a working directory, an open file, a step of a
 * walk. What it knows of the inode is from the last answer about it; only VFS changes inodes.
 *
 * <p>Invariant: {@link #references} counts who uses it here, {@link #holds} what the file system
 * counts; without references it goes, and the holds are given back.
 */
final class Vnode {

  final Mount mount;
  final long inode;
  int mode;
  int uid;
  int gid;
  long device;

  int references;
  long holds;

  /** The mount whose root is seen here. */
  @Nullable Mount covering;

  /**
   * Open file descriptions that can write it, and calls with its path that truncate it just now.
   */
  int writers;

  /** Open programs and mappings of running programs: nobody may write it (ETXTBSY). */
  int executors;

  /** The buffer, while the FIFO is open. */
  @Nullable Pipe fifo;

  final List<Lock> locks = new ArrayList<>();

  /** Requests that wait for a lock. */
  final LongQueue lockWaiters = new LongQueue();

  Vnode(Mount mount, long inode) {
    this.mount = mount;
    this.inode = inode;
  }

  int type() {
    return mode & FileMode.TYPE;
  }

  boolean isDirectory() {
    return type() == FileMode.DIRECTORY;
  }

  boolean isRegular() {
    return type() == FileMode.REGULAR;
  }

  /** Its contents changed with DROP_SET_ID: what the file system did to the mode, here too. */
  void dropSetId() {
    mode &= ~FileMode.SET_USER_ID;
    if ((mode & FileMode.GROUP_EXECUTE) != 0) {
      mode &= ~FileMode.SET_GROUP_ID;
    }
  }

  Vnode retain() {
    references++;
    return this;
  }

  void save(StateWriter out) {
    out.writeLong(inode).writeInt(mode).writeInt(uid).writeInt(gid).writeLong(device);
    out.writeInt(references).writeLong(holds).writeInt(writers).writeInt(executors);
    out.writeInt(covering == null ? -1 : covering.id);
    out.writeLong(fifo == null ? -1 : fifo.id);
    out.writeInt(locks.size());
    locks.forEach(lock -> lock.save(out));
    lockWaiters.save(out);
  }

  /** Reads a vnode; pipes are there already, mounts too. */
  static Vnode load(StateReader in, Mount mount, VfsState state) {
    Vnode vnode = new Vnode(mount, in.readLong());
    vnode.mode = in.readInt();
    vnode.uid = in.readInt();
    vnode.gid = in.readInt();
    vnode.device = in.readLong();
    vnode.references = in.readInt();
    vnode.holds = in.readLong();
    vnode.writers = in.readInt();
    vnode.executors = in.readInt();
    int covering = in.readInt();
    vnode.covering = covering < 0 ? null : state.mountById(covering);
    long fifo = in.readLong();
    vnode.fifo = fifo < 0 ? null : state.pipe(fifo);
    for (int locks = in.readInt(); locks > 0; locks--) {
      vnode.locks.add(Lock.load(in));
    }
    vnode.lockWaiters.load(in);
    return vnode;
  }
}
