package org.atoll.servers.tty;

import static org.atoll.servers.tty.Readiness.ready;

import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Turn;
import org.jspecify.annotations.Nullable;

/**
 * What moves bytes: read, write and poll, on both sides of a terminal.
 *
 * <p>Whatever happens to a terminal ends in {@link #pump}, which lets everything that waits for it
 * go on as far as it can, in the order it came.
 */
final class Transfers {

  private static final long TIME_UNIT_NANOS = 100_000_000;
  private static final int PIECE_BYTES = 4_096;

  private final State state;
  private final Jobs jobs;
  private final Console console;
  private final byte[] buffer = new byte[Limits.BUFFER_BYTES_MAX];

  Transfers(State state, Jobs jobs, Console console) {
    this.state = state;
    this.jobs = jobs;
    this.console = console;
  }

  // ---- begin

  void read(Turn turn, Waiter w) {
    begin(turn, w, true);
  }

  void write(Turn turn, Waiter w) {
    begin(turn, w, false);
  }

  /** Who uses the terminal of a session is looked at first. */
  private void begin(Turn turn, Waiter w, boolean reads) {
    Opening opening = state.openings.get(w.handle);
    if (opening == null) {
      turn.reply(w.request, -Errno.EBADF);
      return;
    }
    if (opening.hungUp) {
      turn.reply(w.request, reads ? 0 : -Errno.EIO);
      return;
    }
    Terminal t = state.terminal(opening.terminal);
    w.terminal = t.number;
    boolean checked = reads || t.modes.local(Termios.TOSTOP);
    if (checked && !opening.isMaster && t.session != 0) {
      jobs.ask(turn, w);
    } else {
      enter(turn, w, t);
    }
  }

  /** PM said who asks. */
  void jobKnown(Turn turn, Waiter w) {
    Terminal t = state.terminals.get(w.terminal);
    int signal = w.kind == Waiter.Kind.READ ? Jobs.SIGTTIN : Jobs.SIGTTOU;
    if (t == null) {
      state.finish(turn, w, -Errno.EIO);
    } else if (jobs.mayUse(turn, w, t, signal, Errno.EIO)) {
      enter(turn, w, t);
    }
  }

  void watch(Turn turn, Waiter w) {
    Opening opening = state.openings.get(w.handle);
    if (opening == null) {
      turn.reply(w.request, -Errno.EBADF);
      return;
    }
    w.terminal = opening.terminal;
    enter(turn, w, state.terminal(opening.terminal));
  }

  private void enter(Turn turn, Waiter w, Terminal t) {
    w.phase = Waiter.Phase.TERMINAL;
    state.waiters.put(w.request, w);
    pump(turn, t);
  }

  // ---- go on

  /** Lets everything that waits for a terminal go on as far as it can. */
  void pump(Turn turn, Terminal t) {
    boolean again = true;
    while (again) {
      t.takeArrived(buffer);
      again = pumpOnce(turn, t);
      again |= t.isConsole() && console.pump(turn, t);
    }
    sendSignals(turn, t);
  }

  private void sendSignals(Turn turn, Terminal t) {
    long raised = t.input.takeSignals();
    while (raised != 0) {
      int signal = Long.numberOfTrailingZeros(raised);
      raised &= raised - 1;
      state.raise(turn, -t.foreground, signal);
    }
  }

  /** One look at all that wait; whether one of them changed what others see. */
  private boolean pumpOnce(Turn turn, Terminal t) {
    boolean changed = false;
    int blocked = 0;
    int at = state.waiters.first();
    while (at >= 0) {
      int next = state.waiters.next(at);
      Waiter w = state.waiters.value(at);
      if (w.terminal == t.number && w.phase != Waiter.Phase.ANSWER) {
        int done = w.done;
        int lane = lane(w);
        boolean over = (blocked & lane) != 0 ? refuse(turn, w) : attempt(turn, w, t);
        changed |= w.done != done;
        blocked |= over ? 0 : lane;
      }
      at = next;
    }
    return changed;
  }

  /** Readers of a side wait for each other, and writers do. */
  private int lane(Waiter w) {
    Opening opening = state.openings.get(w.handle);
    int side = opening != null && opening.isMaster ? 1 : 2;
    return switch (w.kind) {
      case READ -> side;
      case WRITE -> side << 2;
      default -> 0;
    };
  }

  private boolean refuse(Turn turn, Waiter w) {
    if (w.mayWait()) {
      return false;
    }
    state.finish(turn, w, -Errno.EAGAIN);
    return true;
  }

  /** Does what can be done; whether the request is answered. */
  private boolean attempt(Turn turn, Waiter w, Terminal t) {
    Opening opening = state.openings.get(w.handle);
    if (opening == null) {
      return end(turn, w, -Errno.EIO);
    }
    return switch (w.kind) {
      case READ -> opening.isMaster ? readMaster(turn, w, t) : readSlave(turn, w, t, opening);
      case WRITE -> write(turn, w, t, opening);
      case WATCH -> watchNow(turn, w, t, opening);
      default -> w.phase == Waiter.Phase.DRAINED && isDrained(t) && end(turn, w, 0);
    };
  }

  private boolean isDrained(Terminal t) {
    return !t.isConsole() || t.output.ring.count() == 0 && state.console.writing == 0;
  }

  private boolean end(Turn turn, Waiter w, long result) {
    state.finish(turn, w, result);
    return true;
  }

  /** Ends with what is done, or with an error where that is nothing. */
  private boolean endShort(Turn turn, Waiter w, int errno) {
    return end(turn, w, w.done > 0 ? w.done : -errno);
  }

  // ---- reading

  private boolean readSlave(Turn turn, Waiter w, Terminal t, Opening opening) {
    if (opening.hungUp) {
      return t.hasMaster ? end(turn, w, w.done) : endShort(turn, w, Errno.EIO);
    }
    if (t.modes.canonical()) {
      if (w.subject == 0 || t.input.queue.hasLine()) {
        return readLine(turn, w, t);
      }
    } else if (readBytes(turn, w, t)) {
      return true;
    }
    return w.mayWait() ? false : endShort(turn, w, Errno.EAGAIN);
  }

  private boolean readLine(Turn turn, Waiter w, Terminal t) {
    int wanted = (int) Math.min(w.subject - w.done, buffer.length);
    int bytes = wanted == 0 ? 0 : t.input.queue.takeLine(buffer, 0, wanted);
    t.readNanos = turn.kernel().wallNanos();
    int copied = give(turn, w, bytes);
    return end(turn, w, copied < 0 ? copied : w.done);
  }

  /** Takes what is there; whether VMIN and VTIME let the read end. */
  private boolean readBytes(Turn turn, Waiter w, Terminal t) {
    int least = t.modes.character(Termios.VMIN);
    long time = t.modes.character(Termios.VTIME) * TIME_UNIT_NANOS;
    int wanted = (int) Math.min(w.subject - w.done, buffer.length);
    int bytes = t.input.queue.take(buffer, 0, wanted);
    if (bytes > 0) {
      t.readNanos = turn.kernel().wallNanos();
      int copied = give(turn, w, bytes);
      if (copied < 0) {
        return end(turn, w, copied);
      }
    }
    boolean enough = w.done >= Math.max(1, least) || w.done == w.subject;
    if (enough || least == 0 && time == 0) {
      return end(turn, w, w.done);
    }
    boolean between = least > 0 && bytes > 0;
    boolean overall = least == 0 && !w.timed;
    if (time > 0 && (between || overall) && w.mayWait()) {
      w.timed = true;
      turn.kernel().setAlarm(w.request, time);
    }
    return false;
  }

  private int give(Turn turn, Waiter w, int bytes) {
    int copied = bytes == 0 ? 0 : turn.kernel().copyOut(w.request, w.done, buffer, 0, bytes);
    w.done += Math.max(0, copied);
    return copied;
  }

  private boolean readMaster(Turn turn, Waiter w, Terminal t) {
    ByteRing ring = t.output.ring;
    int wanted = (int) Math.min(w.subject, buffer.length - 1);
    int header = t.packets.isOn() ? 1 : 0;
    if (wanted == 0) {
      return end(turn, w, 0);
    }
    if (t.packets.hasNews()) {
      buffer[0] = (byte) t.packets.takeNews();
      int copied = give(turn, w, 1);
      return end(turn, w, copied < 0 ? copied : w.done);
    }
    if (ring.count() > 0) {
      buffer[0] = 0;
      int bytes = ring.peek(buffer, header, wanted - header);
      int copied = give(turn, w, bytes + header);
      ring.drop(copied < 0 ? 0 : bytes);
      t.output.release();
      return end(turn, w, copied < 0 ? copied : w.done);
    }
    if (t.isDeserted()) {
      return end(turn, w, -Errno.EIO);
    }
    return w.mayWait() ? false : end(turn, w, -Errno.EAGAIN);
  }

  /** VTIME is over. */
  void timeOut(Turn turn, long request) {
    Waiter w = state.waiters.get(request);
    if (w != null && w.phase == Waiter.Phase.TERMINAL) {
      w.timed = false;
      state.finish(turn, w, w.done);
    }
  }

  // ---- writing

  private boolean write(Turn turn, Waiter w, Terminal t, Opening opening) {
    if (opening.hungUp || !t.hasMaster) {
      return endShort(turn, w, Errno.EIO);
    }
    int left = (int) w.subject - w.done;
    boolean room = true;
    while (left > 0 && room) {
      int piece = Math.min(left, PIECE_BYTES);
      int copied = turn.kernel().copyIn(w.request, w.done, buffer, 0, piece);
      if (copied < 0) {
        return endShort(turn, w, -copied);
      }
      int taken = opening.isMaster ? type(t, piece) : t.output.write(buffer, 0, piece);
      w.done += taken;
      left -= taken;
      room = taken == piece;
    }
    if (w.done > 0) {
      t.writtenNanos = turn.kernel().wallNanos();
    }
    if (left == 0) {
      return end(turn, w, w.done);
    }
    return w.mayWait() ? false : endShort(turn, w, Errno.EAGAIN);
  }

  /** The master types: what is there to be typed goes first. */
  private int type(Terminal t, int bytes) {
    int taken = 0;
    if (t.arrived.count() == 0) {
      taken = t.input.receive(buffer, 0, bytes);
    }
    return taken + t.arrived.put(buffer, taken, bytes - taken);
  }

  // ---- poll

  private boolean watchNow(Turn turn, Waiter w, Terminal t, Opening opening) {
    int events = ready(t, opening) & ((int) w.subject | Readiness.ALWAYS);
    if (events != 0) {
      return end(turn, w, events);
    }
    return w.mayWait() ? false : end(turn, w, 0);
  }

  // ---- cancelled

  void cancel(Turn turn, long request) {
    Waiter w = state.waiters.get(request);
    if (w == null) {
      return;
    }
    if (w.phase == Waiter.Phase.ANSWER) {
      w.cancelled = true;
      return;
    }
    int terminal = w.terminal;
    endShort(turn, w, Errno.EINTR);
    pumpIfThere(turn, state.terminals.get(terminal));
  }

  void pumpIfThere(Turn turn, @Nullable Terminal t) {
    if (t != null) {
      pump(turn, t);
    }
  }
}
