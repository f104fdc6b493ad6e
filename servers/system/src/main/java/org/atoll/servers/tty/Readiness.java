package org.atoll.servers.tty;

/** What poll(2) says of a terminal and of its master, as on Linux. */
final class Readiness {

  static final int IN = 0x1;
  static final int PRIORITY = 0x2;
  static final int OUT = 0x4;
  static final int ERROR = 0x8;
  static final int HUNG_UP = 0x10;
  static final int READ_NORMAL = 0x40;
  static final int WRITE_NORMAL = 0x100;

  /** Reported although nobody asks. */
  static final int ALWAYS = ERROR | HUNG_UP;

  private static final int READABLE = IN | READ_NORMAL;
  private static final int WRITABLE = OUT | WRITE_NORMAL;

  private Readiness() {}

  static int ready(Terminal t, Opening opening) {
    if (opening.hungUp) {
      return READABLE | WRITABLE | ERROR | HUNG_UP;
    }
    return opening.isMaster ? ofMaster(t) : ofTerminal(t);
  }

  private static int ofMaster(Terminal t) {
    int events = t.output.ring.count() > 0 ? READABLE : 0;
    events |= t.packets.hasNews() ? READABLE | PRIORITY : 0;
    events |= t.isDeserted() ? HUNG_UP : 0;
    return events | (t.arrived.room() > 0 ? WRITABLE : 0);
  }

  private static int ofTerminal(Terminal t) {
    int events = t.hasInput(true) ? READABLE : 0;
    events |= t.hasMaster ? 0 : HUNG_UP;
    return events | (t.output.room() > 0 ? WRITABLE : 0);
  }
}
