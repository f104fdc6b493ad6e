package org.atoll.servers.tty;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/** An open file description of a terminal, or of its other side, under a handle. */
final class Opening {

  final long handle;
  final int terminal;

  /** Whether it is the other side. */
  final boolean isMaster;

  /** Whether it can be read, which stealing a terminal needs. */
  final boolean reads;

  /** Cut off from the terminal: it reads an end of file and writes nothing any more. */
  boolean hungUp;

  Opening(long handle, int terminal, boolean isMaster, boolean reads) {
    this.handle = handle;
    this.terminal = terminal;
    this.isMaster = isMaster;
    this.reads = reads;
  }

  void save(StateWriter out) {
    out.writeLong(handle).writeInt(terminal).writeBoolean(isMaster).writeBoolean(reads);
    out.writeBoolean(hungUp);
  }

  static Opening load(StateReader in) {
    long handle = in.readLong();
    Opening o = new Opening(handle, in.readInt(), in.readBoolean(), in.readBoolean());
    o.hungUp = in.readBoolean();
    return o;
  }
}
