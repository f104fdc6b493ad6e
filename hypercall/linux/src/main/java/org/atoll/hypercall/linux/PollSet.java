package org.atoll.hypercall.linux;

/** The rows of one poll(2): descriptor, events asked for, events that are there. */
final class PollSet {

  private static final int ROW_BYTES = 8;
  private static final int EVENTS = 4;
  private static final int RETURNED = 6;

  private final NativeBytes rows;
  private final int count;

  PollSet(int count) {
    this.count = count;
    rows = new NativeBytes(count * ROW_BYTES);
  }

  /** Sets a row; a negative descriptor is left out of the poll. */
  void set(int row, int fd, int events) {
    rows.intAt(row * ROW_BYTES, fd);
    rows.shortAt(row * ROW_BYTES + EVENTS, events);
    rows.shortAt(row * ROW_BYTES + RETURNED, 0);
  }

  /** The events that are there. */
  int returned(int row) {
    return rows.shortAt(row * ROW_BYTES + RETURNED);
  }

  /** Looks, or waits for ever when the time-out is negative; rows that have events, or -errno. */
  int poll(Libc libc, int timeoutMillis) {
    return libc.poll(rows.address(), count, timeoutMillis);
  }
}
