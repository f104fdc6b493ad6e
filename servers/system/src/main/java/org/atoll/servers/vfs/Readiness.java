package org.atoll.servers.vfs;

/** What poll(2) and epoll(7) say of an open file: its events, as bits, which Linux's are. */
final class Readiness {

  static final int IN = 0x1;
  static final int PRI = 0x2;
  static final int OUT = 0x4;
  static final int ERR = 0x8;
  static final int HUP = 0x10;
  static final int NVAL = 0x20;
  static final int RDNORM = 0x40;
  static final int WRNORM = 0x100;

  /** Said whether it was asked for or not. */
  static final int ALWAYS = ERR | HUP | NVAL;

  static final int READABLE = IN | RDNORM;
  static final int WRITABLE = OUT | WRNORM;
  static final int ALL = READABLE | WRITABLE | ERR | HUP;

  private Readiness() {}

  /**
   * What VFS knows itself; 0 of what a driver or the console has to be asked about.
   *
   * @param pending the signals that are pending for who asks
   */
  static int of(OpenFile file, long pending) {
    return switch (file.kind) {
      case STREAM, CHARACTER, SOCKET -> 0;
      case PIPE -> ofPipe(file, file.ring());
      case EVENT -> file.event().ready(pending);
      case FILE, DEVICE, PATH -> READABLE | WRITABLE;
    };
  }

  /** Whether somebody else has to be asked. */
  static boolean isElsewhere(OpenFile file) {
    return switch (file.kind) {
      case STREAM, CHARACTER, SOCKET -> true;
      case FILE, DEVICE, PATH, PIPE, EVENT -> false;
    };
  }

  private static int ofPipe(OpenFile file, Pipe pipe) {
    int ready = 0;
    if (file.isReadable()) {
      ready |= pipe.count() > 0 ? READABLE : 0;
      boolean hadWriter = file.vnode == null || pipe.writersEver != file.writersBefore;
      ready |= pipe.writers == 0 && hadWriter ? HUP : 0;
    }
    if (file.isWritable()) {
      ready |= pipe.hasRoom() ? WRITABLE : 0;
      ready |= pipe.readers == 0 ? ERR : 0;
    }
    return ready;
  }

  /** The events that a driver or the console answered. */
  static int answered(long answer, int interrupted) {
    if (answer < 0) {
      return answer == -interrupted ? 0 : ERR;
    }
    int events = (int) answer;
    events |= (events & IN) != 0 ? RDNORM : 0;
    return events | ((events & OUT) != 0 ? WRNORM : 0);
  }
}
