package org.atoll.servers.net;

import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.SocketProtocol;
import org.jspecify.annotations.Nullable;

/** recvmsg(2) and read(2). */
final class Receiving implements Pump.Attempt {

  static final int PEEK = 0x2;
  static final int TRUNCATED = 0x20;
  static final int WAIT_FOR_ALL = 0x100;
  static final int ERROR_QUEUE = 0x2000;

  private final State state;
  private final Pump pump;
  private final Fetching fetching;

  Receiving(State state, Pump pump) {
    this.state = state;
    this.pump = pump;
    this.fetching = new Fetching(state);
  }

  void receive(Turn turn, long request, Socket s, long bytes, long flags, long controlRoom) {
    int error = refusal(s, flags);
    if (error != 0) {
      turn.reply(request, error);
      return;
    }
    int out = Math.max(0, turn.kernel().outBytes(request));
    int room = Math.clamp(controlRoom, 0, out);
    if ((flags & SocketProtocol.CONTINUES) != 0 && !s.isStream()) {
      fetching.next(turn, request, s, flags);
      return;
    }
    Waiter w = new Waiter(request, Waiter.Kind.RECEIVE, s, piece(s, bytes, out - room), flags);
    w.controlRoom = room;
    w.thread = flags >>> SocketProtocol.MESSAGE_SHIFT;
    w.wantedAll = bytes;
    w.goesOn = (flags & SocketProtocol.CONTINUES) != 0;
    if (w.has(OutOfBand.FLAG)) {
      OutOfBand.take(turn, w, s, pump);
    } else {
      pump.begin(w);
    }
  }

  /**
   * Bytes for the data of one answer: of a message that may be longer, its address has room, too.
   */
  private static int piece(Socket s, long bytes, int room) {
    boolean cut = bytes > room && !s.isStream();
    return Math.clamp(bytes, 0, cut ? Math.max(0, room - SocketProtocol.ADDRESS_BYTES_MAX) : room);
  }

  private static int refusal(Socket s, long flags) {
    if ((flags & ERROR_QUEUE) != 0 && !s.isUnix()) {
      return -Errno.EAGAIN;
    }
    if ((flags & OutOfBand.FLAG) != 0) {
      return OutOfBand.refusal(s);
    }
    boolean failed = s.isTcp() && s.error != 0;
    if (!s.connects() || s.connected || s.connecting || failed) {
      return 0;
    }
    return s.isUnix() && s.isStream() ? -Errno.EINVAL : -Errno.ENOTCONN;
  }

  @Override
  public boolean attempt(Turn turn, Waiter w, Socket s) {
    if (s.isStream()) {
      return w.has(PEEK) ? peekStream(turn, w, s) : readStream(turn, w, s);
    }
    return message(turn, w, s);
  }

  // ---- streams

  private boolean readStream(Turn turn, Waiter w, Socket s) {
    int before = w.done;
    boolean goesOn = true;
    while (goesOn && w.done < w.wanted && !s.queue.isEmpty()) {
      if (s.urgent.isAtMark()) {
        if (w.done > 0 || w.goesOn) {
          wakeWriters(s);
          return finish(turn, w, s, null);
        }
        OutOfBand.skip(turn.kernel(), s);
        if (s.queue.isEmpty()) {
          break;
        }
      }
      Segment first = s.queue.first();
      if (isOfAnother(w, s, first) || w.goesOn && first.rights != 0) {
        return pump.endReceived(turn, w, 0, 0, w.done);
      }
      int bytes = s.urgent.upTo(Math.min(w.wanted - w.done, first.bytes));
      int copied = s.queue.look(turn.kernel(), w.request, w.done, 0, bytes);
      if (copied < 0) {
        return w.done > 0 ? finish(turn, w, s, first) : pump.end(turn, w, copied);
      }
      goesOn = first.rights == 0;
      takeOver(w, first);
      first.rights = 0;
      w.done += copied;
      s.queue.read(turn.kernel(), copied);
      s.urgent.passed(copied);
      if (!goesOn) {
        wakeWriters(s);
        return finish(turn, w, s, first);
      }
    }
    if (w.done > before) {
      wakeWriters(s);
    }
    if (w.wanted == 0 && !s.queue.isEmpty()) {
      return pump.endReceived(turn, w, 0, 0, 0);
    }
    return isEnough(w, s) ? finish(turn, w, s, null) : atEnd(turn, w, s);
  }

  /** With SO_PASSCRED, bytes of two senders are two reads. */
  private static boolean isOfAnother(Waiter w, Socket s, Segment next) {
    boolean same = w.pid == next.pid && w.ids == next.ids;
    return s.options.passCredentials && w.done > 0 && !same;
  }

  private static void takeOver(Waiter w, Segment from) {
    if (w.done == 0) {
      w.pid = from.pid;
      w.ids = from.ids;
    }
    w.rights = from.rights == 0 ? w.rights : from.rights;
  }

  private boolean isEnough(Waiter w, Socket s) {
    boolean all = w.done == w.wanted || w.goesOn;
    boolean enough = w.done >= s.options.lowWater || !s.connected;
    return w.done > 0 && (all || !w.has(WAIT_FOR_ALL) && enough);
  }

  private void wakeWriters(Socket s) {
    pump.touch(s);
    pump.touch(state.peerOf(s));
  }

  /** The name of who sent it comes with a stream of Unix sockets, too. */
  private boolean finish(Turn turn, Waiter w, Socket s, @Nullable Segment last) {
    byte[] from = last == null ? s.peerName : last.from;
    int address = s.isUnix() && from.length > 0 ? putAddress(turn, w, UnixNames.bytes(from)) : 0;
    return pump.endReceived(turn, w, 0, address, w.done);
  }

  private boolean atEnd(Turn turn, Waiter w, Socket s) {
    if (w.goesOn && s.queue.isEmpty() && w.done == 0) {
      return pump.endReceived(turn, w, 0, 0, 0);
    }
    if (!s.queue.isEmpty() || !s.readOff && s.error == 0) {
      return false;
    }
    if (w.done > 0) {
      return finish(turn, w, s, null);
    }
    return pump.end(turn, w, isDone(s) ? 0 : -s.takeError());
  }

  /** Whether the end of a stream was read: then an error is the writer's. */
  private static boolean isDone(Socket s) {
    return s.readOff && (s.error == 0 || s.isTcp() && s.error == Errno.EPIPE);
  }

  private boolean peekStream(Turn turn, Waiter w, Socket s) {
    w.done = 0;
    int there = 0;
    for (Segment segment : s.queue.all()) {
      takeOver(w, segment);
      w.done = Math.min(w.wanted, w.done + segment.bytes);
      there++;
      if (w.done == w.wanted || segment.rights != 0) {
        break;
      }
    }
    int bytes = Math.min(w.done, OutOfBand.readable(s));
    w.done = 0;
    boolean all = s.readOff || s.error != 0 || s.urgent.isMarked();
    boolean waits = bytes < w.wanted && w.has(WAIT_FOR_ALL) && !all;
    if (there == 0 || waits || bytes == 0 && w.wanted > 0) {
      return atEnd(turn, w, s);
    }
    int copied = s.queue.look(turn.kernel(), w.request, 0, OutOfBand.hole(s), bytes);
    if (copied < 0) {
      return pump.end(turn, w, copied);
    }
    w.done = copied;
    return finish(turn, w, s, null);
  }

  // ---- messages

  private boolean message(Turn turn, Waiter w, Socket s) {
    if (s.error != 0) {
      return pump.end(turn, w, -s.takeError());
    }
    if (s.queue.isEmpty()) {
      boolean over = s.readOff && (s.connects() || w.mayWait());
      return over && pump.end(turn, w, 0);
    }
    KernelCalls kernel = turn.kernel();
    Segment message = s.queue.first();
    int copied = s.queue.look(kernel, w.request, 0, 0, Math.min(w.wanted, message.bytes));
    if (copied < 0) {
      return pump.end(turn, w, copied);
    }
    boolean more = Math.min(message.bytes, w.wantedAll) > copied;
    if (more && !fetching.begin(kernel, w, s, copied)) {
      return pump.end(turn, w, -Errno.ENOMEM);
    }
    w.done = copied;
    w.pid = message.pid;
    w.ids = message.ids;
    w.rights = message.rights;
    if (!w.has(PEEK)) {
      s.queue.removeMessage(kernel);
      wakeSenders(s);
    }
    int address = message.from.length == 0 ? 0 : putAddress(turn, w, address(s, message));
    long flags = more ? SocketProtocol.MORE : 0;
    flags |= message.bytes > w.wantedAll ? TRUNCATED : 0;
    flags |= Ancillary.put(kernel, w, s, message.came, copied + address);
    return pump.endReceived(turn, w, flags, address, message.bytes);
  }

  private static byte[] address(Socket s, Segment message) {
    return s.isUnix() ? UnixNames.bytes(message.from) : message.from;
  }

  /** Who sends to it waits here; who polls for that is looked for when it was full. */
  private void wakeSenders(Socket s) {
    pump.touch(s);
    pump.touch(state.peerOf(s));
    if (s.isUnix() && s.isDatagram() && s.queue.messages() == Sending.MESSAGES_MAX) {
      for (int at = state.sockets.first(); at >= 0; at = state.sockets.next(at)) {
        if (state.sockets.value(at).peer == s.handle) {
          pump.touch(state.sockets.value(at));
        }
      }
    }
  }

  /** Puts an address behind the data; its bytes. */
  private static int putAddress(Turn turn, Waiter w, byte[] address) {
    int room = turn.kernel().outBytes(w.request) - w.done - w.controlRoom;
    int bytes = Math.min(room, address.length);
    return Math.max(0, turn.kernel().copyOut(w.request, w.done, address, 0, bytes));
  }
}
