package org.atoll.libposix;

import org.atoll.abi.Errno;
import org.atoll.libposix.layout.LittleEndian;

/**
 * Several buffers of a process as one run of bytes: an array of iovecs, or one buffer.
 *
 * <p>Longs in turn: address and length.
 */
final class IoVector {

  private static final int BYTES = 16;
  private static final int COUNT_MAX = 1_024;

  private final long[] parts;
  private final long total;

  private IoVector(long[] parts) {
    long sum = 0;
    for (int i = 1; i < parts.length; i += 2) {
      if (parts[i] < 0 || sum + parts[i] < 0) {
        throw new Failure(Errno.EINVAL);
      }
      sum += parts[i];
    }
    this.parts = parts;
    this.total = Math.min(sum, Files.TRANSFER_BYTES_MAX);
  }

  /** One buffer. Fails with EFAULT: no memory is as large. */
  static IoVector of(long address, long bytes) {
    if (bytes < 0) {
      throw new Failure(Errno.EFAULT);
    }
    return new IoVector(new long[] {address, bytes});
  }

  /** An array in memory. Fails with EMSGSIZE, EFAULT, EINVAL. */
  static IoVector at(Guest guest, long address, long count) {
    if (count < 0 || count > COUNT_MAX) {
      throw new Failure(Errno.EMSGSIZE);
    }
    byte[] vector = guest.read(address, (int) count * BYTES);
    long[] parts = new long[2 * (int) count];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = LittleEndian.getLong(vector, Long.BYTES * i);
    }
    return new IoVector(parts);
  }

  /** Whether it is one buffer. */
  boolean isOne() {
    return parts.length == 2;
  }

  /** Where the first buffer is. */
  long first() {
    return parts[0];
  }

  long total() {
    return total;
  }

  /** What is done with a part of one of the buffers; a result below {@code bytes} ends the walk. */
  private interface Part {
    long visit(long address, int bytes, int offset);
  }

  private int walk(long skip, long bytes, Part part) {
    long left = skip;
    int done = 0;
    for (int i = 0; i < parts.length && done < bytes; i += 2) {
      long skipped = Math.min(left, parts[i + 1]);
      left -= skipped;
      int wanted = (int) Math.min(parts[i + 1] - skipped, bytes - done);
      if (wanted > 0) {
        long visited = part.visit(parts[i] + skipped, wanted, done);
        done += (int) visited;
        if (visited < wanted) {
          return done;
        }
      }
    }
    return done;
  }

  /** How many of {@code bytes}, after {@code skip}, are there to be used. */
  int reach(Guest guest, long skip, long bytes, int access) {
    return walk(
        skip,
        bytes,
        (address, wanted, offset) -> {
          try {
            return guest.reach(address, wanted, access);
          } catch (Failure unreachable) {
            if (offset == 0) {
              throw unreachable;
            }
            return 0;
          }
        });
  }

  /** Copies out of the buffers. */
  void gather(Guest guest, long skip, byte[] target, int at, int bytes) {
    walk(
        skip,
        bytes,
        (address, wanted, offset) -> {
          guest.read(address, target, at + offset, wanted);
          return wanted;
        });
  }

  /** Copies into the buffers. */
  void scatter(Guest guest, long skip, byte[] source, int bytes) {
    walk(
        skip,
        bytes,
        (address, wanted, offset) -> {
          guest.write(address, source, offset, wanted);
          return wanted;
        });
  }

  /** Makes sure that all of {@code bytes} can be used. Fails with EFAULT. */
  void check(Guest guest, long bytes, int access) {
    if (reach(guest, 0, bytes, access) < bytes) {
      throw new Failure(Errno.EFAULT);
    }
  }
}
