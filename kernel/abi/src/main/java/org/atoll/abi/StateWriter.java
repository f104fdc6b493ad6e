package org.atoll.abi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing row of bytes that a task at rest is saved into: little-endian, no types, versioned. */
public final class StateWriter {

  private byte[] bytes = new byte[256];
  private int size;

  /** Opens a part of the state with the version of its format. */
  public StateWriter version(int version) {
    return writeInt(version);
  }

  /** Appends one byte. */
  public StateWriter writeByte(int value) {
    room(1);
    bytes[size++] = (byte) value;
    return this;
  }

  /** Appends a byte of 0 or 1. */
  public StateWriter writeBoolean(boolean value) {
    return writeByte(value ? 1 : 0);
  }

  /** Appends four bytes. */
  public StateWriter writeInt(int value) {
    room(4);
    for (int i = 0; i < 4; i++) {
      bytes[size++] = (byte) (value >>> 8 * i);
    }
    return this;
  }

  /** Appends eight bytes. */
  public StateWriter writeLong(long value) {
    room(8);
    for (int i = 0; i < 8; i++) {
      bytes[size++] = (byte) (value >>> 8 * i);
    }
    return this;
  }

  /** Appends a length and that many bytes. */
  public StateWriter writeBytes(byte[] value) {
    writeInt(value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  /** Appends a text in UTF-8. */
  public StateWriter writeString(String value) {
    return writeBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** What was written so far. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** How many bytes were written so far. */
  public int size() {
    return size;
  }

  /** Copies the first bytes of what was written. */
  public void copyTo(byte[] target, int count) {
    System.arraycopy(bytes, 0, target, 0, count);
  }

  /** Begins again with nothing, in the same memory. */
  public void clear() {
    size = 0;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
