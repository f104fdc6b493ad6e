package org.atoll.servers.vfs;

import java.util.Arrays;
import org.atoll.abi.Errno;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.libsys.LongTable;
import org.jspecify.annotations.Nullable;

/** What VFS knows of a process: descriptors, directories, umask, ids, limits. */
final class Process {

  /** Process id of the record of a task of the system. */
  static final int TASK = 0;

  /** First number of descriptors that only exec uses. */
  static final int FIRST_HIDDEN = 1 << 20;

  private static final int SOFT_LIMIT = 1_024;

  final int endpoint;
  final int pid;
  private @Nullable OpenFile[] files = new OpenFile[16];
  private boolean[] closeOnExec = new boolean[16];

  /** No descriptor below is free. */
  private int leastFree;

  final LongTable<OpenFile> hidden = new LongTable<>();
  private int nextHidden = FIRST_HIDDEN;

  Vnode directory;
  Vnode root;

  /** The program that it runs; null before the first one. */
  @Nullable Vnode exe;

  int umask = 022;
  int uid;
  int gid;
  int realUid;
  int realGid;
  int[] groups = new int[0];
  long descriptorsMax = SOFT_LIMIT;

  /** RLIMIT_FSIZE; {@link Long#MAX_VALUE}: unlimited. */
  long fileBytesMax = Long.MAX_VALUE;

  /** The request that waits for a record lock, or 0: what deadlock detection follows. */
  long lockRequest;

  /** Calls under way that refer to this record: it stays until they are over. */
  int pending;

  /** PM's EXIT, which waits for {@link #pending}; 0 while the process lives. */
  long exit;

  Process(int endpoint, int pid, Vnode directory, Vnode root) {
    this.endpoint = endpoint;
    this.pid = pid;
    this.directory = directory;
    this.root = root;
  }

  /** Whether it stands for a task of the system that is no process. */
  boolean isTask() {
    return pid == TASK;
  }

  /** What is open under a number, or null (EBADF). */
  @Nullable OpenFile file(long fd) {
    if (fd >= 0 && fd < files.length) {
      return files[(int) fd];
    }
    return fd < FIRST_HIDDEN ? null : hidden.get(fd);
  }

  /** Numbers that may be in use: all below. */
  int descriptorsEnd() {
    return files.length;
  }

  boolean isCloseOnExec(int fd) {
    return fd < closeOnExec.length && closeOnExec[fd];
  }

  void closeOnExec(int fd, boolean value) {
    if (fd < closeOnExec.length) {
      closeOnExec[fd] = value;
    }
  }

  /** The lowest free number from {@code least} on, or {@code -EMFILE}. */
  int freeFrom(int least) {
    int fd = Math.max(least, leastFree);
    while (fd < files.length && files[fd] != null) {
      fd++;
    }
    if (least <= leastFree) {
      leastFree = fd;
    }
    return fd < descriptorsMax ? fd : -Errno.EMFILE;
  }

  /** Puts a file at a free number; takes over one reference. */
  void put(int fd, OpenFile file, boolean cloexec) {
    if (fd >= files.length) {
      int length = Math.max(fd + 1, 2 * files.length);
      files = Arrays.copyOf(files, length);
      closeOnExec = Arrays.copyOf(closeOnExec, length);
    }
    files[fd] = file;
    closeOnExec[fd] = cloexec;
  }

  /** Puts a file at a number outside the table; takes over one reference. */
  int putHidden(OpenFile file) {
    hidden.put(nextHidden, file);
    return nextHidden++;
  }

  /** Frees a number; whoever calls releases the file. Null: it was free. */
  @Nullable OpenFile take(long fd) {
    if (fd >= FIRST_HIDDEN) {
      return hidden.remove(fd);
    }
    if (fd < 0 || fd >= files.length || files[(int) fd] == null) {
      return null;
    }
    OpenFile file = files[(int) fd];
    files[(int) fd] = null;
    closeOnExec[(int) fd] = false;
    leastFree = Math.min(leastFree, (int) fd);
    return file;
  }

  /** Whether a group is the effective one or a supplementary one. */
  boolean inGroup(int group) {
    return group == gid || hasSupplementary(group);
  }

  boolean hasSupplementary(int group) {
    for (int g : groups) {
      if (g == group) {
        return true;
      }
    }
    return false;
  }

  /** The record of a child: same files, each with one reference more. */
  Process fork(int child, int childPid) {
    Process copy = new Process(child, childPid, directory.retain(), root.retain());
    copy.files = files.clone();
    copy.closeOnExec = closeOnExec.clone();
    copy.leastFree = leastFree;
    for (OpenFile file : files) {
      if (file != null) {
        file.references++;
      }
    }
    copy.exe = exe == null ? null : exe.retain();
    copy.umask = umask;
    copy.uid = uid;
    copy.gid = gid;
    copy.realUid = realUid;
    copy.realGid = realGid;
    copy.groups = groups.clone();
    copy.descriptorsMax = descriptorsMax;
    copy.fileBytesMax = fileBytesMax;
    return copy;
  }

  void save(StateWriter out, VfsState state) {
    out.writeInt(endpoint).writeInt(pid);
    state.saveVnode(out, directory);
    state.saveVnode(out, root);
    out.writeInt(files.length).writeInt(leastFree).writeInt(nextHidden);
    for (int fd = 0; fd < files.length; fd++) {
      OpenFile file = files[fd];
      out.writeLong(file == null ? -1 : file.id).writeBoolean(closeOnExec[fd]);
    }
    out.writeInt(hidden.size());
    for (int at = hidden.first(); at >= 0; at = hidden.next(at)) {
      out.writeLong(hidden.key(at)).writeLong(hidden.value(at).id);
    }
    out.writeInt(umask).writeInt(uid).writeInt(gid).writeInt(realUid).writeInt(realGid);
    out.writeInt(groups.length);
    for (int group : groups) {
      out.writeInt(group);
    }
    out.writeLong(descriptorsMax).writeLong(fileBytesMax).writeInt(pending).writeLong(exit);
    out.writeLong(lockRequest);
    state.saveVnode(out, exe);
  }

  static Process load(StateReader in, VfsState state) {
    int endpoint = in.readInt();
    int pid = in.readInt();
    Vnode directory = state.needVnode(in);
    Process process = new Process(endpoint, pid, directory, state.needVnode(in));
    process.files = new OpenFile[in.readInt()];
    process.closeOnExec = new boolean[process.files.length];
    process.leastFree = in.readInt();
    process.nextHidden = in.readInt();
    for (int fd = 0; fd < process.files.length; fd++) {
      long file = in.readLong();
      process.files[fd] = file < 0 ? null : state.file(file);
      process.closeOnExec[fd] = in.readBoolean();
    }
    for (int count = in.readInt(); count > 0; count--) {
      long fd = in.readLong();
      process.hidden.put(fd, state.file(in.readLong()));
    }
    process.umask = in.readInt();
    process.uid = in.readInt();
    process.gid = in.readInt();
    process.realUid = in.readInt();
    process.realGid = in.readInt();
    process.groups = new int[in.readInt()];
    for (int i = 0; i < process.groups.length; i++) {
      process.groups[i] = in.readInt();
    }
    process.descriptorsMax = in.readLong();
    process.fileBytesMax = in.readLong();
    process.pending = in.readInt();
    process.exit = in.readLong();
    process.lockRequest = in.readLong();
    process.exe = state.loadVnode(in);
    return process;
  }
}
