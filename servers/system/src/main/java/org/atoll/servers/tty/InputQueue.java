package org.atoll.servers.tty;

import java.util.Arrays;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/**
 * What was typed and not yet read: bytes, of which some end a line. Positions only grow; bytes from
 * {@code tail} to {@code whole} belong to lines that are complete, those up to {@code head} can
 * still be edited.
 *
 * <p>A byte 0 that ends a line stands for an end of file: it is never read.
 */
final class InputQueue {

  /** Room, one byte of which is kept for what ends a line that is too long. */
  static final int BYTES = 4_096;

  private static final int MASK = BYTES - 1;
  private static final int VERSION = 1;

  private final byte[] data = new byte[BYTES];
  private final boolean[] ends = new boolean[BYTES];
  private long tail;
  private long whole;
  private long head;

  int count() {
    return (int) (head - tail);
  }

  /** Bytes of complete lines. */
  int wholeBytes() {
    return (int) (whole - tail);
  }

  boolean hasLine() {
    return whole != tail;
  }

  /** Whether the line that is being typed has no bytes yet. */
  boolean lineIsEmpty() {
    return head == whole;
  }

  long head() {
    return head;
  }

  long whole() {
    return whole;
  }

  int at(long position) {
    return data[(int) position & MASK] & 0xff;
  }

  void put(int c) {
    data[(int) head & MASK] = (byte) c;
    head++;
  }

  int put(byte[] from, int at, int bytes) {
    int end = (int) head & MASK;
    int first = Math.min(bytes, BYTES - end);
    System.arraycopy(from, at, data, end, first);
    System.arraycopy(from, at + first, data, 0, bytes - first);
    head += bytes;
    return bytes;
  }

  /** A byte that ends the line. */
  void putEnd(int c) {
    ends[(int) head & MASK] = true;
    put(c);
    whole = head;
  }

  /** Bytes from a position on are gone. */
  void cut(long position) {
    head = position;
  }

  void clear() {
    tail = 0;
    whole = 0;
    head = 0;
    Arrays.fill(ends, false);
  }

  /** From now on by lines: what is there counts as one that was pushed. */
  void becomeLines() {
    Arrays.fill(ends, false);
    whole = head;
    if (count() > 0) {
      ends[(int) (head - 1) & MASK] = true;
    }
  }

  /** From now on by bytes. */
  void becomeBytes() {
    Arrays.fill(ends, false);
    whole = tail;
  }

  /** Takes bytes as they are; how many. */
  int take(byte[] to, int at, int bytes) {
    int taken = Math.min(bytes, count());
    copy(to, at, taken);
    tail += taken;
    whole = Math.max(whole, tail);
    return taken;
  }

  /** Takes from one line; an end of file that follows goes with it. How many. */
  int takeLine(byte[] to, int at, int bytes) {
    long end = tail;
    while (end < whole && end - tail < bytes && !ends[(int) end & MASK]) {
      end++;
    }
    boolean ended = end < whole && ends[(int) end & MASK];
    boolean endOfFile = ended && data[(int) end & MASK] == 0;
    int taken = (int) (end - tail);
    if (ended && !endOfFile && taken < bytes) {
      taken++;
    } else if (ended && !endOfFile) {
      ended = false;
    }
    copy(to, at, taken);
    if (ended) {
      ends[(int) end & MASK] = false;
      tail = end + 1;
    } else {
      tail += taken;
    }
    return taken;
  }

  private void copy(byte[] to, int at, int bytes) {
    int start = (int) tail & MASK;
    int first = Math.min(bytes, BYTES - start);
    System.arraycopy(data, start, to, at, first);
    System.arraycopy(data, 0, to, at + first, bytes - first);
  }

  /** Bytes that FIONREAD counts: ends of file are none. */
  int readable(boolean canonical) {
    if (!canonical) {
      return count();
    }
    int bytes = wholeBytes();
    for (long i = tail; i < whole; i++) {
      bytes -= ends[(int) i & MASK] && data[(int) i & MASK] == 0 ? 1 : 0;
    }
    return bytes;
  }

  void save(StateWriter out) {
    out.version(VERSION).writeInt(count()).writeInt(wholeBytes());
    for (long i = tail; i < head; i++) {
      out.writeByte(data[(int) i & MASK]).writeBoolean(ends[(int) i & MASK]);
    }
  }

  void load(StateReader in) {
    in.version(VERSION);
    clear();
    int bytes = in.readInt();
    int complete = in.readInt();
    for (int i = 0; i < bytes; i++) {
      data[i] = (byte) in.readByte();
      ends[i] = in.readBoolean();
    }
    head = bytes;
    whole = complete;
  }
}
