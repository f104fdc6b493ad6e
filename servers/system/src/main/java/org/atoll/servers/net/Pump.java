package org.atoll.servers.net;

import java.util.ArrayDeque;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.NetProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests go on: whoever changes a socket {@link #touch touches} it, and at the end of the
 * event everything that waits at touched sockets is tried again, until nothing moves.
 */
final class Pump {

  /** What a request does when it is tried; each answers by {@link #end} and its kin. */
  interface Attempt {

    /** Does what can be done; whether the request is answered. */
    boolean attempt(Turn turn, Waiter w, Socket s);
  }

  private final State state;

  /** Sockets that changed; empty between events. */
  private final ArrayDeque<Socket> touched = new ArrayDeque<>();

  private @Nullable Attempts attempts;

  /** One for each kind of request. */
  record Attempts(Attempt receive, Attempt send, Attempt accept, Attempt connect, Change change) {}

  /** What else is to be done about a socket that changed. */
  interface Change {

    /** After everything that waits there was tried. */
    void changed(Turn turn, Socket s);
  }

  Pump(State state) {
    this.state = state;
  }

  /** Completes the wiring, once. */
  void attempts(Attempts all) {
    attempts = all;
  }

  /** A socket is not what it was. */
  void touch(@Nullable Socket s) {
    if (s != null && !touched.contains(s)) {
      touched.addLast(s);
    }
  }

  /** A new request: it waits its turn behind others of its kind. */
  void begin(Waiter w) {
    state.add(w);
    touch(state.socket(w.at));
  }

  /** Lets everything go on that can. */
  void settle(Turn turn) {
    while (!touched.isEmpty()) {
      pump(turn, touched.removeFirst());
    }
  }

  private void pump(Turn turn, Socket s) {
    s.news.note(state, s);
    int blocked = 0;
    int at = s.waiting.first();
    while (at >= 0) {
      int next = s.waiting.next(at);
      Waiter w = s.waiting.value(at);
      int lane = lane(w);
      boolean over = (blocked & lane) == 0 && attempt(turn, w) || refuse(turn, w);
      blocked |= over ? 0 : lane;
      at = next;
    }
    Attempts all = attempts;
    if (all != null) {
      all.change.changed(turn, s);
    }
  }

  /** Those of one lane wait for each other; who connects by TCP has asked in order already. */
  private static int lane(Waiter w) {
    return switch (w.kind) {
      case RECEIVE -> 1;
      case SEND -> 2;
      case ACCEPT -> 4;
      case CONNECT -> NetProtocol.isUnix(w.handle) ? 8 : 0;
      case WATCH -> 0;
    };
  }

  private boolean attempt(Turn turn, Waiter w) {
    Socket s = state.socket(w.handle);
    Attempts all = attempts;
    if (s == null || all == null) {
      return end(turn, w, State.GONE);
    }
    return switch (w.kind) {
      case RECEIVE -> all.receive.attempt(turn, w, s);
      case SEND -> send(turn, w, s, all.send);
      case ACCEPT -> all.accept.attempt(turn, w, s);
      case CONNECT -> all.connect.attempt(turn, w, s);
      case WATCH -> watch(turn, w, s);
    };
  }

  /** What a sender has sent may have taken its room. */
  private boolean send(Turn turn, Waiter w, Socket s, Attempt attempt) {
    boolean over = attempt.attempt(turn, w, s);
    s.news.note(state, s);
    return over;
  }

  private boolean watch(Turn turn, Waiter w, Socket s) {
    int events = Readiness.ready(state, s) & (w.wanted | Readiness.ALWAYS);
    return events != 0 && s.news.since(w.since, w.wanted) && endWatched(turn, w, events, s);
  }

  /** Ends what may not wait; what may, waits as long as its socket says. */
  private boolean refuse(Turn turn, Waiter w) {
    Socket s = state.socket(w.handle);
    if (!w.mayWait()) {
      return s != null && w.kind == Waiter.Kind.WATCH
          ? endWatched(turn, w, 0, s)
          : timeOut(turn, w);
    }
    long nanos = s == null ? 0 : patience(s, w);
    if (nanos > 0 && !w.timed) {
      w.timed = true;
      turn.kernel().setAlarm(w.request, nanos);
    }
    return false;
  }

  private static long patience(Socket s, Waiter w) {
    return switch (w.kind) {
      case RECEIVE, ACCEPT -> s.options.receiveNanos;
      case SEND, CONNECT -> s.options.sendNanos;
      case WATCH -> 0;
    };
  }

  /** The time of a request is over. */
  boolean timeOut(Turn turn, Waiter w) {
    return w.done > 0 ? endDone(turn, w) : end(turn, w, nothing(w));
  }

  private int nothing(Waiter w) {
    Socket s = state.socket(w.handle);
    return switch (w.kind) {
      case WATCH -> 0;
      case CONNECT -> s != null && s.connecting ? -Errno.EINPROGRESS : -Errno.EAGAIN;
      case RECEIVE, SEND, ACCEPT -> -Errno.EAGAIN;
    };
  }

  /**
   * Somebody wants it to end: with what is done, or without. A wait that has a time is not begun
   * anew with all of it (signal(7)).
   */
  void cancel(Turn turn, Waiter w) {
    if (w.done > 0) {
      endDone(turn, w);
    } else {
      Socket s = state.socket(w.handle);
      boolean hasTime = s != null && patience(s, w) > 0;
      end(turn, w, hasTime ? -Errno.ENORESTART : -Errno.EINTR);
    }
  }

  // ---- to end; each returns true

  boolean end(Turn turn, Waiter w, long result) {
    forget(turn, w);
    turn.reply(w.request, result);
    return true;
  }

  /** Ends a transfer with the bytes that are done. */
  boolean endDone(Turn turn, Waiter w) {
    if (w.kind == Waiter.Kind.SEND) {
      return endSent(turn, w);
    }
    return endReceived(turn, w, 0, 0, w.done);
  }

  /** Ends a WATCH: what there is, and the count of what has happened. */
  private boolean endWatched(Turn turn, Waiter w, int events, Socket s) {
    forget(turn, w);
    int about = s.news.about(w.since, events);
    turn.reply(w.request, turn.scratch().set(0, events, s.news.count(), about, 0, 0, 0, 0));
    return true;
  }

  /** Ends an ACCEPT. */
  boolean endAccepted(Turn turn, Waiter w, long handle, int addressBytes) {
    forget(turn, w);
    turn.reply(w.request, handle, addressBytes);
    return true;
  }

  /** Ends a SEND: who has the bytes now. */
  boolean endSent(Turn turn, Waiter w) {
    forget(turn, w);
    turn.reply(w.request, w.done - w.before, w.at);
    return true;
  }

  /** Ends a RECEIVE; {@code w} knows bytes, rights and who sent them. */
  boolean endReceived(Turn turn, Waiter w, long flags, int addressBytes, int whole) {
    forget(turn, w);
    Socket s = state.socket(w.handle);
    boolean tells = s != null && s.options.passCredentials && w.pid != 0;
    long told = flags | (tells ? NetProtocol.CREDENTIALS : 0);
    Message m = turn.scratch();
    m.set(0, w.done, told, addressBytes, w.rights, whole, w.pid, w.ids);
    turn.reply(w.request, m);
    return true;
  }

  private void forget(Turn turn, Waiter w) {
    state.remove(w);
    if (w.gathered != 0) {
      state.gathered.drop(turn.kernel(), w.gathered);
    }
    if (w.timed) {
      turn.kernel().cancelAlarm(w.request);
    }
  }
}
