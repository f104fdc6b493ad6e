package org.atoll.posix;

/**
 * Which way an ioctl request's structure goes, and how large it is: from its number where that says
 * so ({@code _IOC}), from a table for the old terminal requests.
 *
 * @param direction of the structure
 * @param bytes of the structure
 */
record IoctlShape(Direction direction, int bytes) {

  /** Seen from the process. */
  enum Direction {
    /** The argument is a number, or nothing. */
    NONE,
    /** The structure is read by the call. */
    IN,
    /** The structure is written by the call. */
    OUT,
    /** Both. */
    BOTH
  }

  private static final int TERMIOS_BYTES = 36;
  private static final int TERMIO_BYTES = 18;
  private static final int WINDOW_BYTES = 8;

  boolean in() {
    return direction == Direction.IN || direction == Direction.BOTH;
  }

  boolean out() {
    return direction == Direction.OUT || direction == Direction.BOTH;
  }

  static IoctlShape of(int request) {
    return switch (request) {
      case 0x5401 -> out(TERMIOS_BYTES); // TCGETS
      case 0x5402, 0x5403, 0x5404 -> in(TERMIOS_BYTES); // TCSETS, TCSETSW, TCSETSF
      case 0x5405 -> out(TERMIO_BYTES); // TCGETA
      case 0x5406, 0x5407, 0x5408 -> in(TERMIO_BYTES); // TCSETA, TCSETAW, TCSETAF
      case 0x540f, 0x5429 -> out(4); // TIOCGPGRP, TIOCGSID
      case 0x5410 -> in(4); // TIOCSPGRP
      case 0x5411, 0x541b -> out(4); // TIOCOUTQ, FIONREAD
      case 0x5413 -> out(WINDOW_BYTES); // TIOCGWINSZ
      case 0x5414 -> in(WINDOW_BYTES); // TIOCSWINSZ
      case 0x5415, 0x5419 -> out(4); // TIOCMGET, TIOCGSOFTCAR
      case 0x5416, 0x5417, 0x5418, 0x541a -> in(4); // TIOCMBIS, TIOCMBIC, TIOCMSET, ..SOFTCAR
      case 0x5412 -> in(1); // TIOCSTI
      case 0x5420, 0x5421, 0x5423, 0x5452 -> in(4); // TIOCPKT, FIONBIO, TIOCSETD, FIOASYNC
      case 0x5424 -> out(4); // TIOCGETD
      case 0x4004_9409 -> new IoctlShape(Direction.NONE, 0); // FICLONE: a descriptor
      default -> encoded(request);
    };
  }

  private static IoctlShape encoded(int request) {
    int bytes = request >>> 16 & 0x3fff;
    return switch (request >>> 30) {
      case 1 -> in(bytes);
      case 2 -> out(bytes);
      case 3 -> new IoctlShape(Direction.BOTH, bytes);
      default -> new IoctlShape(Direction.NONE, 0);
    };
  }

  private static IoctlShape in(int bytes) {
    return new IoctlShape(Direction.IN, bytes);
  }

  private static IoctlShape out(int bytes) {
    return new IoctlShape(Direction.OUT, bytes);
  }
}
