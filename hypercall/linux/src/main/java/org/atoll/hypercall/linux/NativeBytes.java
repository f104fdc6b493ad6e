package org.atoll.hypercall.linux;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A row of bytes outside the heap, for native calls to read and fill: its address stays. */
final class NativeBytes {

  private final ByteBuffer buffer;
  private final long address;

  NativeBytes(int bytes) {
    buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    address = MemorySegment.ofBuffer(buffer).address();
  }

  /** The text in ASCII with a NUL at its end. */
  static NativeBytes path(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    NativeBytes path = new NativeBytes(bytes.length + 1);
    path.put(bytes, 0, bytes.length);
    return path;
  }

  long address() {
    return address;
  }

  int bytes() {
    return buffer.capacity();
  }

  /** Fills from the start. */
  void put(byte[] source, int offset, int bytes) {
    buffer.put(0, source, offset, bytes);
  }

  /** Copies from the start. */
  void get(byte[] target, int offset, int bytes) {
    buffer.get(0, target, offset, bytes);
  }

  int intAt(int offset) {
    return buffer.getInt(offset);
  }

  int shortAt(int offset) {
    return buffer.getShort(offset) & 0xffff;
  }

  void intAt(int offset, int value) {
    buffer.putInt(offset, value);
  }

  long longAt(int offset) {
    return buffer.getLong(offset);
  }

  void longAt(int offset, long value) {
    buffer.putLong(offset, value);
  }

  /** A text of bytes with a NUL at its end; the address. */
  long text(byte[] bytes) {
    put(bytes, 0, bytes.length);
    buffer.put(bytes.length, (byte) 0);
    return address;
  }

  void shortAt(int offset, int value) {
    buffer.putShort(offset, (short) value);
  }
}
