package org.atoll.servers.tty;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/** What is known of the host's terminal, and what is under way with its driver. */
final class ConsoleState {

  /** What the host's streams are. */
  enum Kind {
    /** Nobody has asked yet. */
    UNKNOWN,
    /** Not both a terminal: there is none of ours on them. */
    STREAMS,
    /** A terminal, which ours drives. */
    TERMINAL;

    /** As saved state has it. */
    @SuppressWarnings("EnumOrdinal")
    int number() {
      return ordinal();
    }
  }

  private static final Kind[] KINDS = Kind.values();

  Kind kind = Kind.UNKNOWN;

  /** Whether a READ is under way. */
  boolean reading;

  /** Bytes of the WRITE that is under way, or 0. */
  int writing;

  /** A failure has ended what was under way. */
  void nothingUnderWay() {
    reading = false;
    writing = 0;
  }

  void save(StateWriter out) {
    out.writeByte(kind.number()).writeBoolean(reading).writeInt(writing);
  }

  void load(StateReader in) {
    kind = KINDS[in.readByte()];
    reading = in.readBoolean();
    writing = in.readInt();
  }
}
