package org.atoll.libposix;

import static org.atoll.libposix.DescriptorFirst.reads;
import static org.atoll.libposix.DescriptorFirst.writes;

import java.util.Arrays;
import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.libposix.layout.LittleEndian;

/**
 * Transfers between a file and several buffers: readv and writev and their kin. What fits in one
 * message buffer is gathered into it, and so is as atomic as a read or write of that size.
 */
final class Vectors {

  static final int READV = 65;
  static final int PREADV2 = 286;

  private static final int IOVEC_BYTES = 16;
  private static final int IOVECS_MAX = 1024;

  private Vectors() {}

  static void rows(Table t) {
    Interruption restarts = Interruption.RESTARTS;
    long at = Files.AT_POSITION;
    t.full(
        READV,
        "readv",
        "fd:fd vector:>vector[count] count",
        restarts,
        reads(c -> readAt(c, at), at));
    t.full(
        66,
        "writev",
        "fd:fd vector:vector[count] count",
        restarts,
        writes(c -> writeAt(c, at), at));
    String positionedRead = "fd:fd vector:>vector[count] count offset:long high:none";
    String positionedWrite = "fd:fd vector:vector[count] count offset:long high:none";
    t.full(69, "preadv", positionedRead, restarts, reads(c -> readAt(c, offset(c)), 0));
    t.full(70, "pwritev", positionedWrite, restarts, writes(c -> writeAt(c, offset(c)), 0));
    String note = "flags: EOPNOTSUPP";
    t.partial(
        PREADV2,
        "preadv2",
        positionedRead + " flags:rwf-flags",
        note,
        restarts,
        reads(Vectors::preadv2, at));
    t.partial(
        287,
        "pwritev2",
        positionedWrite + " flags:rwf-flags",
        note,
        restarts,
        writes(Vectors::pwritev2, at));
  }

  private static long offset(Call c) {
    if (c.arg(3) < 0) {
      throw new Failure(Errno.EINVAL);
    }
    return c.arg(3);
  }

  private static long preadv2(Call c) {
    return c.intArg(5) != 0 ? -Errno.EOPNOTSUPP : readAt(c, offsetOrPosition(c));
  }

  private static long pwritev2(Call c) {
    return c.intArg(5) != 0 ? -Errno.EOPNOTSUPP : writeAt(c, offsetOrPosition(c));
  }

  private static long offsetOrPosition(Call c) {
    return c.arg(3) == Files.AT_POSITION ? Files.AT_POSITION : offset(c);
  }

  private static long readAt(Call c, long offset) {
    byte[] vector = vector(c);
    if (Files.isOfSocket(c)) {
      return SocketTransfers.read(c, IoVector.at(c.guest(), c.arg(1), c.intArg(2)));
    }
    if (c.hasAnswer()) {
      long bytes = c.answer(0);
      if (SignalDescriptors.isMeant(c)) {
        int room = reach(c, vector, KernelCalls.PAGE_WRITE);
        return SignalDescriptors.read(c, room, signals -> scatter(c, vector, signals));
      }
      if (Files.isLongMessage(c)) {
        Files.goesOn(c);
        return SocketTransfers.read(c, IoVector.at(c.guest(), c.arg(1), c.intArg(2)));
      }
      if (bytes < 0) {
        return c.progress() > 0 ? c.progress() : PosixProgram.outcome(c);
      }
      scatter(c, vector, Arrays.copyOf(c.staged(), (int) bytes));
      c.advance(bytes);
      boolean more = c.answer(1) != 0 && bytes == c.word(0);
      if (!more || c.progress() == total(vector)) {
        return c.progress();
      }
      if (c.answer(1) == VfsProtocol.OF_SOCKET) {
        Files.goesOn(c);
        return SocketTransfers.read(c, IoVector.at(c.guest(), c.arg(1), c.intArg(2)));
      }
    }
    int bytes = reach(c, vector, KernelCalls.PAGE_WRITE);
    c.word(0, bytes);
    Message m =
        VfsProtocol.Call.READ.encode(
            c.message(), c.intArg(0), bytes, at(c, offset), c.jobControl());
    return c.attempt(Role.VFS, m, new byte[0], bytes);
  }

  private static long writeAt(Call c, long offset) {
    byte[] vector = vector(c);
    if (Files.isOfSocket(c)) {
      return SocketTransfers.write(c, IoVector.at(c.guest(), c.arg(1), c.intArg(2)));
    }
    if (c.hasAnswer()) {
      long bytes = c.answer(0);
      if (Files.isLongMessage(c)) {
        Files.goesOn(c);
        return SocketTransfers.write(c, IoVector.at(c.guest(), c.arg(1), c.intArg(2)));
      }
      if (bytes < 0) {
        return Files.writeFailed(c);
      }
      Files.raiseOf(c);
      c.advance(bytes);
      if (bytes < c.word(0) || c.progress() == total(vector)) {
        return c.progress();
      }
    }
    if (total(vector) == 0) {
      // Where write(2) of nothing sends an empty message, writev(2) does not.
      c.word(0, 1);
      return c.attempt(Role.VFS, DescriptorFirst.writesNothing(c, at(c, offset)));
    }
    int bytes = reach(c, vector, KernelCalls.PAGE_READ);
    byte[] gathered = gather(c, vector, bytes);
    c.word(0, bytes);
    Message m =
        VfsProtocol.Call.WRITE.encode(
            c.message(), c.intArg(0), bytes, at(c, offset), c.jobControl());
    return c.attempt(Role.VFS, m, gathered, 0);
  }

  private static long at(Call c, long offset) {
    return offset == Files.AT_POSITION ? offset : offset + c.progress();
  }

  /** The array of iovecs, checked. Fails with EINVAL, EFAULT. */
  private static byte[] vector(Call c) {
    int count = c.intArg(2);
    if (count < 0 || count > IOVECS_MAX) {
      throw new Failure(Errno.EINVAL);
    }
    byte[] vector = c.guest().read(c.arg(1), count * IOVEC_BYTES);
    total(vector);
    return vector;
  }

  private static long total(byte[] vector) {
    long sum = 0;
    for (int i = 0; i < vector.length; i += IOVEC_BYTES) {
      long bytes = LittleEndian.getLong(vector, i + 8);
      if (bytes < 0 || sum + bytes < 0) {
        throw new Failure(Errno.EINVAL);
      }
      sum += bytes;
    }
    return Math.min(sum, Files.TRANSFER_BYTES_MAX);
  }

  /** What is done with a part of one of the buffers; its result 0 ends the walk. */
  private interface Part {
    long visit(long address, int bytes, int offset);
  }

  /** Visits up to {@code bytes} of the buffers after what is already done; bytes visited. */
  private static int walk(Call c, byte[] vector, long bytes, Part part) {
    long skip = c.progress();
    int done = 0;
    for (int i = 0; i < vector.length && done < bytes; i += IOVEC_BYTES) {
      long address = LittleEndian.getLong(vector, i);
      long length = LittleEndian.getLong(vector, i + 8);
      long skipped = Math.min(skip, length);
      skip -= skipped;
      int wanted = (int) Math.min(length - skipped, bytes - done);
      if (wanted > 0) {
        long visited = part.visit(address + skipped, wanted, done);
        done += (int) visited;
        if (visited < wanted) {
          return done;
        }
      }
    }
    return done;
  }

  /** Bytes of the next piece, all of them present. */
  private static int reach(Call c, byte[] vector, int access) {
    long left = Math.min(total(vector) - c.progress(), Limits.BUFFER_BYTES_MAX);
    return walk(
        c,
        vector,
        left,
        (address, bytes, offset) -> {
          try {
            return c.guest().reach(address, bytes, access);
          } catch (Failure unreachable) {
            if (offset == 0) {
              throw unreachable;
            }
            return 0;
          }
        });
  }

  private static byte[] gather(Call c, byte[] vector, int total) {
    byte[] gathered = new byte[total];
    walk(
        c,
        vector,
        total,
        (address, bytes, offset) -> {
          c.guest().read(address, gathered, offset, bytes);
          return bytes;
        });
    return gathered;
  }

  private static void scatter(Call c, byte[] vector, byte[] source) {
    walk(
        c,
        vector,
        source.length,
        (address, bytes, offset) -> {
          c.guest().write(address, source, offset, bytes);
          return bytes;
        });
  }
}
