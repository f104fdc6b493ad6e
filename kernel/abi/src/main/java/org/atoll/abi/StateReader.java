package org.atoll.abi;

import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link StateWriter} wrote, in the same order. A row that ends early or has an unknown
 * version is an {@link IllegalArgumentException}.
 */
public final class StateReader {

  private final byte[] bytes;
  private int position;

  public StateReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Reads a version, which must be the expected one. */
  public void version(int expected) {
    int version = readInt();
    if (version != expected) {
      throw new IllegalArgumentException("state of version " + version + ", expected " + expected);
    }
  }

  /** The next byte, 0 to 255. */
  public int readByte() {
    need(1);
    return bytes[position++] & 0xff;
  }

  /** The next byte as 0 or not. */
  public boolean readBoolean() {
    return readByte() != 0;
  }

  /** The next four bytes. */
  public int readInt() {
    need(4);
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value |= (bytes[position++] & 0xff) << 8 * i;
    }
    return value;
  }

  /** The next eight bytes. */
  public long readLong() {
    return readInt() & 0xffff_ffffL | (long) readInt() << 32;
  }

  /** The next four bytes as the number of items that follow, each of {@code itemBytes} or more. */
  public int readCount(int itemBytes) {
    int count = readInt();
    if (count < 0 || count > (bytes.length - position) / itemBytes) {
      throw new IllegalArgumentException("saved state of " + count + " items ends early");
    }
    return count;
  }

  /** The next length and that many bytes. */
  public byte[] readBytes() {
    int length = readInt();
    if (length < 0) {
      throw new IllegalArgumentException("negative length in saved state");
    }
    need(length);
    byte[] value = new byte[length];
    System.arraycopy(bytes, position, value, 0, length);
    position += length;
    return value;
  }

  /** The next text. */
  public String readString() {
    return new String(readBytes(), StandardCharsets.UTF_8);
  }

  /** Whether everything was read. */
  public boolean atEnd() {
    return position == bytes.length;
  }

  private void need(int count) {
    if (bytes.length - position < count) {
      throw new IllegalArgumentException("saved state ends early");
    }
  }
}
