package org.atoll.libposix.strace;

import java.util.function.Consumer;
import org.atoll.libposix.layout.LittleEndian;

/** A structure in the process's memory. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Memory(byte[] bytes, int offset) {

  /** Prints a structure; its address when that cannot be read, NULL when there is none. */
  static void of(
      StringBuilder out, long address, int bytes, Look look, Consumer<Memory> structure) {
    byte[] read = address == 0 ? null : look.memory(address, bytes);
    if (read == null) {
      Numbers.address(out, address);
    } else {
      structure.accept(new Memory(read, 0));
    }
  }

  /** The structure that begins there. */
  Memory at(int more) {
    return new Memory(bytes, offset + more);
  }

  int byteAt(int at) {
    return bytes[offset + at] & 0xff;
  }

  int shortAt(int at) {
    return LittleEndian.getShort(bytes, offset + at);
  }

  int intAt(int at) {
    return LittleEndian.getInt(bytes, offset + at);
  }

  long unsignedAt(int at) {
    return LittleEndian.getUnsigned(bytes, offset + at);
  }

  long longAt(int at) {
    return LittleEndian.getLong(bytes, offset + at);
  }
}
