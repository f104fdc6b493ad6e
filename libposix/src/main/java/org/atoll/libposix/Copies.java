package org.atoll.libposix;

import java.util.Arrays;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.VfsProtocol;

/**
 * Copies from file to file without the process's memory: sendfile and copy_file_range.
 *
 * <p>Reads at an explicit offset, so that what could not be written is not lost; at the end the
 * offset goes back to where it came from, the process's memory or the descriptor.
 */
final class Copies {

  private static final int SEEK_SET = 0;
  private static final int SEEK_CUR = 1;

  /** Word: where the input is read next. */
  private static final int IN = 0;

  /** Word: where the output is written next, or {@link Files#AT_POSITION}. */
  private static final int OUT = 1;

  /** Word: bytes that were read and are being written. */
  private static final int PIECE = 2;

  /** Word: the errno that ended the copy, negated. */
  private static final int ERROR = 3;

  private static final int START = 0;
  private static final int POSITIONED = 1;
  private static final int READ = 2;
  private static final int WRITTEN = 3;
  private static final int FINISHED = 4;

  private Copies() {}

  static void rows(Table t) {
    Interruption restarts = Interruption.RESTARTS;
    t.full(71, "sendfile", "out:fd in:fd offset:offset bytes:size", restarts, Copies::sendfile);
    t.full(
        285,
        "copy_file_range",
        "in:fd inOffset:offset out:fd outOffset:offset bytes:size flags:x",
        restarts,
        DescriptorFirst.open(CopyRange::run));
  }

  /** Which arguments are what: descriptors, where their offsets are, and how many bytes. */
  record Roles(int in, int inOffset, int out, int outOffset, int bytes) {}

  private static final Roles SENDFILE = new Roles(1, 2, 0, -1, 3);
  static final Roles RANGE = new Roles(0, 1, 2, 3, 4);

  private static long sendfile(Call c) {
    return copy(c, SENDFILE);
  }

  static long copy(Call c, Roles r) {
    return switch (c.step()) {
      case START -> start(c, r);
      case POSITIONED -> positioned(c, r);
      case READ -> write(c, r);
      case WRITTEN -> written(c, r);
      default -> finished(c, r);
    };
  }

  static long start(Call c, Roles r) {
    long pointer = r.outOffset < 0 ? 0 : c.arg(r.outOffset);
    c.word(OUT, pointer == 0 ? Files.AT_POSITION : offsetAt(c, pointer));
    long inPointer = c.arg(r.inOffset);
    if (inPointer != 0) {
      c.word(IN, offsetAt(c, inPointer));
      return read(c, r);
    }
    Message m = VfsProtocol.Call.SEEK.encode(c.message(), c.intArg(r.in), 0, SEEK_CUR);
    c.nextStep(POSITIONED);
    return c.attempt(Role.VFS, m);
  }

  static long offsetAt(Call c, long pointer) {
    c.guest().writable(pointer, 8);
    long offset = c.guest().getLong(pointer);
    if (offset < 0) {
      throw new Failure(Errno.EINVAL);
    }
    return offset;
  }

  private static long positioned(Call c, Roles r) {
    if (c.answer(0) < 0) {
      return c.answer(0) == -Errno.ESPIPE ? -Errno.EINVAL : PosixProgram.outcome(c);
    }
    c.word(IN, c.answer(0));
    return read(c, r);
  }

  private static long read(Call c, Roles r) {
    long left = Math.min(c.arg(r.bytes), Files.TRANSFER_BYTES_MAX) - c.progress();
    if (left < 0) {
      return -Errno.EINVAL;
    }
    if (left == 0) {
      return finish(c, r);
    }
    int bytes = (int) Math.min(left, Limits.BUFFER_BYTES_MAX);
    c.nextStep(READ);
    Message m =
        VfsProtocol.Call.READ.encode(
            c.message(), c.intArg(r.in), bytes, c.word(IN), c.jobControl());
    return c.attempt(Role.VFS, m, new byte[0], bytes);
  }

  private static long write(Call c, Roles r) {
    long bytes = c.answer(0);
    if (bytes <= 0) {
      c.word(ERROR, bytes == -Errno.ESPIPE ? -Errno.EINVAL : PosixProgram.outcome(c));
      return finish(c, r);
    }
    c.word(PIECE, bytes);
    c.nextStep(WRITTEN);
    Message m =
        VfsProtocol.Call.WRITE.encode(
            c.message(), c.intArg(r.out), bytes, c.word(OUT), c.jobControl());
    return c.attempt(Role.VFS, m, Arrays.copyOf(c.staged(), (int) bytes), 0);
  }

  private static long written(Call c, Roles r) {
    if (!c.hasAnswer()) {
      return finish(c, r);
    }
    long bytes = c.answer(0);
    if (bytes < 0) {
      c.word(ERROR, Files.writeFailed(c));
      c.handled();
      return finish(c, r);
    }
    Files.raiseOf(c);
    c.advance(bytes);
    c.word(IN, c.word(IN) + bytes);
    if (c.word(OUT) != Files.AT_POSITION) {
      c.word(OUT, c.word(OUT) + bytes);
    }
    return bytes < c.word(PIECE) ? finish(c, r) : read(c, r);
  }

  /** Puts the new offsets where they belong; no signal interrupts that. */
  private static long finish(Call c, Roles r) {
    c.handled();
    c.interruption(Interruption.NONE);
    c.nextStep(FINISHED);
    if (c.arg(r.inOffset) != 0 || c.progress() == 0) {
      return finished(c, r);
    }
    Message m = VfsProtocol.Call.SEEK.encode(c.message(), c.intArg(r.in), c.word(IN), SEEK_SET);
    return c.attempt(Role.VFS, m);
  }

  private static long finished(Call c, Roles r) {
    if (c.arg(r.inOffset) != 0) {
      c.guest().putLong(c.arg(r.inOffset), c.word(IN));
    }
    if (r.outOffset >= 0 && c.arg(r.outOffset) != 0) {
      c.guest().putLong(c.arg(r.outOffset), c.word(OUT));
    }
    return c.progress() > 0 ? c.progress() : c.word(ERROR);
  }
}
