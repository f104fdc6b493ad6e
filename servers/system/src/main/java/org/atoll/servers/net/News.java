package org.atoll.servers.net;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/**
 * What has happened to a socket, counted: whoever was told of it at one count hears of it again
 * only when something has happened since (edges of epoll(7)). Bytes and connections that come are
 * news for readers although others are there already; room is news for writers when there was none;
 * the beginning and the end of a connection, and errors, are news for all.
 */
final class News {

  private static final int READS = 0x1 | 0x40 | 0x80;
  private static final int URGENT = 0x2;
  private static final int WRITES = 0x4 | 0x100 | 0x200;

  private long count = 1;
  private long readable = 1;
  private long writable = 1;
  private long changed = 1;
  private long urgent = 1;

  // ---- how the socket was when it was looked at last

  private long arrivals;
  private long marks;
  private int bytes;
  private boolean noRoom;
  private int condition;

  long count() {
    return count;
  }

  /** Whether something of these events has happened after a count. */
  boolean since(long then, int events) {
    boolean reads = (events & READS) != 0 && readable > then;
    boolean writes = (events & WRITES) != 0 && writable > then;
    boolean urges = (events & URGENT) != 0 && urgent > then;
    return reads || writes || urges || changed > then;
  }

  /** Which of a socket's events something has happened to after a count. */
  int about(long then, int events) {
    int about = (readable > then ? READS : 0) | (writable > then ? WRITES : 0);
    about |= urgent > then ? URGENT : 0;
    return events & (about | (changed > then ? Readiness.ALWAYS : 0));
  }

  /** Looks at the socket again, which may have changed. */
  void note(State state, Socket s) {
    long came = s.queue.arrivals() + s.connectionsCome;
    int there = s.queue.bytes();
    if (came != arrivals || there > bytes) {
      readable = ++count;
    }
    if (s.urgent.marks() != marks) {
      urgent = ++count;
    }
    marks = s.urgent.marks();
    arrivals = came;
    bytes = there;
    boolean none = !Readiness.isWritable(state, s);
    if (noRoom && !none) {
      writable = ++count;
    }
    noRoom = none;
    int now = condition(s);
    if (now != condition) {
      changed = ++count;
      readable = (now & ~condition & 1) != 0 ? count : readable;
      writable = (now & ~condition & 4) != 0 ? count : writable;
      condition = now;
    }
  }

  private static int condition(Socket s) {
    return (s.readOff ? 1 : 0)
        | (s.writeOff ? 2 : 0)
        | (s.connected ? 4 : 0)
        | (s.listening ? 8 : 0)
        | (s.peer == 0 ? 16 : 0)
        | (s.error != 0 ? 32 : 0);
  }

  void save(StateWriter out) {
    out.writeLong(count).writeLong(readable).writeLong(writable).writeLong(changed);
    out.writeLong(arrivals).writeInt(bytes).writeBoolean(noRoom).writeInt(condition);
    out.writeLong(urgent).writeLong(marks);
  }

  void load(StateReader in) {
    count = in.readLong();
    readable = in.readLong();
    writable = in.readLong();
    changed = in.readLong();
    arrivals = in.readLong();
    bytes = in.readInt();
    noRoom = in.readBoolean();
    condition = in.readInt();
    urgent = in.readLong();
    marks = in.readLong();
  }
}
