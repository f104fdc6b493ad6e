package org.atoll.libposix;

import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.SocketProtocol;

/**
 * What sockets carry: send and receive with addresses, buffers and control messages.
 *
 * <p>What is large goes in pieces of {@link Limits#BUFFER_BYTES_MAX}. Those of a stream are bytes
 * done. Those of a message are put together by the network server, which sends it with the last
 * piece: until then nothing is done, and a call that begins anew begins with the first.
 */
final class SocketTransfers {

  static final int DONT_WAIT = 0x40;
  private static final int WAIT_FOR_ALL = 0x100;
  private static final int TRUNCATED = 0x20;
  private static final int NO_SIGNAL = 0x4000;
  private static final int PEEK = 0x2;
  private static final int CLOSE_ON_EXEC = 0x4000_0000;

  /** Word of a call: bytes of the piece that is asked for. */
  private static final int PIECE = 0;

  /** Word: bytes of a message that the network server has, but has not sent. */
  private static final int GATHERED = 3;

  /** Word: how long a received message was before it was cut, when that is the result. */
  private static final int WHOLE = 4;

  private SocketTransfers() {}

  // ---- send

  /** sendto(2). */
  static long sendTo(Call c) {
    return send(c, IoVector.of(c.arg(1), c.arg(2)), c.intArg(3), c.arg(4), c.intArg(5));
  }

  /** write(2) and writev(2) of a message that is longer than one piece. */
  static long write(Call c, IoVector data) {
    return send(c, data, 0, 0, 0);
  }

  private static long send(Call c, IoVector data, int flags, long name, int nameBytes) {
    if (c.hasAnswer()) {
      long result = sent(c, data, flags);
      if (result != Call.LATER) {
        return result;
      }
    }
    boolean named = name != 0 && c.progress() == 0;
    byte[] address = named ? SocketCalls.address(c, name, nameBytes) : new byte[0];
    return sendPiece(c, data, flags, new byte[0], address);
  }

  /** sendmsg(2). */
  static long sendMessage(Call c) {
    MessageHeader header = MessageHeader.at(c.guest(), c.arg(1), true);
    int flags = c.intArg(2);
    if (c.hasAnswer()) {
      long result = sent(c, header.data(), flags);
      if (result != Call.LATER) {
        return result;
      }
    }
    return send(c, header, flags);
  }

  /** Sends what a header says, or the next piece of it. */
  static long send(Call c, MessageHeader header, int flags) {
    boolean first = c.progress() == 0;
    int controlBytes = first ? header.controlBytes() : 0;
    byte[] control = c.guest().read(header.control(), controlBytes);
    byte[] name = first ? SocketCalls.address(c, header.name(), header.nameBytes()) : new byte[0];
    return sendPiece(c, header.data(), flags, control, name);
  }

  private static long sendPiece(Call c, IoVector data, int flags, byte[] control, byte[] name) {
    int before = control.length + name.length;
    long done = c.progress() + c.word(GATHERED);
    long left = data.total() - done;
    long room = Math.min(left, Limits.BUFFER_BYTES_MAX - before);
    int bytes = data.reach(c.guest(), done, room, KernelCalls.PAGE_READ);
    c.word(PIECE, bytes);
    long more = bytes < left ? SocketProtocol.MORE : 0;
    long goesOn = c.word(GATHERED) > 0 ? SocketProtocol.CONTINUES : 0;
    long said = flags & 0xffff_ffffL | more | goesOn | message(c);
    Message m =
        SocketProtocol.Call.SEND.encode(
            c.message(), c.intArg(0), said, control.length, name.length);
    if (before == 0 && data.isOne()) {
      return c.attemptFrom(Role.VFS, m, data.first() + done, bytes);
    }
    byte[] in = new byte[before + bytes];
    System.arraycopy(control, 0, in, 0, control.length);
    System.arraycopy(name, 0, in, control.length, name.length);
    data.gather(c.guest(), done, in, before, bytes);
    return c.attempt(Role.VFS, m, in, 0);
  }

  /** By which the network server knows the pieces of this thread's message. */
  private static long message(Call c) {
    return (long) c.thread().id << SocketProtocol.MESSAGE_SHIFT;
  }

  /** What the answer to a piece means: the result, or LATER for the next piece. */
  static long sent(Call c, IoVector data, int flags) {
    long bytes = c.answer(0);
    if (bytes < 0) {
      return failed(c, flags);
    }
    if (c.answer(1) == SocketProtocol.GATHERED) {
      c.word(GATHERED, c.word(GATHERED) + bytes);
      c.handled();
      return Call.LATER;
    }
    long before = c.word(GATHERED);
    c.word(GATHERED, 0);
    c.advance(bytes + before);
    boolean over = bytes < c.word(PIECE) || c.progress() >= data.total();
    return over ? c.progress() : Call.LATER;
  }

  /** The result of a send that failed; raises SIGPIPE where Linux does. */
  static long failed(Call c, int flags) {
    if (c.answer(1) != 0 && c.progress() == 0 && (flags & NO_SIGNAL) == 0) {
      Files.raise(c, c.answer(1));
    }
    return c.progress() > 0 ? c.progress() : PosixProgram.outcome(c);
  }

  // ---- receive

  /** recvfrom(2). */
  static long receiveFrom(Call c) {
    return receive(c, IoVector.of(c.arg(1), c.arg(2)), c.intArg(3), c.arg(4), c.arg(5));
  }

  /** read(2) and readv(2) of a message that is longer than one piece, or the rest of a stream. */
  static long read(Call c, IoVector data) {
    return receive(c, data, 0, 0, 0);
  }

  private static long receive(Call c, IoVector data, int flags, long name, long sizeAt) {
    boolean named = name != 0 && c.progress() == 0;
    if (c.hasAnswer()) {
      if (named && c.answer(0) >= 0) {
        int at = (int) c.answer(0);
        SocketCalls.putAddress(c, c.staged(), at, (int) c.answer(2), name, sizeAt);
      }
      long result = received(c, data, flags);
      if (result != Call.LATER) {
        return result;
      }
    } else if (named && c.guest().getInt(sizeAt) < 0) {
      throw new Failure(Errno.EINVAL);
    }
    int address = name != 0 && c.progress() == 0 ? SocketProtocol.ADDRESS_BYTES_MAX : 0;
    return receivePiece(c, data, flags, address, 0);
  }

  /** What the answer to a piece means: the result, or LATER for the next piece. */
  private static long received(Call c, IoVector data, int flags) {
    long bytes = c.answer(0);
    if (bytes < 0) {
      return c.progress() > 0 ? c.progress() : PosixProgram.outcome(c);
    }
    if (c.stagedBytes() > 0) {
      data.scatter(c.guest(), c.progress(), c.staged(), (int) bytes);
    }
    boolean goesOn = goesOn(c, data, flags);
    c.word(WHOLE, Math.max(c.word(WHOLE), whole(c, flags)));
    c.advance(bytes);
    return goesOn ? Call.LATER : Math.max(c.progress(), c.word(WHOLE));
  }

  /** With MSG_TRUNC, how long a message was before it was cut. */
  private static long whole(Call c, int flags) {
    return (flags & TRUNCATED) != 0 && (c.answer(1) & TRUNCATED) != 0 ? c.answer(4) : 0;
  }

  /** More of a message, or of a stream that has filled its piece. */
  private static boolean goesOn(Call c, IoVector data, int flags) {
    if ((c.answer(1) & SocketProtocol.MORE) != 0) {
      return true;
    }
    boolean stream = (c.answer(1) & SocketProtocol.CONTINUES) != 0 && (int) c.answer(1) == 0;
    boolean full = c.answer(0) > 0 && c.answer(0) == c.word(PIECE);
    boolean more = c.progress() + c.answer(0) < data.total();
    return stream && full && more && (flags & PEEK) == 0;
  }

  private static long receivePiece(
      Call c, IoVector data, int flags, int addressBytes, int controlBytes) {
    int besides = addressBytes + controlBytes;
    long left = data.total() - c.progress();
    long most = Math.min(left, Limits.BUFFER_BYTES_MAX);
    int bytes = data.reach(c.guest(), c.progress(), most, KernelCalls.PAGE_WRITE);
    c.word(PIECE, bytes);
    long wanted = bytes < most ? bytes : left;
    Message m =
        SocketProtocol.Call.RECEIVE.encode(
            c.message(), c.intArg(0), wanted, said(c, flags), controlBytes);
    if (besides == 0 && data.isOne()) {
      return c.attemptInto(Role.VFS, m, data.first() + c.progress(), bytes);
    }
    int out = Math.min(bytes + besides, Limits.BUFFER_BYTES_MAX);
    return c.attempt(Role.VFS, m, new byte[0], out);
  }

  /** After the first piece only MSG_WAITALL waits. */
  private static long said(Call c, int flags) {
    boolean first = c.progress() == 0;
    boolean waits = first || (flags & WAIT_FOR_ALL) != 0 && !isMessage(c);
    return flags & 0xffff_ffffL | message(c) | (waits ? 0 : SocketProtocol.CONTINUES);
  }

  /** Whether the last answer was a piece of a message. */
  private static boolean isMessage(Call c) {
    return (c.answer(1) & SocketProtocol.MORE) != 0;
  }

  /** recvmsg(2). */
  static long receiveMessage(Call c) {
    if (c.hasAnswer()) {
      if (c.answer(0) < 0) {
        return c.progress() > 0 ? c.progress() : PosixProgram.outcome(c);
      }
      MessageHeader header = MessageHeader.at(c.guest(), c.arg(1), false);
      long result = receivedMessage(c, header, c.intArg(2));
      if (result != Call.LATER) {
        return result;
      }
    }
    return receive(c, MessageHeader.at(c.guest(), c.arg(1), false), c.intArg(2));
  }

  /** Asks for a message for the places that a header names, or for the next piece of it. */
  static long receive(Call c, MessageHeader header, int flags) {
    if (c.progress() > 0) {
      return receivePiece(c, header.data(), flags, 0, 0);
    }
    long left = Math.min(header.data().total(), Limits.BUFFER_BYTES_MAX);
    header.checkWritable(c.guest(), left, KernelCalls.PAGE_WRITE);
    int address = header.name() == 0 ? 0 : SocketProtocol.ADDRESS_BYTES_MAX;
    return receivePiece(c, header.data(), flags, address, header.controlBytes());
  }

  /** Puts a piece of a message into the places that a header names; its bytes, or LATER. */
  static long receivedMessage(Call c, MessageHeader header, int flags) {
    int bytes = (int) c.answer(0);
    int addressBytes = (int) c.answer(2);
    int controlBytes = (int) c.answer(3);
    if (c.progress() == 0) {
      Guest guest = c.guest();
      int named = Math.min(header.nameBytes(), addressBytes);
      guest.write(header.name(), c.staged(), bytes, named);
      guest.write(header.control(), c.staged(), bytes + addressBytes, controlBytes);
      int told = (int) c.answer(1) | flags & CLOSE_ON_EXEC;
      header.tell(guest, addressBytes, controlBytes, told);
    }
    return received(c, header.data(), flags);
  }

  /** The next message begins with its first piece. */
  static void begin(Call c) {
    c.word(GATHERED, 0);
    c.word(WHOLE, 0);
    c.advance(-c.progress());
  }
}
