package org.atoll.hypercall.linux;

import java.io.IOException;
import org.atoll.abi.Errno;
import org.atoll.hypercall.SharedFolder;
import org.jspecify.annotations.Nullable;

/**
 * A folder of a Linux host, shared with a VOS.
 *
 * <p>A handle is a descriptor that only names its file (O_PATH), opened by one name from the handle
 * of a directory and without following links: nobody leads it astray by moving or replacing what
 * lies on the way.
 */
public final class LinuxFolder implements SharedFolder, AutoCloseable {

  private static final int NAME_BYTES_MAX = 255;
  private static final int PATH_BYTES = 4_096;
  private static final int STATFS_BYTES = 120;
  private static final int PERMISSIONS = 07777;
  private static final int OWNER_ONLY = 0700;
  private static final int UTIME_NOW = 0x3fffffff;
  private static final int UTIME_OMIT = 0x3ffffffe;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final FileCalls calls;
  private final HostStatus hostStatus;
  private final int base;
  private final HostFiles files;
  private final NativeBytes name = new NativeBytes(PATH_BYTES);
  private final NativeBytes otherName = new NativeBytes(PATH_BYTES);
  private final NativeBytes times = new NativeBytes(32);
  private final NativeBytes buffer = new NativeBytes(BYTES_MAX);

  private LinuxFolder(FileCalls calls, int base) {
    this.calls = calls;
    this.base = base;
    this.hostStatus = new HostStatus(calls);
    this.files = new HostFiles(calls, hostStatus);
  }

  /**
   * Opens a folder, or a regular file, that is to be shared.
   *
   * @param path its bytes; links on the way to it are followed
   * @throws IOException with one line that says why it cannot be shared
   */
  public static LinuxFolder open(Libc libc, byte[] path) throws IOException {
    FileCalls calls = new FileCalls(libc);
    NativeBytes text = new NativeBytes(path.length + 1);
    int fd = calls.openat(FileCalls.AT_FDCWD, text.text(path), FileCalls.O_PATH, 0);
    if (fd < 0) {
      throw new IOException(Errno.text(-fd));
    }
    LinuxFolder folder = new LinuxFolder(calls, fd);
    int type = folder.hostStatus.type(fd);
    if (type != HostFile.DIRECTORY && type != HostFile.REGULAR) {
      folder.close();
      throw new IOException("neither a folder nor a regular file");
    }
    return folder;
  }

  /** Closes everything; the folder is of no use any more. */
  @Override
  public void close() {
    files.closeAll();
    calls.close(base);
  }

  /** Descriptors of the host that are open for handles. */
  int descriptors() {
    return files.descriptors();
  }

  // ---- handles

  @Override
  public long root(long[] status) {
    files.closeAll();
    return files.enter(calls.duplicate(base), status);
  }

  @Override
  public long lookup(long directory, byte[] component, long[] status) {
    HostFile parent = files.file(directory);
    int error = refusal(parent, component);
    return parent == null || error != 0
        ? error
        : files.enter(calls.openName(parent.path, name.text(component)), status);
  }

  /** 0, or why a name in a directory is none. */
  private static int refusal(@Nullable HostFile parent, byte[] component) {
    if (parent == null) {
      return -Errno.EBADF;
    }
    return parent.type == HostFile.DIRECTORY ? refusal(component) : -Errno.ENOTDIR;
  }

  private static int refusal(byte[] component) {
    if (component.length > NAME_BYTES_MAX) {
      return -Errno.ENAMETOOLONG;
    }
    boolean dots = component.length <= 2;
    for (byte b : component) {
      if (b == '/' || b == 0) {
        return -Errno.EINVAL;
      }
      dots &= b == '.';
    }
    return dots ? -Errno.EINVAL : 0;
  }

  @Override
  public int close(long handle) {
    return files.close(handle);
  }

  @Override
  public int status(long handle, long[] status) {
    HostFile file = files.file(handle);
    return file == null ? -Errno.EBADF : hostStatus.fill(file.path, status);
  }

  // ---- contents

  @Override
  public int list(long directory, long position, byte[] target, int bytes) {
    int fd = files.reader(directory);
    if (fd < 0) {
      return fd;
    }
    long at = calls.seek(fd, position, 0);
    if (at < 0) {
      return (int) at;
    }
    int got = calls.entries(fd, buffer.address(), Math.min(bytes, BYTES_MAX));
    if (got > 0) {
      buffer.get(target, 0, got);
    }
    return got;
  }

  @Override
  public int readlink(long handle, byte[] target) {
    HostFile file = files.file(handle);
    if (file == null || file.type != HostFile.SYMLINK) {
      return file == null ? -Errno.EBADF : -Errno.EINVAL;
    }
    int got = calls.readlink(file.path, buffer.address(), Math.min(target.length, BYTES_MAX));
    if (got > 0) {
      buffer.get(target, 0, got);
    }
    return got;
  }

  @Override
  public int read(long handle, long offset, byte[] target, int bytes) {
    int fd = files.reader(handle);
    int most = Math.min(bytes, BYTES_MAX);
    int done = 0;
    while (fd >= 0 && done < most) {
      int got = calls.pread(fd, buffer.address() + done, most - done, offset + done);
      if (got == 0 || got < 0 && got != -Errno.EINTR && done > 0) {
        break;
      }
      if (got < 0 && got != -Errno.EINTR) {
        return got;
      }
      done += Math.max(got, 0);
    }
    buffer.get(target, 0, done);
    return fd < 0 ? fd : done;
  }

  @Override
  public int write(long handle, long offset, byte[] source, int bytes, long[] end) {
    int fd = files.writer(handle);
    if (fd < 0) {
      return fd;
    }
    int most = Math.min(bytes, BYTES_MAX);
    buffer.put(source, 0, most);
    int done;
    do {
      done =
          offset < 0
              ? calls.append(fd, buffer.address(), most)
              : calls.pwrite(fd, buffer.address(), most, offset);
    } while (done == -Errno.EINTR);
    end[0] = offset < 0 ? calls.position(fd) : offset + Math.max(done, 0);
    return done;
  }

  @Override
  public int truncate(long handle, long bytes) {
    int fd = files.writer(handle);
    return fd < 0 ? fd : calls.truncate(fd, bytes);
  }

  @Override
  public int allocate(long handle, int mode, long offset, long bytes) {
    int fd = files.writer(handle);
    return fd < 0 ? fd : calls.allocate(fd, mode, offset, bytes);
  }

  @Override
  public long seek(long handle, long offset, int whence) {
    HostFile file = files.file(handle);
    if (file != null && file.type != HostFile.REGULAR) {
      return -Errno.EINVAL;
    }
    int fd = files.reader(handle);
    return fd < 0 ? fd : calls.seek(fd, offset, whence);
  }

  // ---- attributes

  @Override
  public int mode(long handle, int mode) {
    HostFile file = files.file(handle);
    if (file == null) {
      return -Errno.EBADF;
    }
    return file.type == HostFile.SYMLINK
        ? -Errno.EOPNOTSUPP
        : calls.chmod(files.pathOf(file.path), mode & PERMISSIONS);
  }

  @Override
  public int times(long handle, long accessed, long modified) {
    HostFile file = files.file(handle);
    if (file == null) {
      return -Errno.EBADF;
    }
    putTime(0, accessed);
    putTime(16, modified);
    return file.type == HostFile.SYMLINK
        ? calls.timesOfLink(file.path, times.address())
        : calls.times(files.pathOf(file.path), times.address());
  }

  private void putTime(int at, long nanos) {
    boolean special = nanos == NOW || nanos == OMIT;
    times.longAt(at, special ? 0 : Math.floorDiv(nanos, NANOS_PER_SECOND));
    long fraction = special ? 0 : Math.floorMod(nanos, NANOS_PER_SECOND);
    times.longAt(at + 8, nanos == NOW ? UTIME_NOW : nanos == OMIT ? UTIME_OMIT : fraction);
  }

  @Override
  public int space(byte[] target) {
    int result = calls.statfs(base, buffer.address());
    if (result == 0) {
      buffer.get(target, 0, Math.min(target.length, STATFS_BYTES));
    }
    return result;
  }

  // ---- names

  @Override
  public long create(long directory, byte[] component, int mode, long[] status) {
    HostFile parent = files.file(directory);
    int error = refusal(parent, component);
    if (parent == null || error != 0) {
      return error;
    }
    return switch (mode & HostFile.TYPE) {
      case HostFile.REGULAR -> createRegular(parent, component, mode, status);
      case HostFile.DIRECTORY -> {
        int made = calls.mkdir(parent.path, name.text(component), OWNER_ONLY);
        yield made < 0 ? made : finish(directory, component, mode, status);
      }
      case HostFile.FIFO -> {
        int made = calls.mknod(parent.path, name.text(component), HostFile.FIFO | OWNER_ONLY);
        yield made < 0 ? made : finish(directory, component, mode, status);
      }
      default -> -Errno.EPERM;
    };
  }

  /**
   * The descriptor that made the file writes it, too: its permissions need not allow that later.
   */
  private long createRegular(HostFile parent, byte[] component, int mode, long[] status) {
    int flags = FileCalls.O_CREATE | FileCalls.O_EXCLUSIVE | FileCalls.O_READ_WRITE;
    int fd =
        calls.openat(parent.path, name.text(component), flags | calls.nofollowFlag, OWNER_ONLY);
    if (fd < 0) {
      return fd;
    }
    int path = calls.openat(FileCalls.AT_FDCWD, files.pathOf(fd), FileCalls.O_PATH, 0);
    int changed = path < 0 ? path : calls.chmod(files.pathOf(path), mode & PERMISSIONS);
    long handle = changed < 0 ? changed : files.enter(path, status);
    if (handle < 0) {
      calls.close(fd);
      return handle;
    }
    HostFile file = files.file(handle);
    if (file != null) {
      file.writer = fd;
      files.use(handle, file);
    }
    return handle;
  }

  /** Opens what was just made and gives it its permissions. */
  private long finish(long directory, byte[] component, int mode, long[] status) {
    long handle = lookup(directory, component, status);
    if (handle < 0) {
      return handle;
    }
    int changed = mode(handle, mode);
    int result = changed < 0 ? changed : status(handle, status);
    if (result < 0) {
      close(handle);
      return result;
    }
    return handle;
  }

  @Override
  public int symlink(long directory, byte[] component, byte[] target) {
    HostFile parent = files.file(directory);
    int error = refusal(parent, component);
    if (parent == null || error != 0) {
      return error;
    }
    if (target.length >= PATH_BYTES) {
      return -Errno.ENAMETOOLONG;
    }
    return calls.symlink(otherName.text(target), parent.path, name.text(component));
  }

  @Override
  public int link(long handle, long directory, byte[] component) {
    HostFile file = files.file(handle);
    HostFile parent = files.file(directory);
    int error = refusal(parent, component);
    if (file == null || parent == null || error != 0) {
      return file == null ? -Errno.EBADF : error;
    }
    return calls.link(files.pathOf(file.path), parent.path, name.text(component));
  }

  @Override
  public int unlink(long directory, byte[] component, int flags) {
    HostFile parent = files.file(directory);
    int error = refusal(parent, component);
    return parent == null || error != 0
        ? error
        : calls.unlink(parent.path, name.text(component), flags);
  }

  @Override
  public int rename(long from, byte[] component, long to, byte[] newName, int flags) {
    HostFile parent = files.file(from);
    HostFile newParent = files.file(to);
    int error = refusal(parent, component);
    int newError = refusal(newParent, newName);
    if (parent == null || newParent == null || error != 0 || newError != 0) {
      return error != 0 ? error : newError;
    }
    long oldText = name.text(component);
    return calls.rename(parent.path, oldText, newParent.path, otherName.text(newName), flags);
  }
}
