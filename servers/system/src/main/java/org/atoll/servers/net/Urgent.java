package org.atoll.servers.net;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/**
 * The urgent byte that a stream was told of last, and the mark where it is, as its receiver sees
 * them: tcp(7), unix(7). The byte lies among the others; whoever reads in order goes round it.
 *
 * <p>Invariant: with a mark, a byte is at {@link #at} bytes behind the next one.
 */
final class Urgent {

  private static final int NONE = 0;
  private static final int THERE = 1;
  private static final int TAKEN = 2;

  private int condition = NONE;
  private int at;
  private long marks;

  /** How often there was one. */
  long marks() {
    return marks;
  }

  /** Whether reads have not come past the mark yet. */
  boolean isMarked() {
    return condition != NONE;
  }

  /** Whether the byte was not taken yet. */
  boolean isThere() {
    return condition == THERE;
  }

  /** Whether the next byte is the urgent one. */
  boolean isAtMark() {
    return isMarked() && at == 0;
  }

  /** Bytes in front of the mark. */
  int at() {
    return at;
  }

  /** How many of so many bytes a read gets, which ends at a mark that it has not begun at. */
  int upTo(int bytes) {
    return isMarked() && at > 0 ? Math.min(bytes, at) : bytes;
  }

  /** The byte behind so many others is urgent. */
  void mark(int position) {
    condition = THERE;
    at = position;
    marks++;
  }

  /** The byte was taken out of the line. */
  void taken() {
    condition = TAKEN;
  }

  /** So many bytes are read. */
  void passed(int bytes) {
    at -= bytes;
    if (at < 0) {
      condition = NONE;
      at = 0;
    }
  }

  void save(StateWriter out) {
    out.writeByte(condition).writeInt(at).writeLong(marks);
  }

  void load(StateReader in) {
    condition = in.readByte();
    at = in.readInt();
    marks = in.readLong();
  }
}
