package org.atoll.servers.net;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.protocol.NetProtocol;

/** A request that is not answered yet. */
final class Waiter {

  /** What is asked for. */
  enum Kind {
    RECEIVE,
    SEND,
    ACCEPT,
    CONNECT,
    WATCH;

    /** As saved state has it. */
    @SuppressWarnings("EnumOrdinal")
    int number() {
      return ordinal();
    }
  }

  private static final Kind[] KINDS = Kind.values();

  final long request;
  final Kind kind;

  /** The socket that the call is about. */
  final long handle;

  /** The socket that it waits for: the receiver of a SEND, the listener of a CONNECT. */
  long at;

  /** Bytes wanted; events of a WATCH. */
  final int wanted;

  final int flags;

  /** Of a SEND, where data begins in its buffer. */
  int offset;

  /** Of a SEND, the key of what was gathered of its message, or 0. */
  long gathered;

  /** Bytes of that, which were answered already. */
  int before;

  /** Of a RECEIVE, who fetches the rest of a message that is longer than the buffer. */
  long thread;

  /** Of a RECEIVE, bytes were received before: nothing is waited for, and no error is told. */
  boolean goesOn;

  /** Bytes wanted in all, of which a buffer has room for {@link #wanted}. */
  long wantedAll;

  /** Bytes done. */
  int done;

  /** Of a RECEIVE, bytes at the end of its buffer that are for control messages. */
  int controlRoom;

  long rights;
  long pid;
  long ids;

  /** Of a WATCH, the count of news after which something has to happen; 0: it need not. */
  long since;

  /** Whether an alarm ends it. */
  boolean timed;

  Waiter(long request, Kind kind, Socket socket, int wanted, long flags) {
    this(request, kind, socket.handle, wanted, (int) flags);
    this.at = socket.handle;
  }

  private Waiter(long request, Kind kind, long handle, int wanted, int flags) {
    this.request = request;
    this.kind = kind;
    this.handle = handle;
    this.wanted = wanted;
    this.flags = flags;
  }

  /** On whose behalf. */
  Waiter by(long callerPid, long callerIds) {
    pid = callerPid;
    ids = callerIds;
    return this;
  }

  boolean mayWait() {
    return (flags & NetProtocol.NO_WAIT) == 0;
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  void save(StateWriter out) {
    out.writeLong(request).writeByte(kind.number()).writeLong(handle).writeInt(wanted);
    out.writeInt(flags).writeLong(at).writeInt(offset).writeInt(done).writeLong(rights);
    out.writeLong(pid).writeLong(ids).writeBoolean(timed).writeLong(since);
    out.writeInt(controlRoom).writeLong(gathered).writeInt(before);
    out.writeLong(thread).writeLong(wantedAll).writeBoolean(goesOn);
  }

  static Waiter load(StateReader in) {
    long request = in.readLong();
    Kind kind = KINDS[in.readByte()];
    Waiter w = new Waiter(request, kind, in.readLong(), in.readInt(), in.readInt());
    w.at = in.readLong();
    w.offset = in.readInt();
    w.done = in.readInt();
    w.rights = in.readLong();
    w.pid = in.readLong();
    w.ids = in.readLong();
    w.timed = in.readBoolean();
    w.since = in.readLong();
    w.controlRoom = in.readInt();
    w.gathered = in.readLong();
    w.before = in.readInt();
    w.thread = in.readLong();
    w.wantedAll = in.readLong();
    w.goesOn = in.readBoolean();
    return w;
  }
}
