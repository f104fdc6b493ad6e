package org.atoll.servers.tty;

import org.atoll.abi.Errno;
import org.atoll.abi.Turn;

/**
 * The modes of terminals as programs ask and change them: tcgetattr(3), tcflush(3) and their kin.
 */
final class ModeCalls {

  private static final int TCGETS = 0x5401;
  private static final int TCSETS = 0x5402;
  private static final int TCSETSW = 0x5403;
  private static final int TCSETSF = 0x5404;
  private static final int TCGETA = 0x5405;
  private static final int TCSETA = 0x5406;
  private static final int TCSETAW = 0x5407;
  private static final int TCSETAF = 0x5408;
  private static final int TCSBRK = 0x5409;
  private static final int TCXONC = 0x540a;
  private static final int TCFLSH = 0x540b;
  private static final int TIOCGSOFTCAR = 0x5419;
  private static final int TIOCSSOFTCAR = 0x541a;
  private static final int TCSBRKP = 0x5425;
  private static final int TIOCSBRK = 0x5427;
  private static final int TIOCCBRK = 0x5428;
  private static final int TCGETS2 = 0x802c_542a;
  private static final int TCSETS2 = 0x402c_542b;
  private static final int TCSETSW2 = 0x402c_542c;
  private static final int TCSETSF2 = 0x402c_542d;

  private static final int DC3 = 0x13;
  private static final int DC1 = 0x11;

  private final State state;

  ModeCalls(State state) {
    this.state = state;
  }

  /** Whether an operation is one that a process in the background may not do. */
  static boolean changes(int operation) {
    return switch (operation) {
      case TCSETS, TCSETSW, TCSETSF, TCSETA, TCSETAW, TCSETAF -> true;
      case TCSETS2, TCSETSW2, TCSETSF2 -> true;
      case TCSBRK, TCSBRKP, TCXONC, TCFLSH, TIOCSBRK, TIOCCBRK -> true;
      default -> false;
    };
  }

  /** What only asks; ENOTTY is for everything that no terminal knows. */
  long ask(Turn turn, Waiter w, Terminal t) {
    return switch ((int) w.subject) {
      case TCGETS -> give(turn, w, encoded(t, Termios.BYTES));
      case TCGETS2 -> give(turn, w, encoded(t, Termios.BYTES2));
      case TCGETA -> {
        byte[] old = new byte[Termios.OLD_BYTES];
        t.modes.encodeOld(old);
        yield give(turn, w, old);
      }
      case TIOCGSOFTCAR -> {
        byte[] value = new byte[4];
        value[0] = (byte) ((t.modes.control & Termios.CLOCAL) != 0 ? 1 : 0);
        yield give(turn, w, value);
      }
      case TIOCSSOFTCAR -> {
        byte[] value = new byte[4];
        int copied = turn.kernel().copyIn(w.request, 0, value, 0, 4);
        boolean local = Termios.getInt(value, 0) != 0;
        t.modes.control = t.modes.control & ~Termios.CLOCAL | (local ? Termios.CLOCAL : 0);
        yield Math.min(0, copied);
      }
      default -> -Errno.ENOTTY;
    };
  }

  private static byte[] encoded(Terminal t, int bytes) {
    byte[] modes = new byte[bytes];
    t.modes.encode(modes, bytes == Termios.BYTES2);
    return modes;
  }

  private static long give(Turn turn, Waiter w, byte[] bytes) {
    return Math.min(0, turn.kernel().copyOut(w.request, 0, bytes, 0, bytes.length));
  }

  // ---- changes

  /** An operation that changes something; who asks may. */
  void change(Turn turn, Waiter w, Terminal t, Opening opening) {
    switch ((int) w.subject) {
      case TCXONC -> state.finish(turn, w, flow(t, opening, (int) w.argument));
      case TCFLSH -> state.finish(turn, w, flush(t, opening, (int) w.argument));
      case TCSBRK, TCSBRKP, TIOCSBRK -> drain(w);
      case TIOCCBRK -> state.finish(turn, w, 0);
      default -> set(turn, w, t);
    }
  }

  /** Nobody is there who would see a break; but output goes out before it. */
  private static void drain(Waiter w) {
    w.phase = Waiter.Phase.DRAINED;
  }

  private void set(Turn turn, Waiter w, Terminal t) {
    int oldLocal = t.modes.local;
    int oldInput = t.modes.input;
    byte[] wanted = new byte[bytes((int) w.subject)];
    int copied = turn.kernel().copyIn(w.request, 0, wanted, 0, wanted.length);
    if (copied < 0) {
      state.finish(turn, w, copied);
      return;
    }
    boolean flowed = controlsFlow(t);
    if (wanted.length == Termios.OLD_BYTES) {
      t.modes.decodeOld(wanted);
    } else {
      t.modes.decode(wanted, wanted.length == Termios.BYTES2);
    }
    t.modes.discipline = 0;
    if (!t.isConsole()) {
      t.modes.control = t.modes.control & ~Termios.CSIZE_PARENB | Termios.CS8_CREAD;
    }
    if (flushes((int) w.subject)) {
      flushInput(t);
    }
    t.input.modesChanged(oldLocal, oldInput);
    tellMaster(t, oldLocal, flowed);
    if (waits((int) w.subject)) {
      drain(w);
    } else {
      state.finish(turn, w, 0);
    }
  }

  private static int bytes(int operation) {
    return switch (operation) {
      case TCSETA, TCSETAW, TCSETAF -> Termios.OLD_BYTES;
      case TCSETS2, TCSETSW2, TCSETSF2 -> Termios.BYTES2;
      default -> Termios.BYTES;
    };
  }

  private static boolean flushes(int operation) {
    return operation == TCSETSF || operation == TCSETAF || operation == TCSETSF2;
  }

  private static boolean waits(int operation) {
    return operation != TCSETS && operation != TCSETA && operation != TCSETS2;
  }

  /** Whether STOP and START are the usual ones and do something: a master may do it by itself. */
  private static boolean controlsFlow(Terminal t) {
    return t.modes.input(Termios.IXON)
        && t.modes.character(Termios.VSTOP) == DC3
        && t.modes.character(Termios.VSTART) == DC1;
  }

  private static void tellMaster(Terminal t, int oldLocal, boolean flowed) {
    boolean flows = controlsFlow(t);
    boolean external = ((oldLocal ^ t.modes.local) & Termios.EXTPROC) != 0;
    if (flows != flowed || external) {
      t.packets.add(flows ? Packets.DO_STOP : Packets.NO_STOP);
      if (t.modes.local(Termios.EXTPROC)) {
        t.packets.add(Packets.IOCTL);
      }
    }
  }

  // ---- tcflow, tcflush

  private static long flow(Terminal t, Opening opening, int action) {
    switch (action) {
      case 0 -> {
        t.output.stoppedByProgram = true;
        t.packets.add(Packets.STOP);
      }
      case 1 -> {
        t.output.stoppedByProgram = false;
        t.packets.add(Packets.START);
        t.output.release();
      }
      case 2, 3 -> send(t, opening, action == 2 ? Termios.VSTOP : Termios.VSTART);
      default -> {
        return -Errno.EINVAL;
      }
    }
    return 0;
  }

  /** Tells the other side to stop or to go on. */
  private static void send(Terminal t, Opening opening, int index) {
    int c = t.modes.character(index);
    if (c != 0 && !opening.isMaster && t.output.ring.room() > 0) {
      t.output.ring.put(c);
    }
  }

  private static long flush(Terminal t, Opening opening, int queue) {
    if (queue < 0 || queue > 2) {
      return -Errno.EINVAL;
    }
    boolean in = queue != 1;
    boolean out = queue != 0;
    if (opening.isMaster) {
      if (in) {
        t.output.ring.keep(0);
      }
    } else {
      if (in) {
        flushInput(t);
      }
      if (out) {
        t.output.flush();
        t.packets.add(Packets.FLUSH_WRITE);
      }
    }
    return 0;
  }

  private static void flushInput(Terminal t) {
    t.arrived.keep(0);
    t.input.flush();
  }
}
