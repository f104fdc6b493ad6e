package org.atoll.servers.vfs;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/**
 * What is behind an open file description that has no place in a tree and is ready or not: a
 * counter, a timer, a set of signals, an epoll.
 *
 * <p>Whatever else is to be polled takes the same way: a state that says at any time what it is
 * ready for ({@link #ready}), and {@link Events#changed} whenever that may have become more; poll,
 * select and epoll need no more. State that another server has is kept here as that server last
 * told it: what it says before it answers a read or write arrives before that answer.
 *
 * <p>Invariant: one open file description has it, and it goes away with that.
 */
abstract class Source {

  /** What it is, as saved state has it. */
  enum Kind {
    COUNTER("eventfd"),
    TIMER("timerfd"),
    SIGNALS("signalfd"),
    EPOLL("eventpoll");

    private static final Kind[] ALL = values();

    /** As /proc/PID/fd shows it. */
    final String title;

    Kind(String title) {
      this.title = title;
    }

    /** As saved state has it. */
    @SuppressWarnings("EnumOrdinal")
    int number() {
      return ordinal();
    }
  }

  final long id;
  final Kind kind;
  final Watchers watchers = new Watchers();

  /** Requests that wait to read. */
  final LongQueue readers = new LongQueue();

  /** Requests that wait to write. */
  final LongQueue writers = new LongQueue();

  Source(long id, Kind kind) {
    this.id = id;
    this.kind = kind;
  }

  /**
   * The events that are there now: bits of {@link Readiness}.
   *
   * @param pending the signals that are pending for who asks
   */
  abstract int ready(long pending);

  /** Writes what it has besides who waits. */
  abstract void saveOwn(StateWriter out);

  /** Reads what {@link #saveOwn} wrote. */
  abstract void loadOwn(StateReader in);

  final void save(StateWriter out) {
    out.writeLong(id).writeByte(kind.number());
    watchers.save(out);
    readers.save(out);
    writers.save(out);
    saveOwn(out);
  }

  static Source load(StateReader in) {
    Source source = make(in.readLong(), Kind.ALL[in.readByte()]);
    source.watchers.load(in);
    source.readers.load(in);
    source.writers.load(in);
    source.loadOwn(in);
    return source;
  }

  private static Source make(long id, Kind kind) {
    return switch (kind) {
      case COUNTER -> new Counter(id, 0, false);
      case TIMER -> new Timer(id, Timer.MONOTONIC);
      case SIGNALS -> new SignalSet(id, 0);
      case EPOLL -> new EventPoll(id);
    };
  }
}
