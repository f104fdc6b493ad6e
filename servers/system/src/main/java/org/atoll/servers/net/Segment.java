package org.atoll.servers.net;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.jspecify.annotations.Nullable;

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

  /** Of a datagram of the Internet, how it came. */
  final @Nullable Came came;

  Segment(int bytes, byte[] from, long rights, long pid, long ids) {
    this(bytes, from, rights, pid, ids, null);
  }

  /** A datagram of the Internet. */
  Segment(int bytes, byte[] from, Came came) {
    this(bytes, from, 0, 0, -1, came);
  }

  private Segment(int bytes, byte[] from, long rights, long pid, long ids, @Nullable Came came) {
    this.bytes = bytes;
    this.from = from;
    this.rights = rights;
    this.pid = pid;
    this.ids = ids;
    this.came = came;
  }

  int cost() {
    return bytes + COST;
  }

  void save(StateWriter out) {
    out.writeInt(bytes).writeBytes(from).writeLong(rights).writeLong(pid).writeLong(ids);
    Came.save(out, came);
  }

  static Segment load(StateReader in) {
    int bytes = in.readInt();
    byte[] from = in.readBytes();
    return new Segment(bytes, from, in.readLong(), in.readLong(), in.readLong(), Came.load(in));
  }
}
