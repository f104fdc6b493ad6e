package org.atoll.hypercall.linux;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.LinkedHashMap;
import java.util.Map;
import org.atoll.abi.Errno;
import org.atoll.hypercall.FolderStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a shared folder has open, by handle. Contents are opened when they are needed, from the
 * descriptor that names the file ({@code /proc/self/fd/N} leads to the very file), and only when it
 * is a regular file or a directory: opening another one could wait, or do something. At most {@link
 * #CONTENTS_MAX} files have theirs open; the least recently used give way.
 */
final class HostFiles {

  /** Files whose contents are open at once. */
  static final int CONTENTS_MAX = 64;

  private final FileCalls calls;
  private final HostStatus hostStatus;
  private final Map<Long, HostFile> files = new LinkedHashMap<>();

  /** Those with contents open, the least recently used first. */
  private final LinkedHashMap<Long, HostFile> inUse = new LinkedHashMap<>(16, 0.75f, true);

  private final NativeBytes descriptorPath = new NativeBytes(64);
  private final NativeBytes here = NativeBytes.path(".");
  private long lastHandle;

  HostFiles(FileCalls calls, HostStatus hostStatus) {
    this.calls = calls;
    this.hostStatus = hostStatus;
  }

  @Nullable HostFile file(long handle) {
    return files.get(handle);
  }

  /** Gives a descriptor that names a file a handle, and fills in what the file is. */
  long enter(int fd, long[] status) {
    if (fd < 0) {
      return fd;
    }
    int result = hostStatus.fill(fd, status);
    if (result < 0) {
      calls.close(fd);
      return result;
    }
    files.put(++lastHandle, new HostFile(fd, (int) status[FolderStatus.MODE] & HostFile.TYPE));
    return lastHandle;
  }

  int close(long handle) {
    HostFile file = files.remove(handle);
    inUse.remove(handle);
    if (file == null) {
      return -Errno.EBADF;
    }
    file.close(calls);
    return 0;
  }

  void closeAll() {
    files.values().forEach(file -> file.close(calls));
    files.clear();
    inUse.clear();
  }

  /** Descriptors of the host that are open. */
  int descriptors() {
    return files.values().stream()
        .mapToInt(f -> 1 + (f.reader >= 0 ? 1 : 0) + (f.writer >= 0 ? 1 : 0))
        .sum();
  }

  /** The path that leads to what a descriptor of this process has open; valid until the next. */
  long pathOf(int fd) {
    return descriptorPath.text(("/proc/self/fd/" + fd).getBytes(US_ASCII));
  }

  /** A descriptor to read the contents with, or a negated errno. */
  int reader(long handle) {
    HostFile file = files.get(handle);
    int error = refusal(file);
    if (file == null || error != 0) {
      return error;
    }
    if (file.reader < 0) {
      int fd =
          file.type == HostFile.DIRECTORY
              ? calls.openat(file.path, here.address(), calls.directoryFlag, 0)
              : open(file.path, 0);
      if (fd < 0) {
        return fd;
      }
      file.reader = fd;
    }
    use(handle, file);
    return file.reader;
  }

  /** A descriptor to write the contents with, or a negated errno. */
  int writer(long handle) {
    HostFile file = files.get(handle);
    int error = refusal(file);
    if (file == null || error != 0) {
      return error;
    }
    if (file.type == HostFile.DIRECTORY) {
      return -Errno.EISDIR;
    }
    if (file.writer < 0) {
      int fd = open(file.path, FileCalls.O_WRITE);
      if (fd < 0) {
        return fd;
      }
      file.writer = fd;
    }
    use(handle, file);
    return file.writer;
  }

  private static int refusal(@Nullable HostFile file) {
    if (file == null) {
      return -Errno.EBADF;
    }
    return file.type == HostFile.REGULAR || file.type == HostFile.DIRECTORY ? 0 : -Errno.EACCES;
  }

  private int open(int path, int access) {
    int flags = access | FileCalls.O_NONBLOCK | FileCalls.O_NOCTTY;
    return calls.openat(FileCalls.AT_FDCWD, pathOf(path), flags, 0);
  }

  /** Makes a file the most recently used one, if its contents are open. */
  void use(long handle, HostFile file) {
    if (!file.hasContents()) {
      return;
    }
    inUse.put(handle, file);
    if (inUse.size() > CONTENTS_MAX) {
      Map.Entry<Long, HostFile> oldest = inUse.firstEntry();
      oldest.getValue().closeContents(calls);
      inUse.remove(oldest.getKey());
    }
  }
}
