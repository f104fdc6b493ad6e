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
 * <p>What a stream takes goes in pieces of {@link Limits#BUFFER_BYTES_MAX}. A message that is
 * larger is refused by the network server, which takes none of its pieces.
 */
final class SocketTransfers {

  static final int DONT_WAIT = 0x40;
  private static final int WAIT_FOR_ALL = 0x100;
  private static final int TRUNCATED = 0x20;
  private static final int NO_SIGNAL = 0x4000;
  private static final int PEEK = 0x2;
  private static final int CLOSE_ON_EXEC = 0x4000_0000;

  /** With a larger message, control messages have no room beside it. */
  private static final int CONTROL_BYTES_BESIDE = 1_400;

  /** Word of a call: bytes of the piece that is asked for. */
  private static final int PIECE = 0;

  private SocketTransfers() {}

  // ---- send

  /** sendto(2). */
  static long sendTo(Call c) {
    IoVector data = IoVector.of(c.arg(1), c.arg(2));
    int flags = c.intArg(3);
    if (c.hasAnswer()) {
      long result = sent(c, data, flags);
      if (result != Call.LATER) {
        return result;
      }
    }
    boolean first = c.progress() == 0;
    byte[] address =
        c.arg(4) == 0 || !first ? new byte[0] : SocketCalls.address(c, c.arg(4), c.intArg(5));
    if (address.length > 0) {
      return sendPiece(c, data, flags, new byte[0], address);
    }
    long from = c.arg(1) + c.progress();
    long left = Math.min(data.total() - c.progress(), Limits.BUFFER_BYTES_MAX);
    int bytes = (int) c.guest().reach(from, left, KernelCalls.PAGE_READ);
    c.word(PIECE, bytes);
    Message m = SocketProtocol.Call.SEND.encode(c.message(), c.intArg(0), flags, 0, 0);
    return c.attemptFrom(Role.VFS, m, from, bytes);
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
    long left = data.total() - c.progress();
    if (control.length > CONTROL_BYTES_BESIDE && left + before > Limits.BUFFER_BYTES_MAX) {
      return -Errno.ENOBUFS;
    }
    long room = Math.min(left, Limits.BUFFER_BYTES_MAX - before);
    int bytes = data.reach(c.guest(), c.progress(), room, KernelCalls.PAGE_READ);
    byte[] in = new byte[before + bytes];
    System.arraycopy(control, 0, in, 0, control.length);
    System.arraycopy(name, 0, in, control.length, name.length);
    data.gather(c.guest(), c.progress(), in, before, bytes);
    c.word(PIECE, bytes);
    Message m =
        SocketProtocol.Call.SEND.encode(
            c.message(), c.intArg(0), flags, control.length, name.length);
    return c.attempt(Role.VFS, m, in, 0);
  }

  /** What the answer to a piece means: the result, or LATER for the next piece. */
  private static long sent(Call c, IoVector data, int flags) {
    long bytes = c.answer(0);
    if (bytes < 0) {
      return failed(c, flags);
    }
    c.advance(bytes);
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
    IoVector data = IoVector.of(c.arg(1), c.arg(2));
    int flags = c.intArg(3);
    boolean named = c.arg(4) != 0;
    if (c.hasAnswer()) {
      long result = named ? receivedNamed(c, data, flags) : received(c, data, flags);
      if (result != Call.LATER) {
        return result;
      }
    }
    if (named) {
      int room = c.guest().getInt(c.arg(5));
      if (room < 0) {
        throw new Failure(Errno.EINVAL);
      }
      return receivePiece(c, data, flags, SocketProtocol.ADDRESS_BYTES_MAX, 0);
    }
    long into = c.arg(1) + c.progress();
    long left = Math.min(data.total() - c.progress(), Limits.BUFFER_BYTES_MAX);
    int bytes = (int) c.guest().reach(into, left, KernelCalls.PAGE_WRITE);
    c.word(PIECE, bytes);
    Message m = SocketProtocol.Call.RECEIVE.encode(c.message(), c.intArg(0), bytes, flags, 0);
    return c.attemptInto(Role.VFS, m, into, bytes);
  }

  private static long received(Call c, IoVector data, int flags) {
    long bytes = c.answer(0);
    if (bytes < 0) {
      return c.progress() > 0 ? c.progress() : PosixProgram.outcome(c);
    }
    boolean goesOn = goesOn(c, data, flags);
    long whole = whole(c, flags);
    c.advance(bytes);
    return goesOn ? Call.LATER : Math.max(c.progress(), whole);
  }

  /** With MSG_TRUNC, how long a message was before it was cut. */
  private static long whole(Call c, int flags) {
    return (flags & TRUNCATED) != 0 && (c.answer(1) & TRUNCATED) != 0 ? c.answer(4) : 0;
  }

  /** MSG_WAITALL for more than a piece. */
  private static boolean goesOn(Call c, IoVector data, int flags) {
    boolean all = (flags & WAIT_FOR_ALL) != 0 && (flags & PEEK) == 0;
    boolean full = c.answer(0) > 0 && c.answer(0) == c.word(PIECE) && c.answer(1) == 0;
    return all && full && c.progress() + c.answer(0) < data.total();
  }

  private static long receivedNamed(Call c, IoVector data, int flags) {
    long bytes = c.answer(0);
    if (bytes < 0) {
      return PosixProgram.outcome(c);
    }
    data.scatter(c.guest(), 0, c.staged(), (int) bytes);
    SocketCalls.putAddress(c, c.staged(), (int) bytes, (int) c.answer(2), c.arg(4), c.arg(5));
    return Math.max(bytes, whole(c, flags));
  }

  private static long receivePiece(
      Call c, IoVector data, int flags, int addressBytes, int controlBytes) {
    int besides = addressBytes + controlBytes;
    long left = Math.min(data.total(), Limits.BUFFER_BYTES_MAX);
    int bytes = data.reach(c.guest(), 0, left, KernelCalls.PAGE_WRITE);
    c.word(PIECE, bytes);
    Message m =
        SocketProtocol.Call.RECEIVE.encode(c.message(), c.intArg(0), bytes, flags, controlBytes);
    int out = Math.min(bytes + besides, Limits.BUFFER_BYTES_MAX);
    return c.attempt(Role.VFS, m, new byte[0], out);
  }

  /** recvmsg(2). */
  static long receiveMessage(Call c) {
    if (c.hasAnswer()) {
      return c.answer(0) < 0
          ? PosixProgram.outcome(c)
          : receivedMessage(c, MessageHeader.at(c.guest(), c.arg(1), false), c.intArg(2));
    }
    return receive(c, MessageHeader.at(c.guest(), c.arg(1), false), c.intArg(2));
  }

  /** Asks for a message for the places that a header names. */
  static long receive(Call c, MessageHeader header, int flags) {
    long left = Math.min(header.data().total(), Limits.BUFFER_BYTES_MAX);
    header.checkWritable(c.guest(), left, KernelCalls.PAGE_WRITE);
    int address = header.name() == 0 ? 0 : SocketProtocol.ADDRESS_BYTES_MAX;
    return receivePiece(c, header.data(), flags, address, header.controlBytes());
  }

  /** Puts a message into the places that a header names; its bytes. */
  static long receivedMessage(Call c, MessageHeader header, int flags) {
    int bytes = (int) c.answer(0);
    int addressBytes = (int) c.answer(2);
    int controlBytes = (int) c.answer(3);
    Guest guest = c.guest();
    header.data().scatter(guest, 0, c.staged(), bytes);
    int named = Math.min(header.nameBytes(), addressBytes);
    guest.write(header.name(), c.staged(), bytes, named);
    guest.write(header.control(), c.staged(), bytes + addressBytes, controlBytes);
    int told = (int) c.answer(1) | flags & CLOSE_ON_EXEC;
    header.tell(guest, addressBytes, controlBytes, told);
    return Math.max(bytes, whole(c, flags));
  }
}
