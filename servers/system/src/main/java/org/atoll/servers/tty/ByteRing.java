package org.atoll.servers.tty;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/** Bytes on their way: a bounded queue. */
final class ByteRing {

  private final byte[] data;
  private int start;
  private int count;

  /** An empty ring; its size is a power of two. */
  ByteRing(int bytes) {
    data = new byte[bytes];
  }

  int count() {
    return count;
  }

  int room() {
    return data.length - count;
  }

  /** Appends a byte; there must be room. */
  void put(int value) {
    data[start + count & data.length - 1] = (byte) value;
    count++;
  }

  /** Appends as many bytes as there is room for; how many. */
  int put(byte[] from, int at, int bytes) {
    int taken = Math.min(bytes, room());
    int end = start + count & data.length - 1;
    int first = Math.min(taken, data.length - end);
    System.arraycopy(from, at, data, end, first);
    System.arraycopy(from, at + first, data, 0, taken - first);
    count += taken;
    return taken;
  }

  /** Copies the first bytes without taking them; how many. */
  int peek(byte[] to, int at, int bytes) {
    int copied = Math.min(bytes, count);
    int first = Math.min(copied, data.length - start);
    System.arraycopy(data, start, to, at, first);
    System.arraycopy(data, 0, to, at + first, copied - first);
    return copied;
  }

  /** Takes the first bytes away. */
  void drop(int bytes) {
    start = start + bytes & data.length - 1;
    count -= bytes;
  }

  /** Takes everything away but the first bytes. */
  void keep(int bytes) {
    count = Math.min(count, bytes);
  }

  /** Moves as much as has room to the end of another ring. */
  void moveTo(ByteRing other) {
    while (count > 0 && other.room() > 0) {
      other.put(data[start]);
      drop(1);
    }
  }

  void save(StateWriter out) {
    byte[] bytes = new byte[count];
    peek(bytes, 0, count);
    out.writeBytes(bytes);
  }

  void load(StateReader in) {
    byte[] bytes = in.readBytes();
    start = 0;
    count = 0;
    put(bytes, 0, bytes.length);
  }
}
