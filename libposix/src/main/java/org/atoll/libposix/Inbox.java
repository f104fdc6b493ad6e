package org.atoll.libposix;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.atoll.abi.BlockingIpc;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.jspecify.annotations.Nullable;

/**
 * What others sent to the process as a task: requests, messages and notifications that its program
 * has not received yet, and the requests that it has yet to answer.
 *
 * <p>Nobody waits for a program that does not answer longer than he likes: a request whose caller
 * gives up is answered here, and the program is told. Owner: the process's task.
 */
final class Inbox {

  /** Letters that wait at most: a request more is answered EAGAIN, a one-way message is lost. */
  static final int LETTERS_MAX = 1024;

  /** Notifiers that are told apart at most; a notification more is lost. */
  static final int NOTIFIERS_MAX = 1024;

  private static final int STATE_VERSION = 1;

  /** Something that waits to be received; the request is 0 for what needs no answer. */
  @SuppressWarnings("ArrayRecordComponent") // compared with itself alone
  record Letter(long request, int source, int type, long[] words) {

    private static Letter of(long request, Message m) {
      return new Letter(
          request, m.source, m.type, new long[] {m.w0, m.w1, m.w2, m.w3, m.w4, m.w5, m.w6});
    }

    private static Letter told(int source, int type, long word) {
      return new Letter(0, source, type, new long[] {word, 0, 0, 0, 0, 0, 0});
    }
  }

  private final Deque<Letter> letters = new ArrayDeque<>();

  /** Requests that the program has received and not answered. */
  private final Set<Long> taken = new LinkedHashSet<>();

  private final Set<Integer> notifiers = new LinkedHashSet<>();

  /** An exec is taking the process elsewhere: nobody is there to receive. */
  private boolean closed;

  // ---- what arrives

  /** Somebody calls; the answer is the program's, or given at once when it cannot be. */
  void request(Turn turn, long request, Message m) {
    if (closed) {
      turn.reply(request, -Errno.EDEADSRCDST);
    } else if (letters.size() + taken.size() >= LETTERS_MAX) {
      turn.reply(request, -Errno.EAGAIN);
    } else {
      letters.add(Letter.of(request, m));
    }
  }

  /** A one-way message. */
  void message(Message m) {
    if (!closed && letters.size() < LETTERS_MAX) {
      letters.add(Letter.of(0, m));
    }
  }

  /** A notification; one that was not received yet counts for several. */
  void notified(int source) {
    if (notifiers.size() < NOTIFIERS_MAX) {
      notifiers.add(source);
    }
  }

  /**
   * Answers a request whose caller waits no longer; false when there is none such. What the program
   * has not seen may be asked again.
   */
  boolean cancel(Turn turn, long request) {
    boolean waits = letters.removeIf(letter -> letter.request == request);
    if (!waits && !taken.remove(request)) {
      return false;
    }
    turn.reply(request, waits ? -Errno.ERESTARTCALL : -Errno.EINTR);
    if (!waits) {
      letters.add(Letter.told(Turn.caller(request), BlockingIpc.CANCELLED, request));
    }
    return true;
  }

  // ---- what the program does

  /** The next letter of a source, or of {@link Endpoint#ANY}; null when there is none. */
  @Nullable Letter next(int source) {
    for (int notifier : notifiers) {
      if (source == Endpoint.ANY || source == notifier) {
        return Letter.told(notifier, BlockingIpc.NOTIFICATION, 0);
      }
    }
    for (Letter letter : letters) {
      if (source == Endpoint.ANY || source == letter.source) {
        return letter;
      }
    }
    return null;
  }

  /** A letter that {@link #next} gave is the program's. */
  void take(Letter letter) {
    if (letter.type == BlockingIpc.NOTIFICATION) {
      notifiers.remove(letter.source);
      return;
    }
    letters.removeFirstOccurrence(letter);
    if (letter.request != 0) {
      taken.add(letter.request);
    }
  }

  /** Whether a request is to be answered by the program. */
  boolean isTaken(long request) {
    return taken.contains(request);
  }

  /** A request was answered. */
  void answered(long request) {
    taken.remove(request);
  }

  // ---- the end of a program

  /** The program is over, its successor elsewhere or not there yet: who waits for it is told. */
  void close(Turn turn) {
    for (Letter letter : letters) {
      if (letter.request != 0) {
        turn.reply(letter.request, -Errno.EDEADSRCDST);
      }
    }
    for (long request : taken) {
      turn.reply(request, -Errno.EDEADSRCDST);
    }
    clear();
    closed = true;
  }

  /** Another program is there. */
  void open() {
    closed = false;
  }

  /** The child of a fork has received nothing. */
  void clear() {
    letters.clear();
    taken.clear();
    notifiers.clear();
    closed = false;
  }

  void save(StateWriter out) {
    out.version(STATE_VERSION).writeBoolean(closed).writeInt(letters.size());
    for (Letter letter : letters) {
      out.writeLong(letter.request).writeInt(letter.source).writeInt(letter.type);
      Words.save(out, letter.words);
    }
    out.writeInt(taken.size());
    taken.forEach(out::writeLong);
    out.writeInt(notifiers.size());
    notifiers.forEach(out::writeInt);
  }

  void load(StateReader in) {
    in.version(STATE_VERSION);
    clear();
    closed = in.readBoolean();
    for (int count = in.readInt(); count > 0; count--) {
      Letter letter =
          new Letter(in.readLong(), in.readInt(), in.readInt(), new long[Message.WORDS]);
      Words.load(in, letter.words);
      letters.add(letter);
    }
    for (int count = in.readInt(); count > 0; count--) {
      taken.add(in.readLong());
    }
    for (int count = in.readInt(); count > 0; count--) {
      notifiers.add(in.readInt());
    }
  }
}
