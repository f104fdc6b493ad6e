package org.atoll.servers.net;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/** A message that waits for its reader, or a run of a stream's bytes with one sender. */
final class Segment {

  /** What the memory for a message costs besides its bytes (Linux counts as much). */
  private static final int COST = 768;

  /** Of a stream, bytes that are left. */
  int bytes;

  /** The name of the socket that sent it, as its address. */
  final byte[] from;

  /** Descriptors that come with its first byte, as VFS numbers them; 0 when there are none. */
  long rights;

  final long pid;
  final long ids;

  Segment(int bytes, byte[] from, long rights, long pid, long ids) {
    this.bytes = bytes;
    this.from = from;
    this.rights = rights;
    this.pid = pid;
    this.ids = ids;
  }

  int cost() {
    return bytes + COST;
  }

  void save(StateWriter out) {
    out.writeInt(bytes).writeBytes(from).writeLong(rights).writeLong(pid).writeLong(ids);
  }

  static Segment load(StateReader in) {
    int bytes = in.readInt();
    byte[] from = in.readBytes();
    return new Segment(bytes, from, in.readLong(), in.readLong(), in.readLong());
  }
}
