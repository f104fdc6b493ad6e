package org.atoll.servers.vfs;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/**
 * A lock on a range of a file.
 *
 * @param owner whose it is: in a kind, owners are told apart by this number
 * @param kind of which family
 * @param exclusive whether it keeps out shared ones too
 * @param start first byte
 * @param end last byte, {@link Long#MAX_VALUE} without end
 * @param pid what F_GETLK answers
 */
record Lock(Kind kind, long owner, boolean exclusive, long start, long end, int pid) {

  /** Families that do not see each other, except that record locks of both kinds do. */
  enum Kind {
    /** flock(2): the owner is an open file description. */
    FLOCK,
    /** fcntl(2) F_SETLK: the owner is a process. */
    PROCESS,
    /** fcntl(2) F_OFD_SETLK: the owner is an open file description. */
    FILE;

    /** As saved state and rows have it. */
    @SuppressWarnings("EnumOrdinal")
    int number() {
      return ordinal();
    }
  }

  private static final Kind[] KINDS = Kind.values();

  /** Whether two locks cannot be held at once. */
  boolean conflictsWith(Lock other) {
    boolean family = (kind == Kind.FLOCK) == (other.kind == Kind.FLOCK);
    boolean same = kind == other.kind && owner == other.owner;
    return family && !same && (exclusive || other.exclusive) && overlaps(other.start, other.end);
  }

  boolean isOf(Kind ofKind, long ofOwner) {
    return kind == ofKind && owner == ofOwner;
  }

  boolean overlaps(long from, long to) {
    return start <= to && from <= end;
  }

  Lock withRange(long from, long to) {
    return new Lock(kind, owner, exclusive, from, to, pid);
  }

  void save(StateWriter out) {
    out.writeByte(kind.number()).writeLong(owner).writeBoolean(exclusive);
    out.writeLong(start).writeLong(end).writeInt(pid);
  }

  static Lock load(StateReader in) {
    Kind kind = KINDS[in.readByte()];
    long owner = in.readLong();
    boolean exclusive = in.readBoolean();
    long start = in.readLong();
    long end = in.readLong();
    return new Lock(kind, owner, exclusive, start, end, in.readInt());
  }
}
