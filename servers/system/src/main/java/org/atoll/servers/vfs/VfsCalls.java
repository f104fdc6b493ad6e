package org.atoll.servers.vfs;

import static org.atoll.servers.vfs.OpenFlags.AT_FDCWD;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.abi.protocol.VfsProtocol.Call;
import org.jspecify.annotations.Nullable;

/**
 * The calls of the protocol, each brought to the class of its theme with the caller's record.
 * Longer than other files: one method for each call of the protocol, and nothing else.
 */
final class VfsCalls implements VfsProtocol.Service {

  private static final int LINK_ITSELF = OpenFlags.AT_SYMLINK_NOFOLLOW | OpenFlags.AT_EMPTY_PATH;

  private final VfsState state;
  private final Processes processes;
  private final Open open;
  private final Names names;
  private final TwoPaths twoPaths;
  private final Attributes attributes;
  private final Directories directories;
  private final Mounts mounts;
  private final Unmounts unmounts;
  private final Descriptors descriptors;
  private final ReadWrite readWrite;
  private final FileCalls fileCalls;
  private final Poll poll;
  private final Ioctl ioctl;
  private final Flock flock;
  private final RecordLocks recordLocks;
  private final Mappings mappings;
  private final MountTable mountTable;
  private final MappedPaths mappedPaths;
  private final SystemMounts systemMounts;

  VfsCalls(Themes themes) {
    this.state = themes.state;
    this.processes = themes.processes;
    this.open = themes.open;
    this.names = themes.names;
    this.twoPaths = themes.twoPaths;
    this.attributes = themes.attributes;
    this.directories = themes.directories;
    this.mounts = themes.mounts;
    this.unmounts = themes.unmounts;
    this.descriptors = themes.descriptors;
    this.readWrite = themes.readWrite;
    this.fileCalls = themes.fileCalls;
    this.poll = themes.poll;
    this.ioctl = themes.ioctl;
    this.flock = themes.flock;
    this.recordLocks = themes.recordLocks;
    this.mappings = themes.mappings;
    this.mountTable = themes.mountTable;
    this.mappedPaths = themes.mappedPaths;
    this.systemMounts = themes.systemMounts;
  }

  /** The record of the process that asks; answers ESRCH when it has none. */
  private @Nullable Process caller(Turn turn, long request) {
    Process process = state.processes.get(Turn.caller(request));
    if (process == null || process.exit != 0) {
      turn.reply(request, -Errno.ESRCH);
      return null;
    }
    return process;
  }

  /** Whether a server asks; answers EPERM when it is a process. */
  private boolean isServer(Turn turn, long request) {
    boolean server = state.processes.get(Turn.caller(request)) == null;
    if (!server) {
      turn.reply(request, -Errno.EPERM);
    }
    return server;
  }

  /** The record of a process that a server asks about; answers ESRCH when there is none. */
  private @Nullable Process known(Turn turn, long request, long pid) {
    Process process = state.processOf((int) pid, null);
    if (process == null || process.exit != 0) {
      turn.reply(request, -Errno.ESRCH);
      return null;
    }
    return process;
  }

  private static boolean hasNoPath(Turn turn, long request) {
    return turn.kernel().inBytes(request) == 0;
  }

  @Override
  public void open(Turn turn, long request, long dirfd, long flags, long mode) {
    Process p = caller(turn, request);
    if (p != null) {
      open.open(turn, request, p, dirfd, flags, mode);
    }
  }

  @Override
  public void openExec(Turn turn, long request, long dirfd, long flags) {
    Process p = caller(turn, request);
    if (p != null) {
      open.openExec(turn, request, p, dirfd, flags);
    }
  }

  @Override
  public void close(Turn turn, long request, long fd) {
    Process p = caller(turn, request);
    if (p != null) {
      descriptors.close(turn, request, p, fd);
    }
  }

  @Override
  public void closeRange(Turn turn, long request, long first, long last, long flags) {
    Process p = caller(turn, request);
    if (p != null) {
      descriptors.closeRange(turn, request, p, first, last, flags);
    }
  }

  @Override
  public void read(Turn turn, long request, long fd, long bytes, long offset, long job) {
    Process p = caller(turn, request);
    if (p != null) {
      readWrite.read(turn, request, p, fd, bytes, offset, job);
    }
  }

  @Override
  public void write(Turn turn, long request, long fd, long bytes, long offset, long job) {
    Process p = caller(turn, request);
    if (p != null) {
      readWrite.write(turn, request, p, fd, bytes, offset, job);
    }
  }

  @Override
  public void seek(Turn turn, long request, long fd, long offset, long whence) {
    Process p = caller(turn, request);
    if (p != null) {
      readWrite.seek(turn, request, p, fd, offset, whence);
    }
  }

  @Override
  public void stat(Turn turn, long request, long dirfd, long flags) {
    Process p = caller(turn, request);
    if (p != null) {
      if ((flags & OpenFlags.AT_EMPTY_PATH) != 0 && dirfd >= 0 && hasNoPath(turn, request)) {
        fileCalls.stat(turn, request, p, dirfd);
      } else {
        attributes.begin(turn, request, p, Call.STAT, dirfd, flags, 0);
      }
    }
  }

  @Override
  public void getdents(Turn turn, long request, long fd, long bytes) {
    Process p = caller(turn, request);
    if (p != null) {
      readWrite.list(turn, request, p, fd, bytes);
    }
  }

  @Override
  public void pipe(Turn turn, long request, long flags) {
    Process p = caller(turn, request);
    if (p != null) {
      descriptors.pipe(turn, request, p, flags);
    }
  }

  @Override
  public void dup(Turn turn, long request, long fd, long least, long flags) {
    Process p = caller(turn, request);
    if (p != null) {
      descriptors.dup(turn, request, p, fd, least, flags);
    }
  }

  @Override
  public void dupTo(Turn turn, long request, long fd, long target, long flags) {
    Process p = caller(turn, request);
    if (p != null) {
      descriptors.dupTo(turn, request, p, fd, target, flags);
    }
  }

  @Override
  public void fcntl(Turn turn, long request, long fd, long command, long argument) {
    Process p = caller(turn, request);
    if (p != null) {
      descriptors.fcntl(turn, request, p, fd, command, argument);
    }
  }

  @Override
  public void lock(
      Turn turn,
      long request,
      long fd,
      long command,
      long type,
      long whence,
      long start,
      long bytes) {
    Process p = caller(turn, request);
    if (p != null) {
      recordLocks.lock(turn, request, p, fd, command, type, whence, start, bytes);
    }
  }

  @Override
  public void flock(Turn turn, long request, long fd, long operation) {
    Process p = caller(turn, request);
    if (p != null) {
      flock.flock(turn, request, p, fd, operation);
    }
  }

  @Override
  public void ioctl(Turn turn, long request, long fd, long operation, long argument, long job) {
    Process p = caller(turn, request);
    if (p != null) {
      ioctl.ioctl(turn, request, p, fd, operation, argument, job);
    }
  }

  @Override
  public void mkdir(Turn turn, long request, long dirfd, long mode) {
    Process p = caller(turn, request);
    if (p != null) {
      names.mkdir(turn, request, p, dirfd, mode);
    }
  }

  @Override
  public void mknod(Turn turn, long request, long dirfd, long mode, long device) {
    Process p = caller(turn, request);
    if (p != null) {
      names.mknod(turn, request, p, dirfd, mode, device);
    }
  }

  @Override
  public void unlink(Turn turn, long request, long dirfd, long flags) {
    Process p = caller(turn, request);
    if (p != null) {
      names.unlink(turn, request, p, dirfd, flags);
    }
  }

  @Override
  public void rename(Turn turn, long request, long fromfd, long tofd, long flags, long fromBytes) {
    Process p = caller(turn, request);
    if (p != null) {
      twoPaths.rename(turn, request, p, fromfd, tofd, flags, fromBytes);
    }
  }

  @Override
  public void link(Turn turn, long request, long fromfd, long tofd, long flags, long fromBytes) {
    Process p = caller(turn, request);
    if (p != null) {
      twoPaths.link(turn, request, p, fromfd, tofd, flags, fromBytes);
    }
  }

  @Override
  public void symlink(Turn turn, long request, long dirfd, long targetBytes) {
    Process p = caller(turn, request);
    if (p != null) {
      names.symlink(turn, request, p, dirfd, targetBytes);
    }
  }

  @Override
  public void readlink(Turn turn, long request, long dirfd, long bytes) {
    Process p = caller(turn, request);
    if (p != null) {
      attributes.begin(turn, request, p, Call.READLINK, dirfd, LINK_ITSELF, bytes);
    }
  }

  @Override
  public void chdir(Turn turn, long request) {
    Process p = caller(turn, request);
    if (p != null) {
      directories.change(turn, request, p, Call.CHDIR);
    }
  }

  @Override
  public void fchdir(Turn turn, long request, long fd) {
    Process p = caller(turn, request);
    if (p != null) {
      directories.changeTo(turn, request, p, fd);
    }
  }

  @Override
  public void chroot(Turn turn, long request) {
    Process p = caller(turn, request);
    if (p != null) {
      directories.change(turn, request, p, Call.CHROOT);
    }
  }

  @Override
  public void getcwd(Turn turn, long request) {
    Process p = caller(turn, request);
    if (p != null) {
      directories.current(turn, request, p);
    }
  }

  @Override
  public void umask(Turn turn, long request, long mask) {
    Process p = caller(turn, request);
    if (p != null) {
      turn.reply(request, p.umask);
      p.umask = (int) mask & 0777;
    }
  }

  @Override
  public void access(Turn turn, long request, long dirfd, long mode, long flags) {
    Process p = caller(turn, request);
    if (p != null) {
      if ((mode & ~7) != 0) {
        turn.reply(request, -Errno.EINVAL);
      } else {
        attributes.begin(turn, request, p, Call.ACCESS, dirfd, flags, mode);
      }
    }
  }

  @Override
  public void chmod(Turn turn, long request, long dirfd, long mode, long flags) {
    Process p = caller(turn, request);
    if (p != null) {
      attributes.begin(turn, request, p, Call.CHMOD, dirfd, flags, mode);
    }
  }

  @Override
  public void chown(Turn turn, long request, long dirfd, long uid, long gid, long flags) {
    Process p = caller(turn, request);
    if (p != null) {
      attributes.begin(turn, request, p, Call.CHOWN, dirfd, flags, uid, gid);
    }
  }

  @Override
  public void utimes(Turn turn, long request, long dirfd, long access, long modified, long flags) {
    Process p = caller(turn, request);
    if (p != null) {
      attributes.begin(turn, request, p, Call.UTIMES, dirfd, flags, access, modified);
    }
  }

  @Override
  public void truncate(Turn turn, long request, long bytes) {
    Process p = caller(turn, request);
    if (p != null) {
      attributes.begin(turn, request, p, Call.TRUNCATE, AT_FDCWD, 0, bytes);
    }
  }

  @Override
  public void ftruncate(Turn turn, long request, long fd, long bytes) {
    Process p = caller(turn, request);
    if (p != null) {
      fileCalls.truncate(turn, request, p, fd, bytes);
    }
  }

  @Override
  public void fallocate(Turn turn, long request, long fd, long mode, long offset, long bytes) {
    Process p = caller(turn, request);
    if (p != null) {
      fileCalls.fallocate(turn, request, p, fd, mode, offset, bytes);
    }
  }

  @Override
  public void sync(Turn turn, long request, long fd, long kind) {
    Process p = caller(turn, request);
    if (p != null) {
      FileCalls.sync(turn, request, p, fd, kind);
    }
  }

  @Override
  public void statfs(Turn turn, long request, long fd) {
    Process p = caller(turn, request);
    if (p != null) {
      if (fd >= 0) {
        fileCalls.statfs(turn, request, p, fd);
      } else {
        attributes.begin(turn, request, p, Call.STATFS, AT_FDCWD, 0, 0);
      }
    }
  }

  @Override
  public void poll(Turn turn, long request, long count, long timeout, long pending) {
    Process p = caller(turn, request);
    if (p != null) {
      poll.poll(turn, request, p, count, timeout, pending);
    }
  }

  @Override
  public void mount(
      Turn turn,
      long request,
      long flags,
      long sourceBytes,
      long targetBytes,
      long typeBytes,
      long fs,
      long root) {
    if (state.processes.get(Turn.caller(request)) == null) {
      systemMounts.mount(turn, request, flags, sourceBytes, targetBytes, typeBytes, fs, root);
      return;
    }
    Process p = caller(turn, request);
    if (p != null) {
      mounts.mount(turn, request, p, flags, sourceBytes, targetBytes, typeBytes);
    }
  }

  @Override
  public void umount(Turn turn, long request, long flags) {
    Process p = caller(turn, request);
    if (p != null) {
      unmounts.umount(turn, request, p, flags);
    }
  }

  @Override
  public void limit(Turn turn, long request, long resource, long value, long task) {
    Process p = state.processes.get(task == Endpoint.NONE ? Turn.caller(request) : (int) task);
    if (task != Endpoint.NONE && !isServer(turn, request)) {
      return;
    }
    if (p == null) {
      turn.reply(request, -Errno.ESRCH);
    } else {
      Descriptors.limit(turn, request, p, resource, value);
    }
  }

  @Override
  public void map(Turn turn, long request, long process, long fd, long protection, long flags) {
    if (isServer(turn, request)) {
      mappings.map(turn, request, (int) process, fd, protection, flags);
    }
  }

  @Override
  public void unmap(Turn turn, long request, long handle) {
    if (isServer(turn, request)) {
      mappings.unmap(turn, request, handle);
    }
  }

  @Override
  public void fork(Turn turn, long request, long parent, long child, long pid) {
    if (isServer(turn, request)) {
      processes.fork(turn, request, (int) parent, (int) child, (int) pid);
    }
  }

  @Override
  public void exec(Turn turn, long request, long process, long uid, long gid, long program) {
    if (isServer(turn, request)) {
      processes.exec(turn, request, (int) process, uid, gid, program);
    }
  }

  @Override
  public void exit(Turn turn, long request, long process) {
    if (isServer(turn, request)) {
      processes.exit(turn, request, (int) process);
    }
  }

  @Override
  public void credentials(Turn turn, long request, long process, long uid, long gid, long count) {
    if (isServer(turn, request)) {
      processes.credentials(turn, request, (int) process, uid, gid, count);
    }
  }

  @Override
  public void initProcess(Turn turn, long request, long process, long pid) {
    if (isServer(turn, request)) {
      processes.init(turn, request, (int) process, (int) pid);
    }
  }

  @Override
  public void descriptors(Turn turn, long request, long pid, long first) {
    if (isServer(turn, request)) {
      Process p = known(turn, request, pid);
      if (p != null) {
        Descriptors.list(turn, request, p, first);
      }
    }
  }

  @Override
  public void maker(Turn turn, long request, long pid) {
    Process p = isServer(turn, request) ? known(turn, request, pid) : null;
    if (p != null) {
      Processes.maker(turn, request, p);
    }
  }

  @Override
  public void descriptor(Turn turn, long request, long pid, long fd) {
    Process p = isServer(turn, request) ? known(turn, request, pid) : null;
    if (p != null) {
      Descriptors.show(turn, request, p, fd);
    }
  }

  @Override
  public void mounts(Turn turn, long request, long pid, long info) {
    if (isServer(turn, request)) {
      mountTable.list(turn, request, (int) pid, info != 0);
    }
  }

  @Override
  public void mappedPath(Turn turn, long request, long pid, long handle) {
    if (isServer(turn, request)) {
      mappedPaths.find(turn, request, (int) pid, handle);
    }
  }
}
