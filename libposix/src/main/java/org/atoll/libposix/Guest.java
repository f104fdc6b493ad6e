package org.atoll.libposix;

import java.util.Arrays;
import java.util.Objects;
import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.Machine;
import org.atoll.libposix.layout.LittleEndian;
import org.jspecify.annotations.Nullable;

/**
 * The memory of the process as its system calls see it: copies that are whole, or {@link Absent}
 * (the engine asks VM for the page and runs the step again), or EFAULT.
 *
 * <p>Owner: the process's task, during its turn.
 */
final class Guest {

  /** No address is known to be out of reach. */
  static final long NO_HOLE = -1;

  /** Room for a string to begin with: most paths are shorter. */
  private static final int STRING_BYTES = 128;

  private static final int STRING_GROWTH = 4;

  private @Nullable Machine machine;
  private long hole = NO_HOLE;

  /** Begins a turn. */
  void attach(Machine turnMachine, long knownHole) {
    machine = turnMachine;
    hole = knownHole;
  }

  /** An address that VM was asked for and could not make present. */
  void hole(long address) {
    hole = address;
  }

  /** The virtual CPU. */
  Machine machine() {
    return Objects.requireNonNull(machine);
  }

  /**
   * How many of {@code bytes} from {@code address} on the process may read (or write), at least 1
   * unless {@code bytes} is 0. Fails with EFAULT when the first byte is out of reach.
   */
  long reach(long address, long bytes, int access) {
    if (bytes == 0) {
      return 0;
    }
    if (address < 0 || address >= Limits.USER_ADDRESS_END) {
      throw new Failure(Errno.EFAULT);
    }
    long wanted = Math.min(bytes, Limits.USER_ADDRESS_END - address);
    long present =
        access == KernelCalls.PAGE_WRITE
            ? machine().writable(address, wanted)
            : machine().readable(address, wanted);
    if (present < wanted && address + present != hole) {
      throw new Absent(address + present, wanted - present, access);
    }
    if (present == 0) {
      throw new Failure(Errno.EFAULT);
    }
    return present;
  }

  /** Makes sure that all of a range may be read. */
  void readable(long address, long bytes) {
    if (bytes < 0 || reach(address, bytes, KernelCalls.PAGE_READ) < bytes) {
      throw new Failure(Errno.EFAULT);
    }
  }

  /** Makes sure that all of a range may be written. */
  void writable(long address, long bytes) {
    if (bytes < 0 || reach(address, bytes, KernelCalls.PAGE_WRITE) < bytes) {
      throw new Failure(Errno.EFAULT);
    }
  }

  /** A copy of a range. */
  byte[] read(long address, int bytes) {
    byte[] copy = new byte[bytes];
    read(address, copy, 0, bytes);
    return copy;
  }

  /** Copies a range in. */
  void read(long address, byte[] target, int offset, int bytes) {
    readable(address, bytes);
    machine().copyIn(address, target, offset, bytes);
  }

  /** Copies a range out. */
  void write(long address, byte[] source, int offset, int bytes) {
    writable(address, bytes);
    machine().copyOut(address, source, offset, bytes);
  }

  /** Copies a structure out. */
  void write(long address, byte[] source) {
    write(address, source, 0, source.length);
  }

  /** The 64 bits at an address. */
  long getLong(long address) {
    return LittleEndian.getLong(read(address, 8), 0);
  }

  /** The 32 bits at an address. */
  int getInt(long address) {
    return LittleEndian.getInt(read(address, 4), 0);
  }

  /** Stores 64 bits. */
  void putLong(long address, long value) {
    byte[] bytes = new byte[8];
    LittleEndian.putLong(bytes, 0, value);
    write(address, bytes);
  }

  /** Stores 32 bits. */
  void putInt(long address, int value) {
    byte[] bytes = new byte[4];
    LittleEndian.putInt(bytes, 0, value);
    write(address, bytes);
  }

  /** A path without its NUL. Fails with EFAULT, ENAMETOOLONG. */
  byte[] path(long address) {
    return string(address, Limits.PATH_BYTES_MAX, Errno.ENAMETOOLONG);
  }

  /** A path, which must not be empty. Fails with EFAULT, ENAMETOOLONG, ENOENT. */
  byte[] pathNotEmpty(long address) {
    byte[] path = path(address);
    if (path.length == 0) {
      throw new Failure(Errno.ENOENT);
    }
    return path;
  }

  /**
   * The bytes up to a NUL.
   *
   * @param bytesMax with the NUL
   * @param tooLong the errno when there is no NUL in them
   */
  byte[] string(long address, int bytesMax, int tooLong) {
    byte[] text = new byte[Math.min(STRING_BYTES, bytesMax)];
    int length = 0;
    while (true) {
      long at = address + length;
      int toPageEnd = (int) (Limits.PAGE_BYTES - (at & Limits.PAGE_BYTES - 1));
      int end = length + Math.min(toPageEnd, text.length - length);
      read(at, text, length, end - length);
      for (; length < end; length++) {
        if (text[length] == 0) {
          return Arrays.copyOf(text, length);
        }
      }
      if (length == bytesMax) {
        throw new Failure(tooLong);
      }
      if (length == text.length) {
        text = Arrays.copyOf(text, Math.min(STRING_GROWTH * length, bytesMax));
      }
    }
  }
}
