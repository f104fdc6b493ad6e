package org.atoll.hypercall.linux;

import org.atoll.abi.Errno;
import org.atoll.hypercall.Streams;

/**
 * One stream of the command: what the descriptor is, and the way to use it without waiting.
 *
 * <p>The descriptor is shared with the user's shell, so it is never made non-blocking. A pipe or a
 * terminal is opened once more instead, through {@code /proc/self/fd}: that makes an open file of
 * our own with a flag of our own. A socket has calls that do not wait; files never wait. Where
 * opening is not allowed (a terminal of another user), a poll goes before each bounded transfer,
 * which waits only when another process was quicker.
 */
final class HostStream {

  private static final int O_ACCMODE = 3;
  private static final int O_NOCTTY = 0x100;
  private static final int O_NONBLOCK = 0x800;
  private static final int O_CLOEXEC = 0x80000;
  private static final int F_GETFL = 3;
  private static final long TIOCGWINSZ = 0x5413;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int PIPE_POLLED_BYTES = 4_096;
  private static final int TERMINAL_POLLED_BYTES = 64;

  /** How a transfer is kept from waiting. */
  private enum Way {
    /** The call never waits, by itself or by the flag of our own open file. */
    PLAIN,
    /** Socket calls with MSG_DONTWAIT. */
    SOCKET,
    /** A poll first. */
    POLLED
  }

  private final Libc libc;
  private final int fd;
  private final boolean input;
  private final int kind;
  private final Way way;
  private final int transferFd;
  private final PollSet poll = new PollSet(1);
  private final NativeBytes window = new NativeBytes(8);

  /** What {@link #status} answered last; -1 before. */
  private long told = -1;

  HostStream(Libc libc, int fd, boolean input) {
    this.libc = libc;
    this.fd = fd;
    this.input = input;
    FileKind file = FileKind.of(libc, fd);
    kind = kindOf(file);
    boolean waits = file.mayWait() && openedRightly();
    int own = waits ? openAgain() : -1;
    transferFd = own >= 0 ? own : fd;
    way = own >= 0 || !waits ? Way.PLAIN : file == FileKind.SOCKET ? Way.SOCKET : Way.POLLED;
  }

  boolean closed() {
    return kind == Streams.CLOSED;
  }

  /** As {@link Streams#status}. */
  long status() {
    told = statusNow();
    return told;
  }

  /** Whether the terminal has another size than {@link #status} told last. */
  boolean resized() {
    return kind == Streams.TERMINAL && statusNow() != told;
  }

  private long statusNow() {
    if (kind != Streams.TERMINAL || libc.ioctl(fd, TIOCGWINSZ, window.address()) < 0) {
      return kind;
    }
    long rows = window.shortAt(0);
    long columns = window.shortAt(2);
    return kind | rows << 16 | columns << 32;
  }

  /** As {@link Streams#ready}. */
  int ready(int events) {
    poll.set(0, fd, events & ~Streams.RESIZED);
    int result = poll.poll(libc, 0);
    if (result < 0) {
      return result;
    }
    return poll.returned(0) | ((events & Streams.RESIZED) != 0 && resized() ? Streams.RESIZED : 0);
  }

  /** As {@link Streams#read}, to an address. */
  int read(long address, int bytes) {
    if (way == Way.POLLED && ready(Streams.READABLE) == 0) {
      return -Errno.EAGAIN;
    }
    int result;
    do {
      result =
          way == Way.SOCKET
              ? libc.recv(fd, address, bytes, MSG_DONTWAIT)
              : libc.read(transferFd, address, bytes);
    } while (result == -Errno.EINTR);
    return result;
  }

  /** As {@link Streams#write}, from an address. */
  int write(long address, int bytes) {
    int room = bytes;
    if (way == Way.POLLED) {
      if (ready(Streams.WRITABLE) == 0) {
        return -Errno.EAGAIN;
      }
      int bound = kind == Streams.TERMINAL ? TERMINAL_POLLED_BYTES : PIPE_POLLED_BYTES;
      room = Math.min(bytes, bound);
    }
    int result;
    do {
      result =
          way == Way.SOCKET
              ? libc.send(fd, address, room, MSG_DONTWAIT | MSG_NOSIGNAL)
              : libc.write(transferFd, address, room);
    } while (result == -Errno.EINTR);
    return result;
  }

  private static int kindOf(FileKind file) {
    return switch (file) {
      case CLOSED -> Streams.CLOSED;
      case REGULAR -> Streams.REGULAR;
      case NULL_DEVICE -> Streams.NULL_DEVICE;
      case TERMINAL -> Streams.TERMINAL;
      case PIPE, SOCKET, OTHER -> Streams.PIPE;
    };
  }

  private boolean openedRightly() {
    int mode = libc.fcntl(fd, F_GETFL) & O_ACCMODE;
    return mode == 2 || mode == (input ? 0 : 1);
  }

  private int openAgain() {
    NativeBytes path = NativeBytes.path("/proc/self/fd/" + fd);
    return libc.open(path.address(), (input ? 0 : 1) | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  }
}
