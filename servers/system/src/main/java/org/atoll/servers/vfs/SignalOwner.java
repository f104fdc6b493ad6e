package org.atoll.servers.vfs;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.protocol.PmProtocol;
import org.jspecify.annotations.Nullable;

/** Who is told by a signal what happens to an open file, and by which: fcntl(2), F_SETOWN. */
final class SignalOwner {

  /** {@link PmProtocol#OWNER_THREAD} and the like. */
  int kind = PmProtocol.OWNER_THREAD;

  /** A number of that kind; 0: nobody. */
  int who;

  /** Who said so: real user in the lower 32 bits, effective one in the upper. */
  long users;

  /** The signal of F_SETSIG; 0: SIGIO. */
  int signal;

  /** The descriptor that O_ASYNC was set by: si_fd. */
  int fd;

  /** The call that is answered when something happens, or 0. */
  long watch;

  /** Of a socket: the network server's count of news with the last answer. */
  long count;

  void set(Process by, int ownerKind, int owner) {
    kind = ownerKind;
    who = owner;
    users = by.realUid & 0xffff_ffffL | (long) by.uid << Integer.SIZE;
  }

  static void save(StateWriter out, @Nullable SignalOwner owner) {
    out.writeBoolean(owner != null);
    if (owner != null) {
      out.writeInt(owner.kind).writeInt(owner.who).writeLong(owner.users).writeInt(owner.signal);
      out.writeInt(owner.fd).writeLong(owner.watch).writeLong(owner.count);
    }
  }

  static @Nullable SignalOwner load(StateReader in) {
    if (!in.readBoolean()) {
      return null;
    }
    SignalOwner owner = new SignalOwner();
    owner.kind = in.readInt();
    owner.who = in.readInt();
    owner.users = in.readLong();
    owner.signal = in.readInt();
    owner.fd = in.readInt();
    owner.watch = in.readLong();
    owner.count = in.readLong();
    return owner;
  }
}
