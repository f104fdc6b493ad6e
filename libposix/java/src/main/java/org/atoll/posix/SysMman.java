package org.atoll.posix;

import static org.atoll.posix.PosixException.check;

import java.util.Objects;
import org.atoll.posix.gate.Bytes;
import org.atoll.posix.gate.Gate;

/** {@code <sys/mman.h>}: memory outside of Java, that of files and that of several processes. */
public final class SysMman {

  /** May be read. */
  public static final int PROT_READ = 1;

  /** May be written. */
  public static final int PROT_WRITE = 2;

  /** Changes are everybody's who has mapped it. */
  public static final int MAP_SHARED = 1;

  /** Changes are the process's own. */
  public static final int MAP_PRIVATE = 2;

  /** Of no file, zeroed. */
  public static final int MAP_ANONYMOUS = 0x20;

  private static final int MS_SYNC = 4;

  private SysMman() {}

  /**
   * Maps memory. Errors: EACCES, EBADF, EINVAL, ENODEV, ENOMEM.
   *
   * @param fd an open file, or -1 for {@link #MAP_ANONYMOUS}
   * @param offset in the file, a multiple of 4096
   */
  public static Mapping mmap(long bytes, int protection, int flags, int fd, long offset) {
    long address =
        check("mmap", Gate.current().process().call(222, 0, bytes, protection, flags, fd, offset));
    return new Mapping(address, bytes);
  }

  /**
   * Mapped memory. A place that is beyond its end throws {@link IndexOutOfBoundsException}; one
   * that must not be used as it is ends the program by SIGSEGV, one behind the file's end by
   * SIGBUS.
   */
  public static final class Mapping implements AutoCloseable {

    private final long address;
    private final long bytes;
    private boolean open = true;

    private Mapping(long address, long bytes) {
      this.address = address;
      this.bytes = bytes;
    }

    /** How many bytes it has. */
    public long size() {
      return bytes;
    }

    /** Copies out of it. */
    public void get(long at, byte[] target, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, target.length);
      Gate.current().process().read(place(at, length), target, offset, length);
    }

    /** Copies into it. */
    public void put(long at, byte[] source, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, source.length);
      Gate.current().process().write(place(at, length), source, offset, length);
    }

    /** 8 bytes, little-endian. */
    public long getLong(long at) {
      byte[] word = new byte[Long.BYTES];
      get(at, word, 0, word.length);
      return Bytes.getLong(word, 0);
    }

    /** 8 bytes, little-endian. */
    public void putLong(long at, long value) {
      byte[] word = new byte[Long.BYTES];
      Bytes.putLong(word, 0, value);
      put(at, word, 0, word.length);
    }

    /** Writes to the file what was changed. Errors: EBUSY, EINVAL, EIO. */
    public void msync() {
      check("msync", Gate.current().process().call(227, place(0, 0), bytes, MS_SYNC));
    }

    /** Unmaps it. */
    @Override
    public void close() {
      if (open) {
        open = false;
        check("munmap", Gate.current().process().call(215, address, bytes));
      }
    }

    private long place(long at, int length) {
      if (!open) {
        throw new IllegalStateException("unmapped");
      }
      return address + Objects.checkFromIndexSize(at, (long) length, bytes);
    }
  }
}
