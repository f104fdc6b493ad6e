package org.atoll.servers.tty;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.protocol.DeviceProtocol;

/** A request that is not answered yet, and what is known about who asks. */
final class Waiter {

  /** What is asked for. */
  enum Kind {
    OPEN,
    READ,
    WRITE,
    IOCTL,
    WATCH;

    /** As saved state has it. */
    @SuppressWarnings("EnumOrdinal")
    int number() {
      return ordinal();
    }
  }

  /** What it waits for. */
  enum Phase {
    /** What another server says. */
    ANSWER,
    /** Its terminal. */
    TERMINAL,
    /** Output to be gone. */
    DRAINED;

    /** As saved state has it. */
    @SuppressWarnings("EnumOrdinal")
    int number() {
      return ordinal();
    }
  }

  private static final Kind[] KINDS = Kind.values();
  private static final Phase[] PHASES = Phase.values();

  final long request;
  final Kind kind;
  final long pid;

  /** Flags of {@link DeviceProtocol}; of an OPEN those of open(2). */
  final long flags;

  /** Bytes wanted, operation of an IOCTL, events of a WATCH, device of an OPEN. */
  final long subject;

  /** Argument of an IOCTL; user and group of an OPEN. */
  final long argument;

  /** The open file description; 0 of an OPEN. */
  final long handle;

  /** Its number, once it is known. */
  int terminal;

  Phase phase = Phase.ANSWER;

  /** Bytes done. */
  int done;

  /** Whether an alarm ends it. */
  boolean timed;

  boolean cancelled;

  // ---- what PM says of the process

  long group;
  long session;
  boolean orphaned;
  long user;

  Waiter(long request, Kind kind, long handle, long subject, long argument, long flags, long pid) {
    this.request = request;
    this.kind = kind;
    this.handle = handle;
    this.subject = subject;
    this.argument = argument;
    this.flags = flags;
    this.pid = pid;
  }

  boolean mayWait() {
    return (flags & DeviceProtocol.NO_WAIT) == 0;
  }

  boolean isLeader() {
    return session == pid;
  }

  void save(StateWriter out) {
    out.writeLong(request).writeByte(kind.number()).writeLong(handle).writeLong(subject);
    out.writeLong(argument).writeLong(flags).writeLong(pid).writeInt(terminal);
    out.writeByte(phase.number()).writeInt(done).writeBoolean(timed).writeBoolean(cancelled);
    out.writeLong(group).writeLong(session).writeBoolean(orphaned).writeLong(user);
  }

  static Waiter load(StateReader in) {
    long request = in.readLong();
    Kind kind = KINDS[in.readByte()];
    Waiter w =
        new Waiter(
            request,
            kind,
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong());
    w.terminal = in.readInt();
    w.phase = PHASES[in.readByte()];
    w.done = in.readInt();
    w.timed = in.readBoolean();
    w.cancelled = in.readBoolean();
    w.group = in.readLong();
    w.session = in.readLong();
    w.orphaned = in.readBoolean();
    w.user = in.readLong();
    return w;
  }
}
