package org.atoll.hypercall.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a descriptor of the host refers to. */
enum FileKind {
  CLOSED,
  REGULAR,
  NULL_DEVICE,
  TERMINAL,
  PIPE,
  SOCKET,
  OTHER;

  private static final int STATX_BYTES = 256;
  private static final int STATX_MODE = 28;
  private static final int STATX_DEVICE_MAJOR = 128;
  private static final int STATX_DEVICE_MINOR = 132;
  private static final int S_IFMT = 0xf000;
  private static final int S_IFIFO = 0x1000;
  private static final int S_IFCHR = 0x2000;
  private static final int S_IFREG = 0x8000;
  private static final int S_IFSOCK = 0xc000;
  private static final long TCGETS = 0x5401;
  private static final int TERMIOS_BYTES = 64;

  /** Looks at a descriptor. */
  static FileKind of(Libc libc, int fd) {
    NativeBytes status = new NativeBytes(STATX_BYTES);
    if (libc.statx(fd, NativeBytes.path("").address(), status.address()) < 0) {
      return CLOSED;
    }
    return switch (status.shortAt(STATX_MODE) & S_IFMT) {
      case S_IFREG -> ofRuntime(fd) ? CLOSED : REGULAR;
      case S_IFIFO -> PIPE;
      case S_IFSOCK -> SOCKET;
      case S_IFCHR -> device(libc, fd, status);
      default -> OTHER;
    };
  }

  /** Whether a transfer may have to wait for another process. */
  boolean mayWait() {
    return switch (this) {
      case TERMINAL, PIPE, SOCKET, OTHER -> true;
      case CLOSED, REGULAR, NULL_DEVICE -> false;
    };
  }

  private static FileKind device(Libc libc, int fd, NativeBytes status) {
    boolean nullDevice =
        status.intAt(STATX_DEVICE_MAJOR) == 1 && status.intAt(STATX_DEVICE_MINOR) == 3;
    if (nullDevice) {
      return NULL_DEVICE;
    }
    NativeBytes termios = new NativeBytes(TERMIOS_BYTES);
    return libc.ioctl(fd, TCGETS, termios.address()) < 0 ? OTHER : TERMINAL;
  }

  /**
   * Whether the Java runtime opened the descriptor for itself: it takes the lowest free number, so
   * a command that is started without input finds the runtime's own file there.
   */
  private static boolean ofRuntime(int fd) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd))
          .equals(Path.of(System.getProperty("java.home"), "lib", "modules"));
    } catch (IOException unknown) {
      return false;
    }
  }
}
