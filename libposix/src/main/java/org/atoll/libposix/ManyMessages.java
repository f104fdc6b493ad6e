package org.atoll.libposix;

import java.util.function.LongSupplier;
import org.atoll.abi.Errno;
import org.atoll.libposix.layout.TimeValue;

/** sendmmsg(2) and recvmmsg(2): one message after the other. */
final class ManyMessages {

  private static final int BYTES = 64;
  private static final int COUNT_MAX = 1_024;
  private static final int WAIT_FOR_ONE = 0x10000;

  /** Word of a call: messages done. */
  private static final int DONE = 1;

  /** Word: when no other message is waited for, of the monotonic clock; 0: never. */
  private static final int DEADLINE = 2;

  private ManyMessages() {}

  private static long count(Call c) {
    return Math.min(c.arg(2) & 0xffff_ffffL, COUNT_MAX);
  }

  private static long at(Call c) {
    return c.arg(1) + c.word(DONE) * BYTES;
  }

  static long send(Call c) {
    int flags = c.intArg(3);
    if (c.hasAnswer()) {
      if (c.answer(0) < 0) {
        return c.word(DONE) > 0 ? c.word(DONE) : SocketTransfers.failed(c, flags);
      }
      long sent = SocketTransfers.sent(c, header(c, true).data(), flags);
      if (sent != Call.LATER) {
        finish(c, sent);
      }
    }
    if (c.word(DONE) == count(c)) {
      return c.word(DONE);
    }
    return orDone(c, () -> SocketTransfers.send(c, header(c, true), flags));
  }

  static long receive(Call c) {
    int flags = c.intArg(3) & ~WAIT_FOR_ONE;
    if (c.hasAnswer()) {
      if (c.answer(0) < 0) {
        return c.word(DONE) > 0 ? c.word(DONE) : PosixProgram.outcome(c);
      }
      long received = SocketTransfers.receivedMessage(c, header(c, false), flags);
      if (received == Call.LATER) {
        return orDone(c, () -> SocketTransfers.receive(c, header(c, false), flags));
      }
      finish(c, received);
    } else if (c.arg(4) != 0 && c.word(DEADLINE) == 0) {
      c.word(DEADLINE, deadline(c));
    }
    boolean late = c.word(DEADLINE) != 0 && c.kernel().nowNanos() >= c.word(DEADLINE);
    if (c.word(DONE) == count(c) || c.word(DONE) > 0 && late) {
      return c.word(DONE);
    }
    boolean one = (c.intArg(3) & WAIT_FOR_ONE) != 0 && c.word(DONE) > 0;
    int wanted = one ? flags | SocketTransfers.DONT_WAIT : flags;
    return orDone(c, () -> SocketTransfers.receive(c, header(c, false), wanted));
  }

  private static long deadline(Call c) {
    long nanos = TimeValue.nanos(c.guest().read(c.arg(4), TimeValue.BYTES), 0);
    if (nanos == TimeValue.INVALID) {
      throw new Failure(Errno.EINVAL);
    }
    return Timers.saturatedAdd(c.kernel().nowNanos(), nanos);
  }

  private static MessageHeader header(Call c, boolean sends) {
    return MessageHeader.at(c.guest(), at(c), sends);
  }

  /** Notes how long a message was, and goes on to the next one. */
  private static void finish(Call c, long bytes) {
    c.guest().putInt(at(c) + MessageHeader.BYTES, (int) bytes);
    c.word(DONE, c.word(DONE) + 1);
    SocketTransfers.begin(c);
  }

  /** What fails after the first message ends the call with those that are done. */
  private static long orDone(Call c, LongSupplier next) {
    try {
      return next.getAsLong();
    } catch (Failure failure) {
      if (c.word(DONE) > 0) {
        return c.word(DONE);
      }
      throw failure;
    }
  }
}
