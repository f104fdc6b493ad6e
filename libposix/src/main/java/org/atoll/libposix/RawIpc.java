package org.atoll.libposix;

import static org.atoll.abi.Errno.ECALLDENIED;
import static org.atoll.abi.Errno.EDEADSRCDST;
import static org.atoll.abi.Errno.EINTR;
import static org.atoll.abi.Errno.EINVAL;
import static org.atoll.abi.Errno.EMSGSIZE;
import static org.atoll.abi.Errno.ENAMETOOLONG;
import static org.atoll.abi.Errno.EPERM;
import static org.atoll.abi.Errno.ERESTARTCALL;
import static org.atoll.abi.Errno.ESRCH;
import static org.atoll.abi.Errno.ETIMEDOUT;

import org.atoll.abi.AtollCall;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.DsProtocol;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.ProcessRecord;
import org.atoll.abi.protocol.Protocols;
import org.atoll.libposix.layout.LittleEndian;

/**
 * IPC as programs have it ({@link AtollCall}, {@code atoll.h}): a process calls a service or
 * another process, and is called. A message is in its memory as on the wire: source and type, 32
 * bits each, and seven words.
 */
final class RawIpc {

  private static final int WORDS_AT = 8;

  /** Word of a receive: whether it has begun. */
  private static final int BEGUN = 0;

  /** Word of a receive: when it ends, of the monotonic clock. */
  private static final int DEADLINE = 1;

  private RawIpc() {}

  static void rows(Table t) {
    t.full(
        AtollCall.SENDREC,
        "atoll_sendrec",
        "endpoint:endpoint message:message in:addr inBytes:size out:addr outBytes:size",
        Interruption.FAILS,
        RawIpc::sendrec);
    t.full(
        AtollCall.RECEIVE,
        "atoll_receive",
        "sender:endpoint message:>message timeout =request",
        Interruption.RESTARTS,
        RawIpc::receive);
    t.full(AtollCall.REPLY, "atoll_reply", "request:request message:message", RawIpc::reply);
    t.full(AtollCall.NOTIFY, "atoll_notify", "endpoint:endpoint", RawIpc::notifies);
    t.full(
        AtollCall.COPY_IN,
        "atoll_copy_in",
        "request:request offset buffer:addr bytes:size",
        RawIpc::copyIn);
    t.full(
        AtollCall.COPY_OUT,
        "atoll_copy_out",
        "request:request offset buffer:addr bytes:size",
        RawIpc::copyOut);
    t.full(
        AtollCall.IN_BYTES, "atoll_in_bytes", "request:request", c -> c.kernel().inBytes(taken(c)));
    t.full(
        AtollCall.OUT_BYTES,
        "atoll_out_bytes",
        "request:request",
        c -> c.kernel().outBytes(taken(c)));
    t.full(AtollCall.SELF, "atoll_self", "=endpoint", c -> c.turn().self());
    t.full(AtollCall.ENDPOINT, "atoll_endpoint", "pid =endpoint", RawIpc::endpoint);
    t.full(AtollCall.PUBLISH, "atoll_publish", "name:string", RawIpc::publish);
    t.full(AtollCall.LOOKUP, "atoll_lookup", "name:string =endpoint", RawIpc::lookup);
    t.full(AtollCall.WITHDRAW, "atoll_withdraw", "name:string", RawIpc::withdraw);
  }

  // ---- calling

  private static long sendrec(Call c) {
    c.guest().writable(c.arg(1), Message.BYTES);
    if (c.step() == 1) {
      return answered(c);
    }
    byte[] message = c.guest().read(c.arg(1), Message.BYTES);
    int type = LittleEndian.getInt(message, 4);
    if (c.intArg(0) < 0) {
      return -ESRCH;
    }
    if (type < Protocols.FIRST_OWN) {
      return -EPERM;
    }
    int inBytes = bufferBytes(c.arg(3));
    int outBytes = bufferBytes(c.arg(5));
    c.guest().readable(c.arg(2), inBytes);
    c.guest().writable(c.arg(4), outBytes);
    decode(message, c.message()).type = type;
    return refusal(c.attemptTo(c.intArg(0), c.message(), c.arg(2), inBytes, c.arg(4), outBytes));
  }

  private static int bufferBytes(long bytes) {
    if (bytes < 0 || bytes > Limits.BUFFER_BYTES_MAX) {
      throw new Failure(EMSGSIZE);
    }
    return (int) bytes;
  }

  private static long answered(Call c) {
    long result = c.answer(0);
    if (result == -EDEADSRCDST) {
      return -ESRCH;
    }
    if (c.signalled() && result == -ERESTARTCALL) {
      return c.interruption().code;
    }
    if (c.signalled() && result == -EINTR) {
      return -EINTR; // even when no handler runs: the callee may have acted
    }
    byte[] message = c.guest().read(c.arg(1), Message.BYTES);
    LittleEndian.putInt(message, 0, c.intArg(0));
    for (int i = 0; i < Message.WORDS; i++) {
      LittleEndian.putLong(message, WORDS_AT + 8 * i, c.answer(i));
    }
    c.guest().write(c.arg(1), message);
    return 0;
  }

  /** What the kernel refuses, in the words of POSIX. */
  private static long refusal(long result) {
    return switch ((int) Math.max(-result, 0)) {
      case ECALLDENIED -> -EPERM;
      case EDEADSRCDST -> -ESRCH;
      default -> result;
    };
  }

  private static long notifies(Call c) {
    return c.intArg(0) < 0 ? -ESRCH : refusal(c.turn().notify(c.intArg(0)));
  }

  // ---- being called

  private static long receive(Call c) {
    c.guest().writable(c.arg(1), Message.BYTES);
    Inbox inbox = c.process().inbox;
    Inbox.Letter letter = inbox.next(c.intArg(0));
    if (letter != null) {
      inbox.take(letter);
      c.guest().write(c.arg(1), encode(letter));
      c.cancelSleep();
      return letter.request();
    }
    return await(c);
  }

  private static long await(Call c) {
    boolean timed = c.arg(2) >= 0;
    long now = c.kernel().nowNanos();
    if (c.word(BEGUN) == 0) {
      c.word(BEGUN, 1);
      c.word(DEADLINE, timed ? Timers.saturatedAdd(now, c.arg(2)) : Long.MAX_VALUE);
    }
    if (timed && now >= c.word(DEADLINE)) {
      return -ETIMEDOUT;
    }
    if (c.signalled()) {
      c.cancelSleep();
      return (timed ? Interruption.FAILS : Interruption.RESTARTS).code;
    }
    if (timed) {
      c.sleep(c.word(DEADLINE) - now);
    }
    return c.untilEvent();
  }

  /** The request that argument 0 names. Fails with ESRCH: it was not received, or is answered. */
  private static long taken(Call c) {
    if (!c.process().inbox.isTaken(c.arg(0))) {
      throw new Failure(ESRCH);
    }
    return c.arg(0);
  }

  private static long reply(Call c) {
    long request = taken(c);
    Message answer = decode(c.guest().read(c.arg(1), Message.BYTES), c.message());
    c.turn().reply(request, answer);
    c.process().inbox.answered(request);
    return 0;
  }

  private static long copyIn(Call c) {
    long request = taken(c);
    int bytes = part(c, c.kernel().inBytes(request));
    byte[] copy = new byte[bytes];
    c.guest().writable(c.arg(2), bytes);
    int copied = c.kernel().copyIn(request, (int) c.arg(1), copy, 0, bytes);
    if (copied > 0) {
      c.guest().write(c.arg(2), copy, 0, copied);
    }
    return copied;
  }

  private static long copyOut(Call c) {
    long request = taken(c);
    int bytes = part(c, c.kernel().outBytes(request));
    byte[] copy = c.guest().read(c.arg(2), bytes);
    return c.kernel().copyOut(request, (int) c.arg(1), copy, 0, bytes);
  }

  /** How many of the bytes of argument 3 lie in a buffer from the offset of argument 1 on. */
  private static int part(Call c, int length) {
    if (c.arg(1) < 0 || c.arg(1) > length || c.arg(3) < 0) {
      throw new Failure(EINVAL);
    }
    return (int) Math.min(c.arg(3), length - c.arg(1));
  }

  // ---- names

  private static long endpoint(Call c) {
    if (c.step() == 0) {
      Message m = PmProtocol.Call.LIST.encode(c.message(), c.intArg(0));
      return c.ask(Role.PM, m, ProcessRecord.BYTES);
    }
    boolean found =
        c.stagedBytes() >= ProcessRecord.BYTES
            && LittleEndian.getInt(c.staged(), ProcessRecord.PID) == c.intArg(0);
    return found ? LittleEndian.getInt(c.staged(), ProcessRecord.ENDPOINT) : -ESRCH;
  }

  private static byte[] name(Call c) {
    return c.guest().string(c.arg(0), DsProtocol.NAME_BYTES_MAX + 1, ENAMETOOLONG);
  }

  private static long publish(Call c) {
    byte[] name = name(c);
    Message m = DsProtocol.Call.PUBLISH.encode(c.message(), 0, DsProtocol.LABEL, 0, name.length);
    return c.pass(Role.DS, m, name);
  }

  private static long lookup(Call c) {
    if (c.step() == 1) {
      return c.answer(1);
    }
    byte[] name = name(c);
    return c.ask(Role.DS, DsProtocol.Call.RETRIEVE.encode(c.message(), DsProtocol.LABEL), name, 0);
  }

  private static long withdraw(Call c) {
    byte[] name = name(c);
    return c.pass(Role.DS, DsProtocol.Call.DELETE.encode(c.message()), name);
  }

  // ---- layout

  private static Message decode(byte[] bytes, Message m) {
    for (int i = 0; i < Message.WORDS; i++) {
      m.word(i, LittleEndian.getLong(bytes, WORDS_AT + 8 * i));
    }
    return m;
  }

  private static byte[] encode(Inbox.Letter letter) {
    byte[] bytes = new byte[Message.BYTES];
    LittleEndian.putInt(bytes, 0, letter.source());
    LittleEndian.putInt(bytes, 4, letter.type());
    for (int i = 0; i < Message.WORDS; i++) {
      LittleEndian.putLong(bytes, WORDS_AT + 8 * i, letter.words()[i]);
    }
    return bytes;
  }
}
