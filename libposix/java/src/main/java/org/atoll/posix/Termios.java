package org.atoll.posix;

import static org.atoll.posix.PosixException.check;

import org.atoll.posix.gate.Bytes;
import org.atoll.posix.gate.Scratch;

/** {@code <termios.h>}: what a terminal is set to. Flags are Linux's bits. */
public final class Termios {

  /** {@link #tcsetattr}: at once. */
  public static final int TCSANOW = 0;

  /** {@link #tcsetattr}: when what was written is shown. */
  public static final int TCSADRAIN = 1;

  /** {@link #tcsetattr}: the same, and what was typed is forgotten. */
  public static final int TCSAFLUSH = 2;

  /** Local flag: signals by Ctrl-C, Ctrl-Z, Ctrl-\. */
  public static final int ISIG = 1;

  /** Local flag: line by line. */
  public static final int ICANON = 2;

  /** Local flag: what is typed is shown. */
  public static final int ECHO = 8;

  /** Input flag: a carriage return is a line feed. */
  public static final int ICRNL = 0x100;

  /** Output flag: the others count. */
  public static final int OPOST = 1;

  /** Character: bytes that a read waits for, without {@link #ICANON}. */
  public static final int VMIN = 6;

  /** Character: tenths of a second that it waits. */
  public static final int VTIME = 5;

  private static final int BYTES = 36;
  private static final int CHARACTERS = 17;
  private static final int CHARACTERS_COUNT = 19;
  private static final int TCGETS = 0x5401;
  private static final int TCSETS = 0x5402;
  private static final int TIOCGWINSZ = 0x5413;

  /** Input flags. */
  public int inputFlags;

  /** Output flags. */
  public int outputFlags;

  /** Control flags. */
  public int controlFlags;

  /** Local flags. */
  public int localFlags;

  /** Special characters, by {@link #VMIN} and its kin. */
  public final byte[] characters = new byte[CHARACTERS_COUNT];

  private byte line;

  private Termios() {}

  /** What a terminal is set to. Errors: EBADF, ENOTTY. */
  public static Termios tcgetattr(int fd) {
    try (Scratch s = Scratch.open()) {
      long room = s.room(BYTES);
      check("tcgetattr", s.call(29, fd, TCGETS, room));
      byte[] bytes = s.bytes(room, BYTES);
      Termios is = new Termios();
      is.inputFlags = Bytes.getInt(bytes, 0);
      is.outputFlags = Bytes.getInt(bytes, 4);
      is.controlFlags = Bytes.getInt(bytes, 8);
      is.localFlags = Bytes.getInt(bytes, 12);
      is.line = bytes[CHARACTERS - 1];
      System.arraycopy(bytes, CHARACTERS, is.characters, 0, CHARACTERS_COUNT);
      return is;
    }
  }

  /** Sets a terminal. Errors: EBADF, EINTR, EINVAL, ENOTTY. */
  public static void tcsetattr(int fd, int when, Termios to) {
    byte[] bytes = new byte[BYTES];
    Bytes.putInt(bytes, 0, to.inputFlags);
    Bytes.putInt(bytes, 4, to.outputFlags);
    Bytes.putInt(bytes, 8, to.controlFlags);
    Bytes.putInt(bytes, 12, to.localFlags);
    bytes[CHARACTERS - 1] = to.line;
    System.arraycopy(to.characters, 0, bytes, CHARACTERS, CHARACTERS_COUNT);
    try (Scratch s = Scratch.open()) {
      check("tcsetattr", s.call(29, fd, TCSETS + when, s.copy(bytes)));
    }
  }

  /**
   * The size of a terminal's window.
   *
   * @param rows lines
   * @param columns characters a line
   */
  public record Window(int rows, int columns) {}

  /** The size of a terminal's window. Errors: EBADF, ENOTTY. */
  public static Window window(int fd) {
    try (Scratch s = Scratch.open()) {
      long room = s.room(8);
      check("window", s.call(29, fd, TIOCGWINSZ, room));
      byte[] bytes = s.bytes(room, 8);
      return new Window(Bytes.getShort(bytes, 0), Bytes.getShort(bytes, 2));
    }
  }
}
