package org.atoll.servers.tty;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * The way out of a terminal: what programs write and what is echoed, processed as the output modes
 * say, in the order it came (POSIX, XBD 11.2.3; Linux's n_tty for what it leaves open).
 *
 * <p>What programs write stops at a limit below the room that there is, so that an echo finds its
 * place. While output is stopped, echoes are held back.
 */
final class LineOutput {

  /** Bytes that programs can write ahead: what a Linux pseudo-terminal takes. */
  static final int WRITTEN_BYTES_MAX = 4_095 + 8_192;

  private static final int RING_BYTES = 16_384;
  private static final int HELD_BYTES = 4_096;
  private static final int TAB = 8;
  private static final int VERSION = 1;

  private final Termios modes;
  private final int keptByFlush;
  final ByteRing ring = new ByteRing(RING_BYTES);
  private final ByteRing held = new ByteRing(HELD_BYTES);
  private int column;
  private int lineColumn;

  /** Stopped by the user's STOP character. */
  boolean stopped;

  /** Stopped by tcflow(3). */
  boolean stoppedByProgram;

  /**
   * An empty way out.
   *
   * @param keptByFlush bytes that a flush leaves
   */
  LineOutput(Termios modes, int keptByFlush) {
    this.modes = modes;
    this.keptByFlush = keptByFlush;
  }

  boolean isStopped() {
    return stopped || stoppedByProgram;
  }

  /** Bytes that a program may add. */
  int room() {
    int room = isStopped() ? 0 : WRITTEN_BYTES_MAX - ring.count();
    return room < TAB ? 0 : room;
  }

  /** Takes what has room; how many bytes. */
  int write(byte[] from, int at, int bytes) {
    release();
    if (!modes.output(Termios.OPOST)) {
      return ring.put(from, at, Math.min(bytes, room()));
    }
    int done = 0;
    int room = room();
    while (done < bytes && room >= TAB) {
      int before = ring.count();
      process(ring, from[at + done] & 0xff);
      room -= ring.count() - before;
      done++;
    }
    return done;
  }

  // ---- echo

  /** An echo of a byte: control characters as {@code ^X} where ECHOCTL says so. */
  void echo(int c) {
    if (modes.local(Termios.ECHOCTL) && isControl(c) && c != '\t') {
      ByteRing to = echoes(2);
      if (to != null) {
        to.put('^');
        to.put(c ^ 0x40);
        column += 2;
      }
    } else {
      echoAsIs(c);
    }
  }

  /** An echo of a byte that goes through output processing like one that is written. */
  void echoAsIs(int c) {
    ByteRing to = echoes(TAB);
    if (to == null) {
      return;
    }
    if (modes.output(Termios.OPOST)) {
      process(to, c);
    } else {
      to.put(c);
    }
  }

  /** Where an echo of that many bytes goes; null when it is lost. */
  private @Nullable ByteRing echoes(int bytes) {
    boolean waits = isStopped() || held.count() > 0 || ring.room() < bytes;
    ByteRing to = waits ? held : ring;
    return to.room() < bytes ? null : to;
  }

  /** Echoes that were held back go out, as far as they may. */
  void release() {
    if (held.count() > 0 && !isStopped()) {
      held.moveTo(ring);
    }
  }

  /** Remembers where the line that is typed begins. */
  void lineBegins() {
    lineColumn = column;
  }

  void backOneColumn() {
    column = Math.max(0, column - 1);
  }

  /**
   * Moves back over a tab.
   *
   * @param columns before it, from the beginning of the line or from the tab before
   */
  void eraseTab(int columns, boolean afterTab) {
    int at = afterTab ? columns : columns + lineColumn;
    for (int i = TAB - (at & TAB - 1); i > 0; i--) {
      ByteRing to = echoes(1);
      if (to != null) {
        to.put('\b');
      }
      backOneColumn();
    }
  }

  // ---- processing

  private void process(ByteRing to, int c) {
    switch (c) {
      case '\n' -> newline(to);
      case '\r' -> carriageReturn(to);
      case '\t' -> tab(to);
      case '\b' -> {
        backOneColumn();
        to.put(c);
      }
      default -> {
        int out = c;
        if (!isControl(c)) {
          out = modes.output(Termios.OLCUC) ? Latin.upper(c) : c;
          column += isContinuation(out) ? 0 : 1;
        }
        to.put(out);
      }
    }
  }

  private void newline(ByteRing to) {
    if (modes.output(Termios.ONLRET)) {
      column = 0;
    }
    if (modes.output(Termios.ONLCR)) {
      column = 0;
      to.put('\r');
    }
    lineColumn = column;
    to.put('\n');
  }

  private void carriageReturn(ByteRing to) {
    if (modes.output(Termios.ONOCR) && column == 0) {
      return;
    }
    boolean mapped = modes.output(Termios.OCRNL);
    if (!mapped || modes.output(Termios.ONLRET)) {
      column = 0;
      lineColumn = 0;
    }
    to.put(mapped ? '\n' : '\r');
  }

  private void tab(ByteRing to) {
    int spaces = TAB - (column & TAB - 1);
    column += spaces;
    if ((modes.output & Termios.TABDLY) == Termios.XTABS) {
      for (int i = 0; i < spaces; i++) {
        to.put(' ');
      }
    } else {
      to.put('\t');
    }
  }

  /** Whether a byte continues a character of UTF-8 that began before it. */
  boolean isContinuation(int c) {
    return modes.input(Termios.IUTF8) && (c & 0xc0) == 0x80;
  }

  static boolean isControl(int c) {
    return c < ' ' || c == 0x7f;
  }

  /** Throws away what can still be held back. */
  void flush() {
    ring.keep(keptByFlush);
    held.keep(0);
  }

  void save(StateWriter out) {
    out.version(VERSION).writeInt(column).writeInt(lineColumn);
    out.writeBoolean(stopped).writeBoolean(stoppedByProgram);
    ring.save(out);
    held.save(out);
  }

  void load(StateReader in) {
    in.version(VERSION);
    column = in.readInt();
    lineColumn = in.readInt();
    stopped = in.readBoolean();
    stoppedByProgram = in.readBoolean();
    ring.load(in);
    held.load(in);
  }
}
