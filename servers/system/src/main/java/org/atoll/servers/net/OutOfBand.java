package org.atoll.servers.net;

import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Turn;

/** MSG_OOB: the last byte of what is sent with it is urgent, and can be read before its turn. */
final class OutOfBand {

  /** MSG_OOB. */
  static final int FLAG = 0x1;

  private static final long IN_LINE = KnownOptions.key(KnownOptions.LEVEL_SOCKET, 10);

  private OutOfBand() {}

  /** Whether a socket has its urgent byte among the others (SO_OOBINLINE). */
  static boolean isInLine(Socket s) {
    return s.options.kept.get(IN_LINE, 0) != 0;
  }

  /** Why nothing urgent can be sent; 0: it can. */
  static int refusalToSend(Socket s, int bytes) {
    boolean possible = s.isStream() && (s.isTcp() || bytes > 0);
    return possible ? 0 : -Errno.EOPNOTSUPP;
  }

  /** Why there is no urgent byte to be read; 0: there is one. */
  static int refusal(Socket s) {
    if (!s.isStream()) {
      return -Errno.EOPNOTSUPP;
    }
    if (s.isTcp() && s.listening) {
      return -Errno.ENOTCONN;
    }
    return s.urgent.isThere() && !isInLine(s) ? 0 : -Errno.EINVAL;
  }

  /**
   * The last byte that came is urgent. TCP forgets one that a reader has come to meanwhile; another
   * one is a byte like the others from now on.
   */
  static void mark(KernelCalls kernel, Socket receiver) {
    if (receiver.isTcp() && receiver.urgent.isAtMark() && !isInLine(receiver)) {
      receiver.queue.read(kernel, 1);
    }
    receiver.urgent.mark(receiver.queue.bytes() - 1);
  }

  /** Gives the urgent byte; true. */
  static boolean take(Turn turn, Waiter w, Socket s, Pump pump) {
    int bytes = Math.min(1, w.wanted);
    int at = s.urgent.at();
    int copied = s.queue.look(turn.kernel(), w.request, 0, at, bytes);
    if (copied < 0) {
      return pump.end(turn, w, copied);
    }
    if (!w.has(Receiving.PEEK)) {
      s.urgent.taken();
      pump.touch(s);
    }
    w.done = copied;
    long cut = copied == 0 ? Receiving.TRUNCATED : 0;
    return pump.endReceived(turn, w, FLAG | cut, 0, copied);
  }

  /** Bytes that a reader goes round: the urgent one, where it is the next. */
  static int hole(Socket s) {
    return s.urgent.isAtMark() && !isInLine(s) ? 1 : 0;
  }

  /** A read begins at the mark: the urgent byte goes, if it is not in line. */
  static void skip(KernelCalls kernel, Socket s) {
    int hole = hole(s);
    if (hole > 0) {
      s.queue.read(kernel, hole);
      s.urgent.passed(hole);
    }
  }

  /** Bytes that the next read can get of what is there. */
  static int readable(Socket s) {
    return s.urgent.upTo(s.queue.bytes() - hole(s));
  }
}
