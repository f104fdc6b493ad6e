package org.atoll.servers.tty;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.ConsoleProtocol;

/**
 * The terminal over the console driver: what the host's terminal sends arrives here, what programs
 * write goes there. The host's terminal is raw; whatever a terminal does is done by ours.
 */
final class Console {

  private static final int TERMINAL_KIND = 0;
  private static final int INPUT = 0;
  private static final int OUTPUT = 1;

  private static final int RAW = 1;
  private static final int READ_BYTES = 4_096;
  private static final int WRITE_BYTES = 16_384;

  /** What an answer is about that concerns no stream. */
  private static final int MODES = 2;

  private final State state;
  private final byte[] buffer = new byte[WRITE_BYTES];

  Console(State state) {
    this.state = state;
  }

  private static int driver(Turn turn) {
    return turn.role(Role.CONSOLE);
  }

  // ---- finding out

  /** Asks what the host's streams are, for an open that waits. */
  void find(Turn turn, Waiter w) {
    w.phase = Waiter.Phase.ANSWER;
    state.waiters.put(w.request, w);
    askStatus(turn, w, INPUT);
  }

  private void askStatus(Turn turn, Waiter w, int stream) {
    Message m = ConsoleProtocol.Call.STATUS.encode(turn.scratch(), stream);
    state.call(turn, driver(turn), m, Step.STREAM_KNOWN, w.request, stream);
  }

  /** An answer on the way to know what the console is. */
  void learn(Turn turn, Waiter w, Message answer, int about) {
    if (about == MODES) {
      state.console.kind = answer.w0 < 0 ? ConsoleState.Kind.STREAMS : ConsoleState.Kind.TERMINAL;
      if (answer.w0 >= 0) {
        begin(turn);
      }
    } else if (answer.w0 != TERMINAL_KIND) {
      state.console.kind = ConsoleState.Kind.STREAMS;
    } else if (about == INPUT) {
      askStatus(turn, w, OUTPUT);
    } else {
      Message m = ConsoleProtocol.Call.MODE.encode(turn.scratch(), RAW);
      state.call(turn, driver(turn), m, Step.STREAM_KNOWN, w.request, MODES);
    }
  }

  private void begin(Turn turn) {
    Terminal t = new Terminal(Terminal.CONSOLE);
    t.modes.input |= Termios.IUTF8;
    t.modes.control |= Termios.HUPCL;
    t.modes.changed();
    state.terminals.put(t.number, t);
    askSize(turn);
    pump(turn, t);
  }

  /** After a failure: what this server waits for it asks for again. */
  void beginAnew(Turn turn) {
    if (state.console.kind == ConsoleState.Kind.TERMINAL) {
      askSize(turn);
    }
  }

  // ---- the window

  private void askSize(Turn turn) {
    Message m = ConsoleProtocol.Call.STATUS.encode(turn.scratch(), INPUT);
    state.call(turn, driver(turn), m, Step.CONSOLE_SIZE);
  }

  /** The size of the host's window; the next change of it is waited for. */
  void sizeKnown(Turn turn, Windows windows, Message answer) {
    if (answer.w0 != TERMINAL_KIND) {
      return;
    }
    byte[] window = new byte[Terminal.WINDOW_BYTES];
    Termios.putInt(window, 0, (int) answer.w1 & 0xffff | (int) answer.w2 << 16);
    windows.set(turn, state.terminal(Terminal.CONSOLE), window);
    Message m = ConsoleProtocol.Call.WATCH.encode(turn.scratch(), INPUT, ConsoleProtocol.RESIZED);
    state.call(turn, driver(turn), m, Step.CONSOLE_RESIZED);
  }

  /** A driver that begins anew has forgotten who waits for a change. */
  void resized(Turn turn, Message answer) {
    if (isAnew(answer)) {
      askSize(turn);
    } else if (answer.w0 > 0 && (answer.w0 & ConsoleProtocol.RESIZED) != 0) {
      askSize(turn);
    }
  }

  // ---- bytes

  /** Keeps a READ and, where there is something, a WRITE under way; whether writers have room. */
  boolean pump(Turn turn, Terminal t) {
    if (!state.console.reading && t.arrived.count() == 0 && t.hasMaster) {
      Message m = ConsoleProtocol.Call.READ.encode(turn.scratch(), INPUT, READ_BYTES);
      long call = turn.callWithBytes(driver(turn), m, buffer, 0, READ_BYTES);
      state.console.reading = expected(turn, call, Step.CONSOLE_READ);
    }
    ByteRing ring = t.output.ring;
    if (state.console.writing > 0 || ring.count() == 0 || t.output.isStopped()) {
      return false;
    }
    int bytes = ring.peek(buffer, 0, buffer.length);
    Message m = ConsoleProtocol.Call.WRITE.encode(turn.scratch(), OUTPUT, bytes);
    long call = turn.callWithBytes(driver(turn), m, buffer, bytes, 0);
    if (!expected(turn, call, Step.CONSOLE_WRITTEN)) {
      return false;
    }
    state.console.writing = bytes;
    ring.drop(bytes);
    t.output.release();
    return true;
  }

  /** Notes a call, or that it has to be made later. */
  private boolean expected(Turn turn, long call, Step step) {
    if (call < 0) {
      turn.kernel().setAlarm(State.ALARM, State.RETRY_NANOS);
      return false;
    }
    state.expect(call, step);
    return true;
  }

  /**
   * Whether the driver began anew while it was asked: it took nothing, and is to be asked again.
   */
  private static boolean isAnew(Message answer) {
    return answer.w0 == -Errno.EDEADSRCDST;
  }

  /** Input came; false when the host's terminal is gone. */
  boolean read(Turn turn, Terminal t, Message answer) {
    state.console.reading = false;
    if (answer.w0 <= 0) {
      return answer.w0 == -Errno.EINTR || isAnew(answer);
    }
    int bytes = turn.answerBytes(0, buffer, 0, (int) answer.w0);
    t.arrived.put(buffer, 0, bytes);
    return true;
  }

  /**
   * Output was taken; false when the host's terminal is gone. How much of it a driver showed that
   * began anew meanwhile nobody knows: it is not shown twice.
   */
  boolean written(Message answer) {
    state.console.writing = 0;
    return answer.w0 >= 0 || isAnew(answer);
  }
}
