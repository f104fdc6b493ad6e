package org.atoll.servers.tty;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/**
 * Packet mode of a pseudo-terminal: what its master is told besides data (tty_ioctl(4), TIOCPKT).
 */
final class Packets {

  static final int FLUSH_READ = 1;
  static final int FLUSH_WRITE = 2;
  static final int STOP = 4;
  static final int START = 8;
  static final int NO_STOP = 16;
  static final int DO_STOP = 32;
  static final int IOCTL = 64;

  private boolean on;
  private int news;

  boolean isOn() {
    return on;
  }

  void set(boolean wanted) {
    if (wanted != on) {
      news = 0;
    }
    on = wanted;
  }

  /** Notes what happened; of two that exclude each other the later stands. */
  void add(int flag) {
    if (!on) {
      return;
    }
    int opposite =
        switch (flag) {
          case STOP -> START;
          case START -> STOP;
          case NO_STOP -> DO_STOP;
          case DO_STOP -> NO_STOP;
          default -> 0;
        };
    news = news & ~opposite | flag;
  }

  boolean hasNews() {
    return on && news != 0;
  }

  int takeNews() {
    int flags = news;
    news = 0;
    return flags;
  }

  void save(StateWriter out) {
    out.writeBoolean(on).writeInt(news);
  }

  void load(StateReader in) {
    on = in.readBoolean();
    news = in.readInt();
  }
}
