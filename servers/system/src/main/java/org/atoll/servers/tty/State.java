package org.atoll.servers.tty;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.libsys.LongLongTable;
import org.atoll.libsys.LongTable;
import org.atoll.libsys.Postponed;
import org.atoll.libsys.Rows;
import org.jspecify.annotations.Nullable;

/** All that the terminal server keeps: shared by the classes of its themes. */
final class State {

  /** Pseudo-terminals that there can be at once (Linux's default for pty.max). */
  static final int PTYS_MAX = 4_096;

  /** The alarm that makes postponed calls; requests, the other tags, are positive. */
  static final long ALARM = -1;

  private static final int VERSION = 1;
  static final long RETRY_NANOS = 1_000_000;

  /** Calls under way, by call id: see {@link Step}. */
  final Rows calls = new Rows();

  private final Postponed postponed = new Postponed();

  /** By number. */
  final LongTable<Terminal> terminals = new LongTable<>();

  /** By handle. */
  final LongTable<Opening> openings = new LongTable<>();

  /** By request, in the order they came. */
  final LongTable<Waiter> waiters = new LongTable<>();

  /** Processes that gave up the terminal of their session, which it keeps: session by pid. */
  final LongLongTable detached = new LongLongTable();

  private long nextHandle = 1;

  /** What is known of the console. */
  final ConsoleState console = new ConsoleState();

  Opening open(int terminal, boolean isMaster, boolean reads) {
    Opening opening = new Opening(nextHandle++, terminal, isMaster, reads);
    openings.put(opening.handle, opening);
    return opening;
  }

  Terminal terminal(int number) {
    Terminal t = terminals.get(number);
    if (t == null) {
      throw new IllegalStateException("no terminal " + number);
    }
    return t;
  }

  Waiter waiter(long request) {
    Waiter w = waiters.get(request);
    if (w == null) {
      throw new IllegalStateException("no such request waits");
    }
    return w;
  }

  /** The terminal that controls a session, or null. */
  @Nullable Terminal terminalOf(long session) {
    for (int at = terminals.first(); at >= 0; at = terminals.next(at)) {
      Terminal t = terminals.value(at);
      if (session != 0 && t.session == session) {
        return t;
      }
    }
    return null;
  }

  /** The controlling terminal of who asks, or null. */
  @Nullable Terminal terminalOf(Waiter w) {
    return detached.get(w.pid, 0) == w.session ? null : terminalOf(w.session);
  }

  /** Answers a waiter, which no longer waits. */
  void finish(Turn turn, Waiter w, long result) {
    waiters.remove(w.request);
    if (w.timed) {
      turn.kernel().cancelAlarm(w.request);
    }
    turn.reply(w.request, result);
  }

  /** Makes a call whose answer resumes {@code step}; later, if there is no room for it now. */
  void call(Turn turn, int destination, Message m, Step step, long... words) {
    long call = postponed.isEmpty() ? turn.call(destination, m) : -Errno.ENOBUFS;
    if (call >= 0) {
      expect(call, step, words);
      return;
    }
    if (postponed.isEmpty()) {
      turn.kernel().setAlarm(ALARM, RETRY_NANOS);
    }
    postponed.add(destination, m, step.number(), words);
  }

  /** Notes what the answer of a call is for. */
  void expect(long call, Step step, long... words) {
    int n = words.length;
    calls.add(call, step.number(), n > 0 ? words[0] : 0, n > 1 ? words[1] : 0);
  }

  /** Makes the calls that had to wait for room. */
  void retry(Turn turn) {
    if (!postponed.isEmpty() && !postponed.retry(turn, calls)) {
      turn.kernel().setAlarm(ALARM, RETRY_NANOS);
    }
  }

  /** Has a signal of the system sent to a process, or with a minus sign to a group. */
  void raise(Turn turn, long which, int signal) {
    if (which != 0) {
      Message m = PmProtocol.Call.RAISE.encode(turn.scratch(), which, signal);
      call(turn, turn.role(Role.PM), m, Step.IGNORE);
    }
  }

  void save(StateWriter out) {
    out.version(VERSION).writeLong(nextHandle);
    postponed.save(out);
    saveTerminals(out);
    out.writeInt(waiters.size());
    for (int at = waiters.first(); at >= 0; at = waiters.next(at)) {
      waiters.value(at).save(out);
    }
    detached.save(out);
    console.save(out);
  }

  /** Writes what outlives a failure: all but requests and calls under way, which it ends. */
  void keep(StateWriter out) {
    out.version(VERSION).writeLong(nextHandle);
    saveTerminals(out);
    detached.save(out);
    console.save(out);
  }

  private void saveTerminals(StateWriter out) {
    out.writeInt(terminals.size());
    for (int at = terminals.first(); at >= 0; at = terminals.next(at)) {
      terminals.value(at).save(out);
    }
    out.writeInt(openings.size());
    for (int at = openings.first(); at >= 0; at = openings.next(at)) {
      openings.value(at).save(out);
    }
  }

  /** Reads into this state, which is fresh, what was kept. */
  void restore(StateReader in) {
    in.version(VERSION);
    nextHandle = in.readLong();
    loadTerminals(in);
    detached.load(in);
    console.load(in);
    console.nothingUnderWay();
  }

  private void loadTerminals(StateReader in) {
    for (int left = in.readInt(); left > 0; left--) {
      Terminal t = Terminal.load(in);
      terminals.put(t.number, t);
    }
    for (int left = in.readInt(); left > 0; left--) {
      Opening opening = Opening.load(in);
      openings.put(opening.handle, opening);
    }
  }

  /** Reads into this state, which is fresh. */
  void load(StateReader in) {
    in.version(VERSION);
    nextHandle = in.readLong();
    postponed.load(in);
    loadTerminals(in);
    for (int left = in.readInt(); left > 0; left--) {
      Waiter w = Waiter.load(in);
      waiters.put(w.request, w);
    }
    detached.load(in);
    console.load(in);
  }
}
