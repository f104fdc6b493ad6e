package org.atoll.libposix;

/**
 * Which way an ioctl request's structure goes, and how large it is, for the requests of terminals
 * and descriptors. What no file here knows has no structure: it is refused before its argument
 * would be looked at.
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
    /** The structure is read, and written in place. */
    BOTH
  }

  private static final int TERMIOS_BYTES = 36;
  private static final int TERMIOS2_BYTES = 44;
  private static final int TERMIO_BYTES = 18;
  private static final int WINDOW_BYTES = 8;
  private static final int INTERFACE_BYTES = 40;
  private static final int ROUTE_BYTES = 120;
  private static final int ARP_BYTES = 68;

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
      case 0x802c_542a -> out(TERMIOS2_BYTES); // TCGETS2
      case 0x402c_542b, 0x402c_542c, 0x402c_542d -> in(TERMIOS2_BYTES); // TCSETS2, ..W2, ..F2
      case 0x8004_5430, 0x8004_5432, 0x8004_5438 -> out(4); // TIOCGPTN, TIOCGDEV, TIOCGPKT
      case 0x8004_5439, 0x8004_5440 -> out(4); // TIOCGPTLCK, TIOCGEXCL
      case 0x4004_5431 -> in(4); // TIOCSPTLCK
      case 0x5420, 0x5421, 0x5423, 0x5452 -> in(4); // TIOCPKT, FIONBIO, TIOCSETD, FIOASYNC
      case 0x5424 -> out(4); // TIOCGETD
      case 0x8901, 0x8902 -> in(4); // FIOSETOWN, SIOCSPGRP
      case 0x8903, 0x8904, 0x8905 -> out(4); // FIOGETOWN, SIOCGPGRP, SIOCATMARK
      default -> ofNetwork(request);
    };
  }

  /** What netdevice(7) knows. */
  private static IoctlShape ofNetwork(int request) {
    return switch (request) {
      case 0x8910, 0x8913, 0x8915, 0x8917 -> both(INTERFACE_BYTES); // NAME, FLAGS, ADDR, DSTADDR
      case 0x8919, 0x891b, 0x891d, 0x8921 -> both(INTERFACE_BYTES); // BRDADDR, NETMASK, METRIC, MTU
      case 0x8927, 0x8933, 0x8942, 0x8970 -> both(INTERFACE_BYTES); // HWADDR, INDEX, TXQLEN, MAP
      case 0x8914, 0x8916, 0x8918, 0x891a -> in(INTERFACE_BYTES); // to set the same
      case 0x891c, 0x891e, 0x8922, 0x8923 -> in(INTERFACE_BYTES);
      case 0x8924, 0x8931, 0x8932, 0x8943 -> in(INTERFACE_BYTES); // HWADDR, ADDMULTI, DELMULTI, ..
      case 0x8946, 0x8971 -> in(INTERFACE_BYTES); // SIOCETHTOOL, SIOCSIFMAP
      case 0x890b, 0x890c -> in(ROUTE_BYTES); // SIOCADDRT, SIOCDELRT
      case 0x8953, 0x8955 -> in(ARP_BYTES); // SIOCDARP, SIOCSARP
      case 0x8954 -> both(ARP_BYTES); // SIOCGARP
      default -> new IoctlShape(Direction.NONE, 0);
    };
  }

  private static IoctlShape both(int bytes) {
    return new IoctlShape(Direction.BOTH, bytes);
  }

  private static IoctlShape in(int bytes) {
    return new IoctlShape(Direction.IN, bytes);
  }

  private static IoctlShape out(int bytes) {
    return new IoctlShape(Direction.OUT, bytes);
  }
}
