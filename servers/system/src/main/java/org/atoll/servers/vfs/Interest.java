package org.atoll.servers.vfs;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/** What an epoll wants to hear of one open file: an entry of epoll_ctl(2). */
final class Interest {

  static final int ONE_SHOT = 1 << 30;
  static final int EDGE = 1 << 31;
  static final int EXCLUSIVE = 1 << 28;
  private static final int WAKE_UP = 1 << 29;
  private static final int MODES = ONE_SHOT | EDGE | EXCLUSIVE | WAKE_UP;

  final long id;
  final EventPoll epoll;
  final int fd;

  /** Not referenced by this: the entry goes away with it. */
  final OpenFile file;

  int events;
  long data;

  /** Whether it is in the epoll's row of what may be ready. */
  boolean queued;

  /** Of what is asked about: whether it was not ready, or used, since it was reported last. */
  boolean news = true;

  /** Of what is asked about: the events that were answered last. */
  int known;

  /** The call that is answered when it is ready, or 0. */
  long watch;

  /** Of a socket's edge: the network server's count of news with the last answer. */
  long count;

  /** Of a socket's edge: the count that was reported; 0 when it is set anew. */
  long reported;

  /** Signals that had come to who was told of it last. */
  long arrivals;

  Interest(long id, EventPoll epoll, int fd, OpenFile file) {
    this.id = id;
    this.epoll = epoll;
    this.fd = fd;
    this.file = file;
  }

  /** Under which its epoll has it. */
  long key() {
    return key(file, fd);
  }

  static long key(OpenFile file, int fd) {
    return file.id << 24 | fd;
  }

  boolean isEdge() {
    return (events & EDGE) != 0;
  }

  /** Whether the network server counts what happens, so that edges are known. */
  boolean isCounted() {
    return isEdge() && file.kind == OpenFile.Kind.SOCKET;
  }

  /** The events that it is about; none once a one-shot was reported. */
  int wanted() {
    return events & ~MODES;
  }

  /** A one-shot was reported: nothing more until it is set anew. */
  void rest() {
    events &= MODES;
  }

  /** The events that are there and wanted. */
  int ready(long pending) {
    return (Readiness.of(file, pending) | known) & wanted();
  }

  /** Whether who asks, or somebody else, has to say what is there. */
  boolean isAsked() {
    return Readiness.isElsewhere(file) || file.source instanceof SignalSet;
  }

  void save(StateWriter out) {
    out.writeLong(id).writeLong(epoll.id).writeInt(fd).writeLong(file.id).writeInt(events);
    out.writeLong(data).writeBoolean(queued).writeBoolean(news).writeInt(known);
    out.writeLong(watch).writeLong(arrivals).writeLong(count).writeLong(reported);
  }

  static Interest load(StateReader in, VfsState state) {
    long id = in.readLong();
    EventPoll epoll = (EventPoll) state.source(in.readLong());
    Interest interest = new Interest(id, epoll, in.readInt(), state.file(in.readLong()));
    interest.events = in.readInt();
    interest.data = in.readLong();
    interest.queued = in.readBoolean();
    interest.news = in.readBoolean();
    interest.known = in.readInt();
    interest.watch = in.readLong();
    interest.arrivals = in.readLong();
    interest.count = in.readLong();
    interest.reported = in.readLong();
    return interest;
  }
}
