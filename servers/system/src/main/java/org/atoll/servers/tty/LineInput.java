package org.atoll.servers.tty;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/**
 * The way into a terminal: what arrives becomes lines, echoes, signals and flow control, as the
 * modes say (POSIX, XBD 11; Linux's n_tty for what it leaves open).
 *
 * <p>Signals are noted in {@link #signals}; whoever fed the input has them sent.
 */
final class LineInput {

  static final int SIGINT = 2;
  static final int SIGQUIT = 3;
  static final int SIGTSTP = 20;

  private static final int VERSION = 1;
  private static final int MARK = 0xff;

  private final Termios modes;
  private final LineOutput output;
  private final Packets packets;
  final InputQueue queue = new InputQueue();
  private final Eraser eraser;

  /** The next byte is taken as it is. */
  private boolean literal;

  /** A bit for each signal that input has raised. */
  private long signals;

  LineInput(Termios modes, LineOutput output, Packets packets) {
    this.modes = modes;
    this.output = output;
    this.packets = packets;
    this.eraser = new Eraser(modes, queue, output);
  }

  /** The signals raised since the last look, a bit for each number. */
  long takeSignals() {
    long raised = signals;
    signals = 0;
    return raised;
  }

  /**
   * Takes bytes as long as there is room; how many. While a line is typed there always is: what is
   * too much takes the place of its last byte, so that it can still be ended and edited.
   */
  int receive(byte[] from, int at, int bytes) {
    int done = 0;
    while (done < bytes) {
      int room = room();
      if (room <= 0) {
        if (!modes.local(Termios.ICANON) || queue.hasLine()) {
          break;
        }
        if (room < 0) {
          queue.cut(queue.head() - 1);
        }
        room = 1;
      }
      int piece = Math.min(bytes - done, room);
      receivePiece(from, at + done, piece);
      done += piece;
    }
    output.release();
    return done;
  }

  /** Bytes that can arrive: with PARMRK one may become three. */
  private int room() {
    int room = InputQueue.BYTES - queue.count();
    return (modes.input(Termios.PARMRK) ? (room + 2) / 3 : room) - 1;
  }

  /** Whether nothing more can arrive. */
  boolean isFull() {
    return room() <= 0 && (!modes.local(Termios.ICANON) || queue.hasLine());
  }

  private void receivePiece(byte[] from, int at, int bytes) {
    if (modes.isRaw() && !literal) {
      queue.put(from, at, bytes);
      return;
    }
    for (int i = at; i < at + bytes; i++) {
      receive(from[i] & 0xff);
    }
  }

  private void receive(int byteOfInput) {
    int c = modes.input(Termios.ISTRIP) ? byteOfInput & 0x7f : byteOfInput;
    if (modes.input(Termios.IUCLC) && modes.local(Termios.IEXTEN)) {
      c = Latin.lower(c);
    }
    if (modes.local(Termios.EXTPROC)) {
      queue.put(c);
    } else if (literal) {
      literal = false;
      ordinary(c);
    } else if (modes.isSpecial(c)) {
      special(c);
    } else {
      ordinary(c);
    }
  }

  private void ordinary(int c) {
    startIfAny();
    if (modes.local(Termios.ECHO)) {
      eraser.finish();
      if (queue.lineIsEmpty()) {
        output.lineBegins();
      }
      output.echo(c);
    }
    put(c);
  }

  private void put(int c) {
    if (c == MARK && modes.input(Termios.PARMRK)) {
      queue.put(c);
    }
    queue.put(c);
  }

  private void startIfAny() {
    if (output.stopped && modes.input(Termios.IXON) && modes.input(Termios.IXANY)) {
      start();
    }
  }

  private void special(int typed) {
    if (modes.input(Termios.IXON) && controlsFlow(typed)) {
      return;
    }
    if (modes.local(Termios.ISIG) && signals(typed)) {
      return;
    }
    startIfAny();
    int c = typed;
    if (c == '\r') {
      if (modes.input(Termios.IGNCR)) {
        return;
      }
      c = modes.input(Termios.ICRNL) ? '\n' : c;
    } else if (c == '\n' && modes.input(Termios.INLCR)) {
      c = '\r';
    }
    if (modes.local(Termios.ICANON) && editsLine(c)) {
      return;
    }
    if (modes.local(Termios.ECHO)) {
      eraser.finish();
      if (c == '\n') {
        output.echoAsIs(c);
      } else {
        if (queue.lineIsEmpty()) {
          output.lineBegins();
        }
        output.echo(c);
      }
    }
    put(c);
  }

  // ---- flow control

  private boolean controlsFlow(int c) {
    if (c == modes.character(Termios.VSTART)) {
      start();
      return true;
    }
    if (c == modes.character(Termios.VSTOP)) {
      stop();
      return true;
    }
    return false;
  }

  /** Output goes on, unless a program has stopped it. */
  void start() {
    if (output.stopped) {
      output.stopped = false;
      packets.add(Packets.START);
    }
    output.release();
  }

  private void stop() {
    if (!output.stopped) {
      output.stopped = true;
      packets.add(Packets.STOP);
    }
  }

  // ---- signals

  private boolean signals(int c) {
    int signal =
        c == modes.character(Termios.VINTR)
            ? SIGINT
            : c == modes.character(Termios.VQUIT)
                ? SIGQUIT
                : c == modes.character(Termios.VSUSP) ? SIGTSTP : 0;
    if (signal == 0) {
      return false;
    }
    raise(signal);
    if (modes.input(Termios.IXON)) {
      start();
    }
    if (modes.local(Termios.ECHO)) {
      output.echo(c);
    }
    return true;
  }

  /** A signal for the foreground; throws away what waits in both directions unless NOFLSH. */
  void raise(int signal) {
    signals |= 1L << signal;
    if (!modes.local(Termios.NOFLSH)) {
      output.flush();
      packets.add(Packets.FLUSH_WRITE);
      flush();
    }
  }

  // ---- lines

  /** Whether a character has a meaning for the line that is typed. */
  private boolean editsLine(int c) {
    boolean extended = modes.local(Termios.IEXTEN);
    if (c == modes.character(Termios.VERASE)
        || c == modes.character(Termios.VKILL)
        || extended && c == modes.character(Termios.VWERASE)) {
      eraser.erase(c);
      return true;
    }
    if (extended && c == modes.character(Termios.VLNEXT)) {
      literalNext();
      return true;
    }
    if (extended && modes.local(Termios.ECHO) && c == modes.character(Termios.VREPRINT)) {
      reprint(c);
      return true;
    }
    return endsLine(c, extended);
  }

  private boolean endsLine(int c, boolean extended) {
    if (c == '\n') {
      if (modes.local(Termios.ECHO | Termios.ECHONL)) {
        output.echoAsIs('\n');
      }
      queue.putEnd(c);
      return true;
    }
    if (c == modes.character(Termios.VEOF)) {
      queue.putEnd(0);
      return true;
    }
    boolean end = c == modes.character(Termios.VEOL);
    if (end || extended && c == modes.character(Termios.VEOL2)) {
      if (modes.local(Termios.ECHO)) {
        if (queue.lineIsEmpty()) {
          output.lineBegins();
        }
        output.echo(c);
      }
      if (c == MARK && modes.input(Termios.PARMRK)) {
        queue.put(c);
      }
      queue.putEnd(c);
      return true;
    }
    return false;
  }

  private void literalNext() {
    literal = true;
    if (modes.local(Termios.ECHO)) {
      eraser.finish();
      if (modes.local(Termios.ECHOCTL)) {
        output.echoAsIs('^');
        output.echoAsIs('\b');
      }
    }
  }

  private void reprint(int c) {
    eraser.finish();
    output.echo(c);
    output.echoAsIs('\n');
    for (long at = queue.whole(); at < queue.head(); at++) {
      output.echo(queue.at(at));
    }
  }

  // ---- what programs do

  /** The modes are other ones. */
  void modesChanged(int oldLocal, int oldInput) {
    if (((oldLocal ^ modes.local) & (Termios.ICANON | Termios.EXTPROC)) != 0) {
      if (modes.local(Termios.ICANON)) {
        queue.becomeLines();
      } else {
        queue.becomeBytes();
      }
      eraser.printing = false;
      literal = false;
    }
    if (!modes.input(Termios.IXON) && (oldInput & Termios.IXON) != 0) {
      start();
    }
  }

  /** Throws away what was not read. */
  void flush() {
    queue.clear();
    eraser.printing = false;
    packets.add(Packets.FLUSH_READ);
  }

  void save(StateWriter out) {
    out.version(VERSION).writeBoolean(literal).writeBoolean(eraser.printing).writeLong(signals);
    queue.save(out);
  }

  void load(StateReader in) {
    in.version(VERSION);
    literal = in.readBoolean();
    eraser.printing = in.readBoolean();
    signals = in.readLong();
    queue.load(in);
  }
}
