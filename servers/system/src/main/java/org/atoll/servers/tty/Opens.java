package org.atoll.servers.tty;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.jspecify.annotations.Nullable;

/** Open and close, and with them the life of pseudo-terminals. */
final class Opens {

  /** /dev/tty: the controlling terminal of who asks. */
  static final long OWN = 5 << 8;

  /** /dev/console. */
  static final long CONSOLE = 5 << 8 | 1;

  /** /dev/ptmx: a new master at each open. */
  static final long MULTIPLEXER = 5 << 8 | 2;

  private static final int ACCESS_MODE = 3;
  private static final int WRITE_ONLY = 1;
  private static final int NO_TERMINAL = 0400;
  private static final int TTY_GROUP = 5;

  private final State state;
  private final Jobs jobs;
  private final Console console;
  private final Transfers transfers;

  Opens(State state, Jobs jobs, Console console, Transfers transfers) {
    this.state = state;
    this.jobs = jobs;
    this.console = console;
    this.transfers = transfers;
  }

  // ---- open

  void open(Turn turn, Waiter w) {
    if (w.subject == MULTIPLEXER) {
      openMaster(turn, w);
    } else if (w.subject == OWN) {
      jobs.ask(turn, w);
    } else if (w.subject == CONSOLE) {
      openConsole(turn, w);
    } else {
      openFound(turn, w, byDevice(w.subject));
    }
  }

  private @Nullable Terminal byDevice(long device) {
    int number = (int) (device & 0xff | device >>> 12 & 0xfff00);
    Terminal t = state.terminals.get(number);
    return t != null && t.device() == device ? t : null;
  }

  private void openConsole(Turn turn, Waiter w) {
    switch (state.console.kind) {
      case STREAMS -> refuse(turn, w, Errno.ENXIO);
      case TERMINAL -> openFound(turn, w, state.terminal(Terminal.CONSOLE));
      case UNKNOWN -> console.find(turn, w);
    }
  }

  /** The console driver said something about a stream, or about the modes of its terminal. */
  void consoleKnown(Turn turn, Waiter w, Message answer, int stream) {
    if (state.console.kind == ConsoleState.Kind.UNKNOWN) {
      console.learn(turn, w, answer, stream);
    }
    if (state.console.kind != ConsoleState.Kind.UNKNOWN) {
      openConsole(turn, w);
    }
  }

  private void refuse(Turn turn, Waiter w, int errno) {
    state.waiters.put(w.request, w);
    state.finish(turn, w, -errno);
  }

  private void openFound(Turn turn, Waiter w, @Nullable Terminal t) {
    if (t == null || t.locked || !t.hasMaster) {
      refuse(turn, w, Errno.EIO);
    } else if (t.exclusive && t.users > 0 && user(w) != 0) {
      refuse(turn, w, Errno.EBUSY);
    } else if (t.session == 0 && mayTake(w)) {
      w.terminal = t.number;
      jobs.ask(turn, w);
    } else {
      finish(turn, w, t);
    }
  }

  private static boolean reads(Waiter w) {
    return (w.flags & ACCESS_MODE) != WRITE_ONLY;
  }

  private static boolean mayTake(Waiter w) {
    return (w.flags & NO_TERMINAL) == 0 && reads(w);
  }

  private static long user(Waiter w) {
    return w.argument & 0xffff_ffffL;
  }

  /** PM said who opens. */
  void jobKnown(Turn turn, Waiter w) {
    Terminal t = w.subject == OWN ? state.terminalOf(w) : state.terminals.get(w.terminal);
    if (t == null || !t.hasMaster) {
      refuse(turn, w, w.subject == OWN ? Errno.ENXIO : Errno.EIO);
      return;
    }
    if (w.subject != OWN) {
      jobs.takeAtOpen(w, t);
    }
    finish(turn, w, t);
  }

  private void finish(Turn turn, Waiter w, Terminal t) {
    long handle = openTerminal(t, reads(w)).handle;
    state.waiters.put(w.request, w);
    state.finish(turn, w, handle);
    transfers.pump(turn, t);
  }

  private Opening openTerminal(Terminal t, boolean reads) {
    t.users++;
    t.handles++;
    t.wasOpened = true;
    return state.open(t.number, false, reads);
  }

  private void openMaster(Turn turn, Waiter w) {
    int number = 0;
    while (state.terminals.get(number) != null) {
      number++;
    }
    if (number >= State.PTYS_MAX) {
      refuse(turn, w, Errno.ENOSPC);
      return;
    }
    Terminal t = new Terminal(number);
    t.locked = true;
    t.uid = (int) user(w);
    t.gid = TTY_GROUP;
    t.madeNanos = turn.kernel().wallNanos();
    t.readNanos = t.madeNanos;
    t.writtenNanos = t.madeNanos;
    state.terminals.put(number, t);
    answer(turn, w, state.open(number, true, true).handle);
  }

  private void answer(Turn turn, Waiter w, long handle) {
    state.waiters.put(w.request, w);
    state.finish(turn, w, handle);
  }

  /** TIOCGPTPEER: the other side of a master, whatever its name and lock. */
  void openPeer(Turn turn, Waiter w, Terminal t) {
    state.waiters.remove(w.request);
    boolean reads = (w.argument & ACCESS_MODE) != WRITE_ONLY;
    if ((w.argument & NO_TERMINAL) == 0 && reads) {
      jobs.takeAtOpen(w, t);
    }
    turn.reply(w.request, 0, openTerminal(t, reads).handle, Devpts.inodeOf(t.number));
  }

  // ---- close

  void close(Turn turn, long handle) {
    Opening opening = state.openings.remove(handle);
    if (opening == null) {
      return;
    }
    Terminal t = state.terminal(opening.terminal);
    if (opening.isMaster) {
      t.hasMaster = false;
      jobs.hangUp(turn, t);
    } else {
      t.handles--;
      t.users -= opening.hungUp ? 0 : 1;
      t.exclusive &= t.users > 0;
    }
    transfers.pump(turn, t);
    if (!t.hasMaster && t.handles == 0) {
      state.terminals.remove(t.number);
    }
  }
}
