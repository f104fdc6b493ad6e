package org.atoll.libposix;

import static org.atoll.libposix.DescriptorFirst.reads;
import static org.atoll.libposix.DescriptorFirst.seeks;
import static org.atoll.libposix.DescriptorFirst.writes;

import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.VfsProtocol;

/**
 * What files hold: read and write and their kin, sizes, directories.
 *
 * <p>Large transfers go in pieces of {@link Limits#BUFFER_BYTES_MAX}; what was done counts when an
 * error or a signal ends a later piece. A pending signal ends a piece only if the file makes it
 * wait: pieces of a regular file go on.
 */
final class Files {

  /** The most that one call transfers (Linux {@code MAX_RW_COUNT}). */
  static final long TRANSFER_BYTES_MAX = 0x7fff_f000L;

  /** No offset of its own: the descriptor's is used and moved. */
  static final long AT_POSITION = -1;

  static final int READ = 63;

  private static final int SYNC_DATA = 1;
  private static final int SYNC_FILE_SYSTEM = 2;
  private static final int ALL_FILES = -1;

  private Files() {}

  static void rows(Table t) {
    Interruption restarts = Interruption.RESTARTS;
    t.full(
        READ, "read", "fd:fd buffer:>bytes bytes:size", restarts, reads(Files::read, AT_POSITION));
    t.full(
        64,
        "write",
        "fd:fd buffer:bytes[bytes] bytes:size",
        restarts,
        writes(Files::write, AT_POSITION));
    t.full(
        67,
        "pread64",
        "fd:fd buffer:>bytes bytes:size offset:long",
        restarts,
        reads(Files::pread, 0));
    t.full(
        68,
        "pwrite64",
        "fd:fd buffer:bytes[bytes] bytes:size offset:long",
        restarts,
        writes(Files::pwrite, 0));
    t.full(
        62,
        "lseek",
        "fd:fd offset:long whence:whence",
        c ->
            c.pass(
                Role.VFS,
                VfsProtocol.Call.SEEK.encode(c.message(), c.intArg(0), c.arg(1), c.intArg(2))));
    t.full(46, "ftruncate", "fd:fd bytes:long", Files::ftruncate);
    t.full(45, "truncate", "path:path bytes:long", Files::truncate);
    t.full(47, "fallocate", "fd:fd mode:fallocate-flags offset:long bytes:long", Files::fallocate);
    t.full(223, "fadvise64", "fd:fd offset:long bytes:long advice:fadvise", seeks(Files::fadvise));
    t.full(213, "readahead", "fd:fd offset:long bytes:size", seeks(Files::fadvise));
    t.full(82, "fsync", "fd:fd", c -> sync(c, c.intArg(0), 0));
    t.full(83, "fdatasync", "fd:fd", c -> sync(c, c.intArg(0), SYNC_DATA));
    t.full(81, "sync", "", c -> sync(c, ALL_FILES, 0));
    t.full(267, "syncfs", "fd:fd", c -> sync(c, c.intArg(0), SYNC_FILE_SYSTEM));
    t.full(
        84,
        "sync_file_range",
        "fd:fd offset:long bytes:long flags:sync-range-flags",
        seeks(Files::syncRange));
    t.full(
        61,
        "getdents64",
        "fd:fd buffer:>entries bytes:size",
        new DescriptorFirst(
            Files::getdents, c -> VfsProtocol.Call.GETDENTS.encode(c.message(), c.intArg(0), 0)));
  }

  private static long read(Call c) {
    return readAt(c, AT_POSITION);
  }

  private static long pread(Call c) {
    return c.arg(3) < 0 ? -Errno.EINVAL : readAt(c, c.arg(3));
  }

  private static long readAt(Call c, long offset) {
    if (isOfSocket(c)) {
      return SocketTransfers.read(c, IoVector.of(c.arg(1), wanted(c)));
    }
    if (c.hasAnswer()) {
      long bytes = c.answer(0);
      if (SignalDescriptors.isMeant(c)) {
        int room = piece(c, c.arg(1), KernelCalls.PAGE_WRITE);
        return SignalDescriptors.read(c, room, signals -> c.guest().write(c.arg(1), signals));
      }
      if (isLongMessage(c)) {
        return longMessage(c);
      }
      if (bytes < 0) {
        return c.progress() > 0 ? c.progress() : PosixProgram.outcome(c);
      }
      c.advance(bytes);
      boolean more = c.answer(1) != 0 && bytes == c.word(0);
      if (!more || c.progress() == wanted(c)) {
        return c.progress();
      }
      if (c.answer(1) == VfsProtocol.OF_SOCKET) {
        return longMessage(c);
      }
    }
    long address = c.arg(1) + c.progress();
    int bytes = piece(c, address, KernelCalls.PAGE_WRITE);
    Message m =
        VfsProtocol.Call.READ.encode(
            c.message(), c.intArg(0), bytes, offset(c, offset), c.jobControl());
    return c.attemptInto(Role.VFS, m, address, bytes);
  }

  /** Word of a call: it goes on as a call of sockets. */
  private static final int GOES_ON = 14;

  /** Whether VFS has said that a message is too long for one piece. */
  static boolean isLongMessage(Call c) {
    boolean whole = c.progress() == 0 && c.word(0) == Limits.BUFFER_BYTES_MAX;
    return c.answer(0) == -Errno.EMSGSIZE && whole && c.word(GOES_ON) == 0;
  }

  /** Goes on as a call of sockets. */
  static void goesOn(Call c) {
    c.word(GOES_ON, 1);
    c.handled();
  }

  static boolean isOfSocket(Call c) {
    return c.word(GOES_ON) != 0;
  }

  private static long longMessage(Call c) {
    goesOn(c);
    IoVector data = IoVector.of(c.arg(1), wanted(c));
    return c.number() == READ ? SocketTransfers.read(c, data) : SocketTransfers.write(c, data);
  }

  private static long write(Call c) {
    return writeAt(c, AT_POSITION);
  }

  private static long pwrite(Call c) {
    return c.arg(3) < 0 ? -Errno.EINVAL : writeAt(c, c.arg(3));
  }

  private static long writeAt(Call c, long offset) {
    if (isOfSocket(c)) {
      return SocketTransfers.write(c, IoVector.of(c.arg(1), wanted(c)));
    }
    if (c.hasAnswer()) {
      long bytes = c.answer(0);
      if (isLongMessage(c)) {
        return longMessage(c);
      }
      if (bytes < 0) {
        return writeFailed(c);
      }
      raiseOf(c);
      c.advance(bytes);
      if (bytes < c.word(0) || c.progress() == wanted(c)) {
        return c.progress();
      }
    }
    long address = c.arg(1) + c.progress();
    int bytes = piece(c, address, KernelCalls.PAGE_READ);
    Message m =
        VfsProtocol.Call.WRITE.encode(
            c.message(), c.intArg(0), bytes, offset(c, offset), c.jobControl());
    return c.attemptFrom(Role.VFS, m, address, bytes);
  }

  /** The result of a write whose last piece failed; raises the signal that goes with the errno. */
  static long writeFailed(Call c) {
    if (c.answer(0) == -Errno.EPIPE && c.answer(1) == 0) {
      raise(c, Signals.SIGPIPE);
    } else if (c.progress() == 0) {
      raiseOf(c);
    }
    return c.progress() > 0 ? c.progress() : PosixProgram.outcome(c);
  }

  /** Raises the signal that the answer to a WRITE says, if any. */
  static void raiseOf(Call c) {
    raise(c, c.answer(2));
  }

  /** A signal to the thread itself, as if it had sent it; none for 0. */
  static void raise(Call c, long signal) {
    if (signal > 0 && signal < Signals.FIRST_REAL_TIME) {
      ProcessState process = c.process();
      int user = process.credentials.user();
      c.raise(new SignalInfo((int) signal, SignalInfo.SI_USER, process.pid, user, 0));
    }
  }

  private static long offset(Call c, long offset) {
    return offset == AT_POSITION ? AT_POSITION : offset + c.progress();
  }

  /** Bytes that the call transfers in all. Fails with EFAULT: no memory is as large. */
  private static long wanted(Call c) {
    if (c.arg(2) < 0) {
      throw new Failure(Errno.EFAULT);
    }
    return Math.min(c.arg(2), TRANSFER_BYTES_MAX);
  }

  /** Bytes of the next piece, all of them present; word 0 keeps them. */
  private static int piece(Call c, long address, int access) {
    long left = Math.min(wanted(c) - c.progress(), Limits.BUFFER_BYTES_MAX);
    long bytes = c.guest().reach(address, left, access);
    c.word(0, bytes);
    return (int) bytes;
  }

  /** The result of a call that sets a size; raises the signal that goes with it. */
  private static long sized(Call c) {
    raise(c, c.answer(1));
    return PosixProgram.outcome(c);
  }

  private static long ftruncate(Call c) {
    if (c.step() == 1) {
      return sized(c);
    }
    return c.arg(1) < 0
        ? -Errno.EINVAL
        : c.attempt(
            Role.VFS, VfsProtocol.Call.FTRUNCATE.encode(c.message(), c.intArg(0), c.arg(1)));
  }

  private static long truncate(Call c) {
    if (c.step() == 1) {
      return sized(c);
    }
    if (c.arg(1) < 0) {
      return -Errno.EINVAL;
    }
    byte[] path = c.guest().pathNotEmpty(c.arg(0));
    Message m = VfsProtocol.Call.TRUNCATE.encode(c.message(), c.arg(1));
    return c.attempt(Role.VFS, m, path, 0);
  }

  private static long fallocate(Call c) {
    if (c.step() == 1) {
      return sized(c);
    }
    return c.attempt(
        Role.VFS,
        VfsProtocol.Call.FALLOCATE.encode(
            c.message(), c.intArg(0), c.intArg(1), c.arg(2), c.arg(3)));
  }

  /** Advice changes nothing here; that the descriptor is a file is checked. */
  private static long fadvise(Call c) {
    boolean advises = c.number() == 223;
    if (c.step() == 1) {
      return c.answer(0) == -Errno.EINTR ? 0 : Math.min(c.answer(0), 0);
    }
    if (advises && (c.arg(2) < 0 || c.intArg(3) < 0 || c.intArg(3) > 5)) {
      throw new Failure(Errno.EINVAL);
    }
    int current = 1;
    return c.attempt(Role.VFS, VfsProtocol.Call.SEEK.encode(c.message(), c.intArg(0), 0, current));
  }

  private static long sync(Call c, int fd, int kind) {
    return c.pass(Role.VFS, VfsProtocol.Call.SYNC.encode(c.message(), fd, kind));
  }

  private static long syncRange(Call c) {
    boolean sane = c.arg(1) >= 0 && c.arg(2) >= 0 && (c.intArg(3) & ~7) == 0;
    if (!sane) {
      throw new Failure(Errno.EINVAL);
    }
    return sync(c, c.intArg(0), SYNC_DATA);
  }

  private static long getdents(Call c) {
    if (c.step() == 1) {
      return PosixProgram.outcome(c);
    }
    long wanted = Math.min(c.arg(2) & 0xffff_ffffL, Limits.BUFFER_BYTES_MAX);
    int bytes = (int) c.guest().reach(c.arg(1), wanted, KernelCalls.PAGE_WRITE);
    Message m = VfsProtocol.Call.GETDENTS.encode(c.message(), c.intArg(0), bytes);
    return c.attemptInto(Role.VFS, m, c.arg(1), bytes);
  }
}
