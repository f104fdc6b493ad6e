package org.atoll.servers.vfs;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.ConsoleProtocol;
import org.atoll.abi.protocol.DeviceProtocol;
import org.atoll.abi.protocol.NetProtocol;
import org.atoll.libsys.Row;
import org.jspecify.annotations.Nullable;

/**
 * The entries of epolls, and how they hear of their files.
 *
 * <p>What VFS has itself tells them when it changes ({@link #changed}). Drivers and the console are
 * asked: at the beginning of a wait whether they are ready now, and when they are not, by a call
 * that is answered when they are. Of their edges it is known that they were not ready, or used,
 * since they were reported last; the network server counts what happens to a socket, and is asked
 * for what has happened since.
 */
final class Interests {

  /** Entries of all epolls of a VOS. */
  static final int MAX = 262_144;

  private static final int EVENT_BYTES = 16;

  private final VfsState state;
  private final Surroundings surroundings;

  /** Who waits. */
  interface Surroundings {

    /** Something in an epoll may be ready that was not. */
    void wake(Turn turn, EventPoll epoll);

    /** A poll has a file in its set that changed. */
    void look(Turn turn, long request);

    /** A question of {@link #ask} is answered. */
    void answered(Turn turn, long request);

    /** What is behind a descriptor was read or written. */
    void wasUsed(Turn turn, OpenFile file);
  }

  Interests(VfsState state, Surroundings surroundings) {
    this.state = state;
    this.surroundings = surroundings;
  }

  // ---- their life

  void add(Turn turn, EventPoll epoll, OpenFile file, int fd, int wanted, long data) {
    Interest interest = new Interest(state.nextInterestId(), epoll, fd, file);
    interest.events = wanted | Readiness.ERR | Readiness.HUP;
    interest.data = data;
    state.interests.put(interest.id, interest);
    epoll.add(interest);
    file.interests.add(interest.id);
    Watchers watchers = watchers(file);
    if (watchers != null) {
      watchers.interests.add(interest.id);
    }
    arm(turn, interest);
  }

  /** Who watches a file, if that is known here. */
  static @Nullable Watchers watchers(OpenFile file) {
    if (file.pipe != null) {
      return file.pipe.watchers;
    }
    return file.source == null ? null : file.source.watchers;
  }

  void change(Turn turn, Interest interest, int wanted, long data) {
    interest.events = wanted | Readiness.ERR | Readiness.HUP;
    interest.data = data;
    arm(turn, interest);
  }

  /** An entry is new or set anew: what is there counts as an edge. */
  private void arm(Turn turn, Interest interest) {
    interest.news = true;
    interest.reported = 0;
    if (interest.watch != 0 && state.wasMade(interest.watch)) {
      turn.cancel(interest.watch);
    }
    interest.watch = 0;
    if (Readiness.isElsewhere(interest.file)) {
      interest.known = 0;
      watch(turn, interest);
    } else if (interest.isAsked() || interest.ready(0) != 0) {
      enqueue(turn, interest);
    }
  }

  void remove(Turn turn, Interest interest) {
    state.interests.remove(interest.id);
    interest.epoll.remove(interest);
    interest.file.interests.remove(interest.id);
    Watchers watchers = watchers(interest.file);
    if (watchers != null) {
      watchers.interests.remove(interest.id);
    }
    if (interest.watch != 0 && state.wasMade(interest.watch)) {
      turn.cancel(interest.watch);
    }
  }

  /** The last descriptor of a file is gone: no epoll has it any more. */
  void closed(Turn turn, OpenFile file) {
    for (long id : file.interests.toArray()) {
      Interest interest = state.interests.get(id);
      if (interest != null) {
        remove(turn, interest);
      }
    }
  }

  /** An epoll is gone. */
  void closed(Turn turn, EventPoll epoll) {
    while (epoll.interests.size() > 0) {
      remove(turn, epoll.interests.value(epoll.interests.first()));
    }
  }

  // ---- what changes

  /** What a file is ready for may be more now: these events. */
  void changed(Turn turn, Watchers watchers, int events) {
    if (watchers.isEmpty()) {
      return;
    }
    for (long request : watchers.polls.toArray()) {
      surroundings.look(turn, request);
    }
    for (long id : watchers.interests.toArray()) {
      Interest interest = state.interests.get(id);
      if (interest != null && (interest.wanted() & events) != 0) {
        enqueue(turn, interest);
      }
    }
  }

  private void enqueue(Turn turn, Interest interest) {
    interest.epoll.enqueue(interest);
    surroundings.wake(turn, interest.epoll);
    if (interest.queued) {
      changed(turn, interest.epoll.watchers, Readiness.READABLE);
    }
  }

  /** What is behind a descriptor was read or written: its readiness is news again. */
  void used(Turn turn, OpenFile file) {
    surroundings.wasUsed(turn, file);
    for (long id : file.interests.toArray()) {
      Interest interest = state.interests.get(id);
      if (interest != null && interest.isEdge() && !interest.news) {
        interest.news = true;
        watch(turn, interest);
      }
    }
  }

  // ---- what is reported

  /**
   * Writes what is ready into a wait's buffer: how much that is, or a negated errno. One-shots rest
   * then, edges leave the queue, and what is level-triggered goes to its end.
   */
  long report(Turn turn, EventPoll epoll, long request, int most, long pending, long arrivals) {
    int count = 0;
    int left = epoll.queue.size();
    int at = epoll.queue.first();
    while (at >= 0 && left-- > 0 && count < most) {
      Interest interest = epoll.queue.value(at);
      at = epoll.queue.next(at);
      int ready = interest.ready(pending);
      if (ready == 0) {
        epoll.unqueue(interest);
        continue;
      }
      int copied = write(turn, request, count, ready, interest.data);
      if (copied < 0) {
        return count > 0 ? count : copied;
      }
      count++;
      reported(epoll, interest, arrivals);
    }
    return count;
  }

  private static void reported(EventPoll epoll, Interest interest, long arrivals) {
    interest.news = interest.isCounted();
    interest.reported = interest.count;
    interest.arrivals = arrivals;
    boolean once = (interest.events & Interest.ONE_SHOT) != 0;
    if (once) {
      interest.rest();
    }
    if (once || interest.isEdge()) {
      epoll.unqueue(interest);
    } else {
      epoll.queue.touch(interest.id);
    }
  }

  private static int write(Turn turn, long request, int index, int ready, long data) {
    byte[] event = new byte[EVENT_BYTES];
    for (int i = 0; i < Long.BYTES; i++) {
      event[i] = (byte) ((long) ready >>> 8 * i);
      event[Long.BYTES + i] = (byte) (data >>> 8 * i);
    }
    return turn.kernel().copyOut(request, index * EVENT_BYTES, event, 0, EVENT_BYTES);
  }

  // ---- what is asked about

  /**
   * Asks what only others know, in an epoll and those in it; {@link Surroundings#answered} is told
   * as often as the answer says.
   */
  int ask(Turn turn, EventPoll epoll, long request, long pending, long arrivals) {
    int asked = 0;
    for (int at = epoll.interests.first(); at >= 0; at = epoll.interests.next(at)) {
      Interest interest = epoll.interests.value(at);
      if (interest.file.source instanceof EventPoll inner) {
        asked += ask(turn, inner, request, pending, arrivals);
        if (inner.ready(pending) != 0 && !interest.isEdge()) {
          epoll.enqueue(interest);
        }
      } else if (interest.file.source instanceof SignalSet) {
        boolean tells = !interest.isEdge() || interest.news || interest.arrivals != arrivals;
        if (tells && interest.ready(pending) != 0) {
          epoll.enqueue(interest);
        }
      } else if (Readiness.isElsewhere(interest.file) && interest.watch == 0) {
        asked += interest.wanted() == 0 ? 0 : probe(turn, interest, request);
      }
    }
    return asked;
  }

  /** Asks whether it is ready now. */
  private int probe(Turn turn, Interest interest, long request) {
    interest.known = 0;
    long call = call(turn, interest, DeviceProtocol.NO_WAIT);
    long key = state.key(call);
    state.calls.add(key, Step.INTEREST_PROBED.number(), request, interest.id);
    if (call > 0 && interest.file.kind == OpenFile.Kind.STREAM) {
      turn.cancel(call);
    }
    return 1;
  }

  /** Asks to be told when it is ready. */
  private void watch(Turn turn, Interest interest) {
    if (interest.watch == 0 && interest.wanted() != 0) {
      interest.known = 0;
      interest.watch = state.key(call(turn, interest, 0));
      state.calls.add(interest.watch, Step.INTEREST_WATCHED.number(), interest.id);
    }
  }

  /** Asks to be told of everything in an epoll that others know, as far as that is news. */
  void watch(Turn turn, EventPoll epoll) {
    for (int at = epoll.interests.first(); at >= 0; at = epoll.interests.next(at)) {
      Interest interest = epoll.interests.value(at);
      if (interest.file.source instanceof EventPoll inner) {
        watch(turn, inner);
      } else if (Readiness.isElsewhere(interest.file) && (interest.news || !interest.isEdge())) {
        watch(turn, interest);
      }
    }
  }

  private static long call(Turn turn, Interest interest, int flags) {
    OpenFile file = interest.file;
    int wanted = interest.wanted();
    if (interest.isCounted()) {
      long since = interest.reported;
      Message m =
          NetProtocol.Call.WATCH_NEWS.encode(turn.scratch(), file.device, wanted, flags, since);
      return turn.call(turn.role(Role.NET), m);
    }
    if (file.kind == OpenFile.Kind.CHARACTER || file.kind == OpenFile.Kind.SOCKET) {
      return Drivers.watch(turn, file, wanted, flags);
    }
    boolean reads = (wanted & Readiness.READABLE) != 0;
    boolean writes = (wanted & Readiness.WRITABLE) != 0;
    long stream = reads ? Streams.readSide(file) : Streams.writeSide(file);
    int events = (reads ? Readiness.IN : 0) | (writes ? Readiness.OUT : 0);
    Message m = ConsoleProtocol.Call.WATCH.encode(turn.scratch(), stream, events);
    return turn.call(turn.role(Role.CONSOLE), m);
  }

  /** Whether it is ready was asked at the beginning of a wait. */
  void probed(Turn turn, Row row, Message answer) {
    long request = row.w0;
    Interest interest = state.interests.get(row.w1);
    if (interest != null) {
      answered(interest, answer);
      if (interest.ready(0) == 0) {
        interest.news = true;
        watch(turn, interest);
      } else if (interest.news || !interest.isEdge()) {
        enqueue(turn, interest);
      }
    }
    surroundings.answered(turn, request);
  }

  private static void answered(Interest interest, Message answer) {
    interest.known = Readiness.answered(answer.w0, Errno.EINTR);
    interest.count = answer.w0 > 0 ? answer.w1 : interest.count;
  }

  /** It is ready, or the question was taken back. */
  void watched(Turn turn, Row row, Message answer) {
    Interest interest = state.interests.get(row.w0);
    if (interest == null || interest.watch != row.key) {
      return;
    }
    interest.watch = 0;
    answered(interest, answer);
    if (interest.ready(0) != 0) {
      enqueue(turn, interest);
    }
  }
}
