package org.atoll.libposix.strace;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A call under test: arguments, result, and a memory of one page that begins at {@link #BASE}. */
final class TestLook implements Look {

  static final long BASE = 0x10000;

  private static final int BYTES = 4096;

  private final ByteBuffer memory = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final long[] arguments = new long[6];
  private long result;

  TestLook(long... arguments) {
    System.arraycopy(arguments, 0, this.arguments, 0, arguments.length);
  }

  /** Puts a string with its NUL. */
  TestLook text(int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    memory.put(at, bytes);
    return this;
  }

  TestLook put64(int at, long... values) {
    for (int i = 0; i < values.length; i++) {
      memory.putLong(at + 8 * i, values[i]);
    }
    return this;
  }

  TestLook put32(int at, int... values) {
    for (int i = 0; i < values.length; i++) {
      memory.putInt(at + 4 * i, values[i]);
    }
    return this;
  }

  TestLook answered(long value) {
    result = value;
    return this;
  }

  /** The whole call as it prints. */
  String print(String declared) {
    Arguments all = Arguments.of(declared);
    return all.given(this) + all.filled(this) + " = " + all.result(this);
  }

  @Override
  public long argument(int index) {
    return arguments[index];
  }

  @Override
  public long result() {
    return result;
  }

  @Override
  public boolean failed() {
    return Results.isErrno(result);
  }

  @Override
  public long stackPointer() {
    return BASE;
  }

  @Override
  public byte @Nullable [] memory(long address, int bytes) {
    if (address < BASE || address + bytes > BASE + BYTES) {
      return null;
    }
    byte[] copy = new byte[bytes];
    memory.get((int) (address - BASE), copy);
    return copy;
  }

  @Override
  public int stringBytes() {
    return 32;
  }
}
