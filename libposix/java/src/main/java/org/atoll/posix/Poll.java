package org.atoll.posix;

import static org.atoll.posix.PosixException.check;

import org.atoll.posix.gate.Bytes;
import org.atoll.posix.gate.Scratch;
import org.jspecify.annotations.Nullable;

/** {@code <poll.h>}: waiting for several descriptors. */
public final class Poll {

  /** There is something to read. */
  public static final int POLLIN = 1;

  /** There is something urgent to read. */
  public static final int POLLPRI = 2;

  /** There is room to write. */
  public static final int POLLOUT = 4;

  /** Answered only: an error. */
  public static final int POLLERR = 8;

  /** Answered only: the other end has gone. */
  public static final int POLLHUP = 16;

  /** Answered only: no such descriptor. */
  public static final int POLLNVAL = 32;

  private static final int BYTES = 8;
  private static final int MILLION = 1_000_000;

  /** A descriptor to wait for; after the call {@link #revents} says what it is ready for. */
  public static final class Pollfd {
    /** The descriptor; negative: none. */
    public final int fd;

    /** What to wait for. */
    public final int events;

    /** What it is ready for. */
    public int revents;

    /** A descriptor, and the events of it. */
    public Pollfd(int fd, int events) {
      this.fd = fd;
      this.events = events;
    }
  }

  private Poll() {}

  /**
   * Waits until one is ready; answers how many are, 0 when the time is over. Errors: EINTR, EINVAL.
   *
   * @param timeoutMillis -1: no limit
   */
  public static int poll(int timeoutMillis, Pollfd... all) {
    byte[] rows = new byte[Math.max(1, BYTES * all.length)];
    for (int i = 0; i < all.length; i++) {
      Bytes.putInt(rows, BYTES * i, all[i].fd);
      Bytes.putShort(rows, BYTES * i + 4, all[i].events);
    }
    try (Scratch s = Scratch.open()) {
      long at = s.copy(rows);
      long time = timeoutMillis < 0 ? 0 : s.copy(timespec((long) timeoutMillis * MILLION));
      int ready = (int) check("poll", s.call(73, at, all.length, time, 0, 8));
      s.read(at, rows, 0, BYTES * all.length);
      for (int i = 0; i < all.length; i++) {
        all[i].revents = Bytes.getShort(rows, BYTES * i + 6);
      }
      return ready;
    }
  }

  static byte[] timespec(@Nullable Long nanos) {
    byte[] time = new byte[16];
    long value = nanos == null ? 0 : nanos;
    Bytes.putLong(time, 0, value / 1_000_000_000L);
    Bytes.putLong(time, 8, value % 1_000_000_000L);
    return time;
  }
}
